import { UsageError } from '../../errors.ts';
import { compilePattern, type DatePattern } from './date-pattern.ts';
import { quoteCell } from './quote-cell.ts';

export type DateOrder = 'day-first' | 'month-first';

/** How a user says that dates are written; `text` is what they wrote. */
export type DateFormat =
  | { readonly kind: 'order'; readonly text: string; readonly order: DateOrder }
  | { readonly kind: 'iso' | 'compact' | 'epoch' | 'epoch-ms'; readonly text: string }
  | { readonly kind: 'pattern'; readonly text: string; readonly pattern: DatePattern };

/** Words for formats that a pattern cannot say, or not as well. */
const WORDS: ReadonlyMap<string, (text: string) => DateFormat> = new Map<string, (text: string) => DateFormat>([
  ['iso', (text) => ({ kind: 'iso', text })],
  ['day-first', (text) => ({ kind: 'order', text, order: 'day-first' })],
  ['month-first', (text) => ({ kind: 'order', text, order: 'month-first' })],
  ['yyyymmdd', (text) => ({ kind: 'compact', text })],
  ['epoch', (text) => ({ kind: 'epoch', text })],
  ['epoch-ms', (text) => ({ kind: 'epoch-ms', text })],
]);

/**
 * Reads a format as a user gives it: one of the words `iso`, `day-first`, `month-first`, `yyyymmdd`, `epoch`, `epoch-ms`,
 * or a pattern of YYYY YY MMMM MMM MM M DD D HH H hh h mm ss A Z and other characters (letters in square brackets).
 * `dd/mm/yyyy` is understood as well. One-digit days and months are accepted for DD and MM.
 * @throws UsageError if it is neither.
 */
export function compileDateFormat(text: string): DateFormat {
  const trimmed = text.trim();
  const word = WORDS.get(trimmed.toLowerCase());
  if (word !== undefined) return word(trimmed);
  const pattern = compilePattern(trimmed);
  if (typeof pattern !== 'string') return { kind: 'pattern', text: trimmed, pattern };
  throw new UsageError(`${quoteCell(text)} is not a date format: ${pattern}`, {
    remedy: [
      `Use one of the words ${[...WORDS.keys()].join(', ')},`,
      'or a pattern such as DD/MM/YYYY, MM/DD/YY HH:mm, D MMM YYYY or YYYY-MM-DD (MM is the month, mm the minutes).',
    ],
  });
}
