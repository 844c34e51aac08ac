import type { Dialect } from './record-scanner.ts';

/** The cells of one record that the scanner has found well-formed, unquoted. */
export function recordCells(record: string, { delimiter, quote }: Dialect): string[] {
  const parts = record.split(delimiter);
  if (!record.includes(quote)) return parts;
  const cells: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? '';
    if (!part.startsWith(quote)) {
      cells.push(part);
      continue;
    }
    // Delimiters between quotes have cut the cell.
    const from = at;
    let isOpen = hasOddCount(part, quote);
    while (isOpen && at + 1 < parts.length) isOpen = !hasOddCount(parts[++at] ?? '', quote);
    cells.push(unquoted(from === at ? part : parts.slice(from, at + 1).join(delimiter), quote));
  }
  return cells;
}

function hasOddCount(text: string, quote: string): boolean {
  let isOdd = false;
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) isOdd = !isOdd;
  return isOdd;
}

function unquoted(cell: string, quote: string): string {
  const inner = cell.slice(1, cell.length > 1 && cell.endsWith(quote) ? -1 : undefined);
  return inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner;
}
