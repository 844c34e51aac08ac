import { headerScore } from './mapping/header-score.ts';

/** What is said of a record that is the header again. */
export const repeatedHeader = {
  set_aside_kind: 'REPEATED_HEADER',
  set_aside_detail: 'the column names once more, as in files that were joined',
} as const;

/** Whether cells are the names of the columns once more; a byte order mark may have come with them. */
export function isHeaderAgain(cells: readonly string[], columns: readonly string[]): boolean {
  const [first = ''] = cells;
  if (first !== columns[0] && first !== `\ufeff${columns[0]}`) return false;
  for (let at = 1; at < columns.length; at++) {
    if (cells[at] !== columns[at]) return false;
  }
  return cells.length === columns.length;
}

/**
 * Whether a record below orders, with this text for a date, holds names of columns that are not those of the file: another table
 * begins. An order has a digit in some cell.
 */
export function isOtherHeader(cells: readonly string[], dateText: string): boolean {
  if (dateText.trim() === '' || /\d/.test(dateText)) return false;
  return headerScore(cells) > 0 || cells.every((cell) => cell.trim() !== '' && !/\d/.test(cell));
}
