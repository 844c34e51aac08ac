import { fullYear } from './civil-day.ts';
import { monthOfName } from './month-names.ts';

/** A date cell taken apart by its shape alone; no number is checked yet. `end` is where the date's text ends. */
export type DateCell =
  | {
      readonly kind: 'iso' | 'named';
      readonly year: number;
      readonly month: number;
      readonly day: number;
      readonly end: number;
    }
  | {
      readonly kind: 'pair';
      readonly first: number;
      readonly second: number;
      /** As written: two or four digits. */
      readonly year: number;
      readonly hasShortYear: boolean;
      /** Written with dashes and a year of two digits. */
      readonly isDashedShort: boolean;
      /** `24-01-05`: the year may stand first as well as last. */
      readonly mayBeginWithYear: boolean;
      readonly end: number;
    }
  | { readonly kind: 'serial' | 'compact' | 'epoch' | 'epoch-ms'; readonly end: number };

const NUMBER_ONLY = /^(\d+)(?:[.,]\d+)?$/;
const COMPACT = /^\d{8}(?=$|[ T,])/;
const NAMED_DAY_FIRST =
  /^(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?: de |[ \-/.])? ?([\p{L}\p{M}]{3,})\.?(?: de |, ?|[ \-/.])? ?(\d{4}|\d{2})(?!\d)/iu;
const NAMED_MONTH_FIRST =
  /^([\p{L}\p{M}]{3,})\.?[ \-/.]? ?(\d{1,2})(?:st|nd|rd|th|\.)?(?:, ?|[ \-/])(\d{4}|\d{2})(?!\d)/iu;
const NAMED_YEAR_FIRST = /^(\d{4})[ \-/.] ?([\p{L}\p{M}]{3,})\.?[ \-/.] ?(\d{1,2})(?!\d)/iu;

/** The shape of a trimmed cell; undefined if it is that of no date. */
export function dateCell(text: string): DateCell | undefined {
  const leading = digitsAt(text, 0);
  if (leading === 0) return namedDate(text);
  const separator = text.charCodeAt(leading);
  if (leading === 4 && isSeparator(separator)) {
    const date = yearFirst(text, separator);
    if (date !== undefined) return date;
  }
  if (leading <= 2 && isSeparator(separator)) {
    const pair = numericPair(text, leading, separator);
    if (pair !== undefined) return pair;
  }
  return bareNumber(text) ?? namedDate(text);
}

function yearFirst(text: string, separator: number): DateCell | undefined {
  const monthDigits = digitsAt(text, 5);
  const dayAt = 5 + monthDigits + 1;
  if (monthDigits < 1 || monthDigits > 2 || text.charCodeAt(dayAt - 1) !== separator) return undefined;
  const dayDigits = digitsAt(text, dayAt);
  if (dayDigits < 1 || dayDigits > 2) return undefined;
  return {
    kind: 'iso',
    year: numberAt(text, 0, 4),
    month: numberAt(text, 5, monthDigits),
    day: numberAt(text, dayAt, dayDigits),
    end: dayAt + dayDigits,
  };
}

function numericPair(text: string, firstDigits: number, separator: number): DateCell | undefined {
  const secondAt = firstDigits + 1;
  const secondDigits = digitsAt(text, secondAt);
  const yearAt = secondAt + secondDigits + 1;
  if (secondDigits < 1 || secondDigits > 2 || text.charCodeAt(yearAt - 1) !== separator) return undefined;
  const yearDigits = digitsAt(text, yearAt);
  if (yearDigits !== 2 && yearDigits !== 4) return undefined;
  const first = numberAt(text, 0, firstDigits);
  const second = numberAt(text, secondAt, secondDigits);
  const year = numberAt(text, yearAt, yearDigits);
  const isDashedShort = separator === 0x2d && yearDigits === 2;
  return {
    kind: 'pair',
    first,
    second,
    year,
    hasShortYear: yearDigits === 2,
    isDashedShort,
    mayBeginWithYear: isDashedShort && firstDigits === 2 && second >= 1 && second <= 12 && year >= 1 && year <= 31,
    end: yearAt + yearDigits,
  };
}

function bareNumber(text: string): DateCell | undefined {
  const end = text.length;
  const match = NUMBER_ONLY.exec(text);
  if (match !== null) {
    const digits = match[1]?.length ?? 0;
    if (digits <= 5) return { kind: 'serial', end };
    if (digits === 8 && end === 8) return { kind: 'compact', end };
    if (digits === 9 || digits === 10) return { kind: 'epoch', end };
    if (digits === 12 || digits === 13) return { kind: 'epoch-ms', end };
    return undefined;
  }
  return COMPACT.test(text) ? { kind: 'compact', end: 8 } : undefined;
}

function namedDate(text: string): DateCell | undefined {
  if (text.length > 100) return undefined;
  return (
    named(NAMED_DAY_FIRST.exec(text), 3, 2, 1) ??
    named(NAMED_MONTH_FIRST.exec(text), 3, 1, 2) ??
    named(NAMED_YEAR_FIRST.exec(text), 1, 2, 3)
  );
}

function named(match: RegExpExecArray | null, yearAt: number, monthAt: number, dayAt: number): DateCell | undefined {
  if (match === null) return undefined;
  const month = monthOfName(match[monthAt] ?? '');
  const year = match[yearAt] ?? '';
  if (month === undefined) return undefined;
  return {
    kind: 'named',
    year: year.length === 2 ? fullYear(Number(year)) : Number(year),
    month,
    day: Number(match[dayAt]),
    end: match[0].length,
  };
}

/** Number of digits 0-9 in a row from `index` on. */
function digitsAt(text: string, index: number): number {
  let end = index;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code < 48 || code > 57) break;
  }
  return end - index;
}

function numberAt(text: string, index: number, digits: number): number {
  let value = 0;
  for (let at = index; at < index + digits; at++) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

/** `/`, `.` or `-`. */
function isSeparator(code: number): boolean {
  return code === 0x2d || code === 0x2e || code === 0x2f;
}
