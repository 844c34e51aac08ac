import type { DateKind, DateStyle } from './date-style.ts';

const TITLES: readonly (readonly [DateKind, string])[] = [
  ['iso', 'are written year-month-day'],
  ['dayFirst', 'are day first for sure'],
  ['monthFirst', 'are month first for sure'],
  ['eitherOrder', 'have both parts up to 12'],
  ['sameEitherWay', 'are the same day in either order'],
  ['dashedShortYear', 'have the year either first or last'],
  ['named', 'have a month name'],
  ['serial', 'are spreadsheet serial numbers (readable with --excel-dates)'],
  ['compact', 'are YYYYMMDD (readable with --date-format yyyymmdd)'],
  ['epoch', 'are seconds since 1970 (readable with --date-format epoch)'],
  ['epochMs', 'are milliseconds since 1970 (readable with --date-format epoch-ms)'],
  ['other', 'are no date'],
];

/** The decision on a date column and what it rests on, in a sentence for people. */
export function describeDates(style: Omit<DateStyle, 'evidence'>): string {
  const { counts, examples, order, format, verdict } = style;
  const number = (value: number): string => value.toLocaleString('en-US');
  const such = (kind: DateKind): string =>
    examples[kind][0] === undefined ? '' : `, such as ${examples[kind].join(' or ')}`;
  const one = (kind: DateKind): string => (examples[kind][0] === undefined ? '' : `, such as ${examples[kind][0]}`);
  const total = TITLES.reduce((sum, [kind]) => sum + counts[kind], 0);
  if (format !== undefined) return `date format ${format.text}: declared`;
  if (verdict === 'mixed') {
    return (
      `day first and month first mixed: ${number(counts.dayFirst)} of ${number(total)} dates have a first number above 12` +
      `${such('dayFirst')}; ${number(counts.monthFirst)} have a second number above 12${such('monthFirst')}`
    );
  }
  if (verdict === 'undecidable') {
    if (counts.eitherOrder === 0) {
      return `year first or last unknown: ${number(counts.dashedShortYear)} of ${number(total)} dates could be either${such('dashedShortYear')}`;
    }
    return (
      `day first or month first unknown: no number above 12 in ${number(counts.eitherOrder + counts.sameEitherWay)} of ` +
      `${number(total)} dates${such('eitherOrder')}, and none proves either`
    );
  }
  if (order === 'day-first') {
    return `day first: ${number(counts.dayFirst)} of ${number(total)} dates have a first number above 12${one('dayFirst')}`;
  }
  if (order === 'month-first') {
    return `month first: ${number(counts.monthFirst)} of ${number(total)} dates have a second number above 12${one('monthFirst')}`;
  }
  const kinds = TITLES.filter(([kind]) => counts[kind] > 0);
  if (kinds.length === 0) return 'no dates: every cell is blank';
  return kinds
    .map(([kind, title]) => `${number(counts[kind])} of ${number(total)} cells ${title}${one(kind)}`)
    .join('; ');
}
