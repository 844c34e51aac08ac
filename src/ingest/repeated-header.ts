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
