import { printable } from '../../printable.ts';
import { fullYear, isCalendarDay } from './civil-day.ts';
import { type DateCell, dateCell } from './date-cell.ts';
import type { DateFormat, DateOrder } from './date-format.ts';
import type { DateKind, DateStyle, ExcelDates } from './date-style.ts';
import { describeDates } from './describe-dates.ts';
import { readTimeOfDay, startOfTime } from './time-of-day.ts';

const MAX_EXAMPLES = 3;
/** Examples are looked for among the first so many of a kind. */
const MANY = 1000;
const MAX_EXAMPLE_CHARACTERS = 60;
const MIN_SERIAL = 10_000;
const MAX_SERIAL = 80_000;

/** A fresh record with one value per kind of date cell. */
function perKind<Value>(make: () => Value): Record<DateKind, Value> {
  return {
    iso: make(),
    dayFirst: make(),
    monthFirst: make(),
    eitherOrder: make(),
    sameEitherWay: make(),
    dashedShortYear: make(),
    named: make(),
    serial: make(),
    compact: make(),
    epoch: make(),
    epochMs: make(),
    other: make(),
    blank: make(),
  };
}

/** Gathers from all cells of a date column how its dates are written. */
export class DateEvidence {
  readonly #counts = perKind(() => 0);
  readonly #examples = perKind<string[]>(() => []);
  /** A date in two-digit parts with dashes that cannot begin with its year was seen. */
  #hasDashedYearLast = false;

  /** `times`: so many cells, written the same way as this one. */
  add(text: string, times = 1): void {
    if (times === 0) return;
    const trimmed = text.trim();
    const cell = trimmed === '' ? undefined : dateCell(trimmed);
    const kind = trimmed === '' ? 'blank' : kindOf(trimmed, cell);
    this.#counts[kind] += times;
    if (cell?.kind === 'pair' && cell.isDashedShort && kind !== 'dashedShortYear' && kind !== 'other') {
      this.#hasDashedYearLast = true;
    }
    if (kind === 'blank' || this.#counts[kind] - times >= MANY) return;
    const examples = this.#examples[kind];
    if (examples.length < MAX_EXAMPLES) {
      const example = printable(trimmed, MAX_EXAMPLE_CHARACTERS);
      if (!examples.includes(example)) examples.push(example);
    }
  }

  addAll(texts: Iterable<string>): void {
    for (const text of texts) this.add(text);
  }

  /** The style of all cells added so far; a declared format wins over what they prove. */
  decide(declared?: DateFormat, options: { readonly excelDates?: ExcelDates } = {}): DateStyle {
    const counts = { ...this.#counts };
    const examples = perKind<readonly string[]>(() => []);
    for (const [kind, texts] of Object.entries(this.#examples)) Object.assign(examples, { [kind]: [...texts] });
    const declaredOrder = declared?.kind === 'order' ? declared.order : undefined;
    const proven = provenOrder(counts);
    const verdict = declared === undefined ? this.#verdict() : 'clear';
    const decided = {
      order: declaredOrder ?? (declared === undefined ? proven : undefined),
      format: declared,
      basis: declared !== undefined ? 'declared' : proven !== undefined ? 'evidence' : 'none',
      verdict,
      dashedShortYearIsLast: declaredOrder !== undefined || this.#hasDashedYearLast,
      excelDates: options.excelDates,
      counts,
      examples,
    } as const;
    return { ...decided, evidence: describeDates(decided) };
  }

  #verdict(): DateStyle['verdict'] {
    const counts = this.#counts;
    if (counts.dayFirst > 0 && counts.monthFirst > 0) return 'mixed';
    if (counts.eitherOrder > 0 && counts.dayFirst + counts.monthFirst === 0) return 'undecidable';
    // A few such cells among dates of another kind are refused one by one; a column of them is a question.
    const dashed = counts.dashedShortYear;
    if (dashed > 0) {
      const others =
        counts.iso + counts.named + counts.dayFirst + counts.monthFirst + counts.eitherOrder + counts.sameEitherWay;
      if (!this.#hasDashedYearLast && dashed > others) return 'undecidable';
      if (this.#hasDashedYearLast && provenOrder(counts) === undefined) return 'undecidable';
    }
    return 'clear';
  }
}

function provenOrder({ dayFirst, monthFirst }: Readonly<Record<DateKind, number>>): DateOrder | undefined {
  if (dayFirst > 0 === monthFirst > 0) return undefined;
  return dayFirst > 0 ? 'day-first' : 'month-first';
}

/** The kind of a trimmed cell that is not blank; only a cell that is a real date in full is evidence. */
function kindOf(text: string, cell: DateCell | undefined): DateKind {
  if (cell === undefined || !hasReadableTime(text, cell.end)) return 'other';
  switch (cell.kind) {
    case 'iso':
    case 'named':
      return isCalendarDay(cell.year, cell.month, cell.day) ? cell.kind : 'other';
    case 'pair': {
      if (cell.mayBeginWithYear) return 'dashedShortYear';
      const year = cell.hasShortYear ? fullYear(cell.year) : cell.year;
      const dayFirst = isCalendarDay(year, cell.second, cell.first);
      const monthFirst = isCalendarDay(year, cell.first, cell.second);
      if (dayFirst && monthFirst) return cell.first === cell.second ? 'sameEitherWay' : 'eitherOrder';
      return dayFirst ? 'dayFirst' : monthFirst ? 'monthFirst' : 'other';
    }
    case 'serial': {
      const days = Number.parseInt(text, 10);
      return days >= MIN_SERIAL && days <= MAX_SERIAL ? 'serial' : 'other';
    }
    case 'compact':
      return cell.kind;
    case 'epoch':
      return 'epoch';
    case 'epoch-ms':
      return 'epochMs';
  }
}

function hasReadableTime(text: string, end: number): boolean {
  if (end === text.length) return true;
  const start = startOfTime(text, end);
  return start !== undefined && typeof readTimeOfDay(text, start) !== 'string';
}
