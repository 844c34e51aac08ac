import type { Dialect } from './record-scanner.ts';

/** The cells of one record that the scanner has found well-formed, unquoted. */
export function headerCells(record: string, dialect: Dialect): string[] {
  const { delimiter, quote } = dialect;
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    let cell = '';
    if (record[at] === quote) {
      for (;;) {
        const closing = record.indexOf(quote, at + 1);
        cell += record.slice(at + 1, closing);
        at = closing + 1;
        if (record[at] !== quote) break;
        cell += quote;
      }
    } else {
      const next = record.indexOf(delimiter, at);
      cell = record.slice(at, next === -1 ? undefined : next);
      at += cell.length;
    }
    cells.push(cell);
    if (at >= record.length) return cells;
  }
}
