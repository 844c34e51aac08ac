import {
  dayNumber,
  FIRST_YEAR,
  fullYear,
  isCalendarDay,
  isoDate,
  isoDateOfDay,
  LAST_YEAR,
  MS_PER_DAY,
} from './civil-day.ts';
import { type DateCell, dateCell } from './date-cell.ts';
import type { DateFormat, DateOrder } from './date-format.ts';
import type { DateStyle, ExcelDates } from './date-style.ts';
import { quoteCell } from './quote-cell.ts';
import type { ShopZone } from './shop-zone.ts';
import { readTimeOfDay, startOfTime, type TimeOfDay } from './time-of-day.ts';

/** A day `YYYY-MM-DD` in the shop's zone, or why the cell is none. */
export type DateReading = { readonly date: string } | { readonly problem: string };

/** What was decided or declared about a date column. */
export interface DateRules {
  readonly order: DateOrder | undefined;
  readonly format?: DateFormat | undefined;
  /** Dates such as `24-01-05` end with their year; without it they are refused (but see `format`). */
  readonly dashedShortYearIsLast?: boolean;
  /** Serial numbers of spreadsheets are dates; without it they are refused. */
  readonly excelDates?: ExcelDates | undefined;
  /** The shop's zone: the day of an instant is the day there. */
  readonly zone: ShopZone;
  /** IANA name of the zone of times that carry none. Without it such a time is the shop's own: its date stands as written. */
  readonly assumedZone?: string | undefined;
}

/** The rules to read a column by, from the style that was decided for it. */
export function dateRules(style: DateStyle, zone: ShopZone, assumedZone?: string): DateRules {
  const { order, format, dashedShortYearIsLast, excelDates } = style;
  return { order, format, dashedShortYearIsLast, excelDates, zone, assumedZone };
}

/**
 * Reads one cell. The calendar is strict, nothing may stand behind the date but a time, and the year is 1900 to 2100.
 * 24:00:00 is the next day. A date without time is that day, whatever the zone.
 */
export function readDate(text: string, rules: DateRules): DateReading {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'the date is empty' };
  const { format } = rules;
  if (format?.kind === 'pattern') {
    const reading = format.pattern.read(trimmed);
    if (typeof reading === 'string' && rules.excelDates !== undefined && dateCell(trimmed)?.kind === 'serial') {
      return readSerial(trimmed, text, rules.excelDates, rules);
    }
    if (typeof reading === 'string')
      return { problem: `${quoteCell(text)} ${reading} (declared format: ${format.text})` };
    return dayOf(text, reading.year, reading.month, reading.day, reading.time, rules);
  }
  const cell = dateCell(trimmed);
  if (cell === undefined) return { problem: `${quoteCell(text)} is not a date` };
  if (cell.kind === 'serial') {
    if (rules.excelDates !== undefined) return readSerial(trimmed, text, rules.excelDates, rules);
    return {
      problem: `${quoteCell(text)} is a bare number, read as a date only if declared (--excel-dates 1900 or 1904)`,
    };
  }
  const isOther = format !== undefined && format.kind !== 'order' && format.kind !== cell.kind;
  if (isOther) return { problem: `${quoteCell(text)} is not written in the declared date format ${format.text}` };
  let time: TimeOfDay | undefined;
  if (cell.end < trimmed.length) {
    const start = startOfTime(trimmed, cell.end);
    const read = start === undefined ? 'has text behind the date' : readTimeOfDay(trimmed, start);
    if (typeof read === 'string') return { problem: `${quoteCell(text)} ${read}` };
    time = read;
  }
  switch (cell.kind) {
    case 'iso':
    case 'named':
      return dayOf(text, cell.year, cell.month, cell.day, time, rules);
    case 'pair':
      return readPair(text, cell, time, rules);
    case 'compact':
      if (format === undefined || format.kind === 'order')
        return undeclared(text, 'a date without separators', 'yyyymmdd');
      return dayOf(text, digits(trimmed, 0, 4), digits(trimmed, 4, 6), digits(trimmed, 6, 8), time, rules);
    case 'epoch':
      if (format === undefined || format.kind === 'order') return undeclared(text, 'a number', 'epoch');
      return readEpoch(text, trimmed, 1000, rules);
    case 'epoch-ms':
      if (format === undefined || format.kind === 'order') return undeclared(text, 'a number', 'epoch-ms');
      return readEpoch(text, trimmed, 1, rules);
  }
}

function readEpoch(cellText: string, text: string, unitMs: number, rules: DateRules): DateReading {
  const epochMs = Math.floor(Number(text.replace(',', '.')) * unitMs);
  return epochMs > LAST_EPOCH_MS ? outOfRange(cellText) : dayOfInstant(cellText, epochMs, rules);
}

function digits(text: string, start: number, end: number): number {
  return Number(text.slice(start, end));
}

function undeclared(text: string, what: string, format: string): DateReading {
  return { problem: `${quoteCell(text)} is ${what}, read as a date only if declared (--date-format ${format})` };
}

function readPair(
  text: string,
  cell: Extract<DateCell, { kind: 'pair' }>,
  time: TimeOfDay | undefined,
  rules: DateRules,
): DateReading {
  const { first, second } = cell;
  const year = cell.hasShortYear ? fullYear(cell.year) : cell.year;
  if (cell.mayBeginWithYear && rules.dashedShortYearIsLast !== true && rules.format === undefined) {
    return { problem: `${quoteCell(text)} could have its year first or last (say which with --date-format)` };
  }
  if (rules.order === 'day-first') return dayOf(text, year, second, first, time, rules);
  if (rules.order === 'month-first' || first === second) return dayOf(text, year, first, second, time, rules);
  const dayFirst = isCalendarDay(year, second, first);
  const monthFirst = isCalendarDay(year, first, second);
  if (dayFirst && monthFirst) {
    return { problem: `${quoteCell(text)} could be ${spoken(first, second)} or ${spoken(second, first)}` };
  }
  if (!dayFirst && !monthFirst) return { problem: `${quoteCell(text)} is not a day of the calendar` };
  const order = dayFirst ? 'day first' : 'month first';
  return { problem: `${quoteCell(text)} is written ${order}, but the order of this column's dates is not decided` };
}

/** Beyond every year that is read, whatever the zone. */
const LAST_EPOCH_MS = dayNumber(LAST_YEAR + 2, 1, 1) * MS_PER_DAY;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

function spoken(day: number, month: number): string {
  return `${day} ${MONTHS[month - 1]}`;
}

function dayOf(
  text: string,
  year: number,
  month: number,
  day: number,
  time: TimeOfDay | undefined,
  rules: DateRules,
): DateReading {
  if (!isCalendarDay(year, month, day)) return { problem: `${quoteCell(text)} is not a day of the calendar` };
  if (year < FIRST_YEAR || year > LAST_YEAR) return outOfRange(text);
  if (time === undefined) return { date: isoDate(year, month, day) };
  const { ms, offsetMinutes } = time;
  if (offsetMinutes === undefined) {
    if (rules.assumedZone === undefined && ms < MS_PER_DAY) return { date: isoDate(year, month, day) };
    return dayOfWallTime(text, dayNumber(year, month, day) * MS_PER_DAY + ms, rules);
  }
  return dayOfInstant(text, dayNumber(year, month, day) * MS_PER_DAY + ms - offsetMinutes * 60_000, rules);
}

/** The shop's day of a wall time (as if in UTC) that carries no zone of its own. */
function dayOfWallTime(text: string, wallMs: number, rules: DateRules): DateReading {
  const { zone, assumedZone } = rules;
  if (assumedZone !== undefined && assumedZone !== zone.timeZone) {
    return dayOfInstant(text, zone.instantOf(wallMs, assumedZone), rules);
  }
  return inRange(text, isoDateOfDay(Math.floor(wallMs / MS_PER_DAY)));
}

function dayOfInstant(text: string, epochMs: number, { zone }: DateRules): DateReading {
  return inRange(text, zone.dateOf(epochMs));
}

function inRange(text: string, date: string): DateReading {
  return date >= `${FIRST_YEAR}` && date < `${LAST_YEAR + 1}` ? { date } : outOfRange(text);
}

function outOfRange(text: string): DateReading {
  return { problem: `${quoteCell(text)} is not between the years ${FIRST_YEAR} and ${LAST_YEAR}` };
}

/** The day that serial 0 of each system would be, so that serial 1 of 1900 is 1900-01-01 and serial 0 of 1904 1904-01-01. */
const SERIAL_ZERO = { 1900: dayNumber(1899, 12, 31), 1904: dayNumber(1904, 1, 1) } as const;
/** The 1900 system counts 1900-02-29, a day that never was, as this serial. */
const PHANTOM_LEAP_DAY = 60;

function readSerial(text: string, cellText: string, excelDates: ExcelDates, rules: DateRules): DateReading {
  const serial = Number(text.replace(',', '.'));
  const days = Math.floor(serial);
  if (excelDates === 1900 && (days === PHANTOM_LEAP_DAY || days < 1)) {
    return { problem: `${quoteCell(cellText)} is the serial number of no day` };
  }
  const skipped = excelDates === 1900 && days > PHANTOM_LEAP_DAY ? 1 : 0;
  const day = SERIAL_ZERO[excelDates] + days - skipped;
  const ms = Math.min(Math.round((serial - days) * MS_PER_DAY), MS_PER_DAY - 1);
  if (ms === 0) return inRange(cellText, isoDateOfDay(day));
  return dayOfWallTime(cellText, day * MS_PER_DAY + ms, rules);
}
