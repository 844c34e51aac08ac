import type { DateFormat, DateOrder } from './date-format.ts';

/**
 * Kinds of date cells. `dayFirst`, `monthFirst`: numeric dates that have only this reading. `eitherOrder`: both parts
 * up to 12 and different. `sameEitherWay`: both parts equal. `dashedShortYear`: `24-01-05`, where the year may be the first or the last part.
 */
export type DateKind =
  | 'iso'
  | 'dayFirst'
  | 'monthFirst'
  | 'eitherOrder'
  | 'sameEitherWay'
  | 'dashedShortYear'
  | 'named'
  | 'serial'
  | 'compact'
  | 'epoch'
  | 'epochMs'
  | 'other'
  | 'blank';

/** How the dates of a column are written, decided from all of its cells. */
export interface DateStyle {
  /** Of numeric dates; undefined if there are none or nothing decides. */
  readonly order: DateOrder | undefined;
  readonly format: DateFormat | undefined;
  readonly basis: 'declared' | 'evidence' | 'none';
  /**
   * `undecidable`: there are dates with two readings and nothing in the column proves one. `mixed`: some cells prove day
   * first, others month first. Either way the user must say (`--date-format`). `clear`: no question is open.
   */
  readonly verdict: 'clear' | 'undecidable' | 'mixed';
  /** Why, in a sentence for people. */
  readonly evidence: string;
  /** Some cell proves that dates such as `24-01-05` end with their year here, or the user says so. */
  readonly dashedShortYearIsLast: boolean;
  /** The day that serial numbers count from, where the user gave it. */
  readonly excelDates: ExcelDates | undefined;
  readonly counts: Readonly<Record<DateKind, number>>;
  /** Up to three of each kind, as written. */
  readonly examples: Readonly<Record<DateKind, readonly string[]>>;
}

/** Which of the two day counts of spreadsheets: from 1900 (Windows) or from 1904 (old Macs). */
export type ExcelDates = 1900 | 1904;
