import type { Value } from '../engines/result-set.ts';
import { printable } from '../printable.ts';
import type { Answer } from '../server/answer.ts';

/** A column that is shown: its name in the answer, what stands above it, and how its values are written if not as they are. */
export type ShownColumn = readonly [
  name: string,
  title: string,
  write?: (value: string, answer: Pick<Answer, 'currency'>) => string,
];

/** Text that Markdown shows as it is: no markup, no HTML, no links, no line of its own. */
export function markdownText(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ').trim())
    .replaceAll(/[\\`*_[\]<>|~&#@$]/g, String.raw`\$&`)
    .replaceAll(/\b(https?|ftp|mailto):/gi, String.raw`$1\:`)
    .replaceAll(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`);
}

/** Rows of an answer as a table. Numbers are plain, with all their digits; the currency stands above its column. */
export function markdownTable(
  answer: Pick<Answer, 'columns' | 'rows' | 'currency'>,
  shown: readonly ShownColumn[],
): string {
  const { columns, rows, currency } = answer;
  const places = shown.map(([name, title, write]) => {
    const position = columns.findIndex((column) => column.name === name);
    const column = columns[position];
    if (column === undefined) throw new Error(`the report asks for ${name}, which the answer does not have`);
    const unit = column.unit === 'money' ? ` (${currency})` : column.unit === 'percent' ? ' (%)' : '';
    return {
      position,
      title: `${title}${unit}`,
      isNumber: ['integer', 'decimal', 'double'].includes(column.type),
      write,
    };
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(places.map(({ title }) => markdownText(title))),
    line(places.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map((row) =>
      line(
        places.map(({ position, write = asItIs }) => cellText(row[position] ?? null, (text) => write(text, answer))),
      ),
    ),
  ].join('\n');
}

const asItIs = (text: string) => text;

function cellText(value: Value, write: (text: string) => string): string {
  if (value === null) return '–';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : markdownText(write(String(value)));
}
