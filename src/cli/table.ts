import type { ColumnType, ResultSet, Value } from '../engines/result-set.ts';
import { printable } from '../printable.ts';

const NUMERIC: ReadonlySet<ColumnType> = new Set(['integer', 'decimal', 'double']);
const WIDEST_CELL = 60;

function cellText(value: Value): string {
  if (value === null) return '';
  const text = printable(String(value));
  return text.length > WIDEST_CELL ? `${text.slice(0, WIDEST_CELL - 1)}…` : text;
}

/**
 * A table with aligned columns, numbers to the right. Where the terminal is too narrow for all columns, each row is
 * written as a block of `name  value` lines.
 */
export function renderTable({ columns, rows }: ResultSet, width = Number.POSITIVE_INFINITY): string {
  if (columns.length === 0) return '';
  const texts = rows.map((row) => row.map(cellText));
  const widths = columns.map(({ name }, position) =>
    Math.max(printable(name).length, ...texts.map((row) => row[position]?.length ?? 0)),
  );
  const total = widths.reduce((sum, columnWidth) => sum + columnWidth + 2, -2);
  if (total > width) return renderBlocks(columns, texts);
  const line = (cells: readonly string[], pad: (cell: string, position: number) => string) =>
    cells.map(pad).join('  ').trimEnd();
  const pad = (cell: string, position: number) => {
    const columnWidth = widths[position] ?? 0;
    return NUMERIC.has(columns[position]?.type ?? 'text') ? cell.padStart(columnWidth) : cell.padEnd(columnWidth);
  };
  const header = line(
    columns.map(({ name }) => printable(name)),
    pad,
  );
  const rule = widths.map((columnWidth) => '─'.repeat(columnWidth)).join('  ');
  return `${[header, rule, ...texts.map((row) => line(row, pad))].join('\n')}\n`;
}

function renderBlocks(columns: ResultSet['columns'], texts: readonly (readonly string[])[]): string {
  const names = columns.map(({ name }) => printable(name));
  const widest = Math.max(...names.map((name) => name.length));
  const blocks = texts.map((row) =>
    names.map((name, position) => `${name.padEnd(widest)}  ${row[position] ?? ''}`.trimEnd()).join('\n'),
  );
  return blocks.length === 0 ? `${names.join(', ')}: no rows\n` : `${blocks.join('\n\n')}\n`;
}
