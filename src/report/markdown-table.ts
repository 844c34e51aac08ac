import type { Value } from '../engines/result-set.ts';
import { printable } from '../printable.ts';
import type { Answer } from '../server/answer.ts';

/** A column that is shown: its name in the answer, and what stands above it. */
export type ShownColumn = readonly [name: string, title: string];

/** Text that Markdown shows as it is: no markup, no HTML, no links, no line of its own. */
export function markdownText(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ').trim())
    .replaceAll(/[\\`*_[\]<>|~&#@$]/g, String.raw`\$&`)
    .replaceAll(/\b(https?|ftp|mailto):/gi, String.raw`$1\:`)
    .replaceAll(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`);
}

/** Rows of an answer as a table. Numbers are plain, with all their digits; the currency stands above its column. */
export function markdownTable({ columns, rows, currency }: Answer, shown: readonly ShownColumn[]): string {
  const places = shown.map(([name, title]) => {
    const position = columns.findIndex((column) => column.name === name);
    const column = columns[position];
    if (column === undefined) throw new Error(`the report asks for ${name}, which the answer does not have`);
    const unit = column.unit === 'money' ? ` (${currency})` : column.unit === 'percent' ? ' (%)' : '';
    return { position, title: `${title}${unit}`, isNumber: ['integer', 'decimal', 'double'].includes(column.type) };
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(places.map(({ title }) => markdownText(title))),
    line(places.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map((row) => line(places.map(({ position }) => cellText(row[position] ?? null)))),
  ].join('\n');
}

function cellText(value: Value): string {
  if (value === null) return '–';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : markdownText(String(value));
}
