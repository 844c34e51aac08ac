import type { ResultSet, Value } from '../engines/result-set.ts';
import { UsageError } from '../errors.ts';
import { csvRecord } from '../export/csv-record.ts';
import { jsonLineWriter } from '../export/json-line.ts';
import type { CliContext, Output } from './context.ts';
import { renderTable } from './table.ts';

export const OUTPUT_FORMATS = ['table', 'json', 'csv'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Rows that a table on a terminal shows unless more are asked for. */
const TABLE_ROWS = 50;

/** The policy for all commands: a table on a terminal, JSON lines in a pipe, unless said. */
export function chooseFormat(asked: string | undefined, { isTerminal }: Output): OutputFormat {
  if (asked === undefined) return isTerminal ? 'table' : 'json';
  const format = OUTPUT_FORMATS.find((known) => known === asked);
  if (format !== undefined) return format;
  throw new UsageError(`"${asked}" is not an output format`, { remedy: `one of ${OUTPUT_FORMATS.join(', ')}` });
}

/** Prints rows that arrive in chunks. A table on a terminal stops after `limit` rows (default 50) and says so. */
export async function printRows(
  chunks: AsyncIterable<ResultSet>,
  format: OutputFormat,
  { stdout, stderr }: Pick<CliContext, 'stdout' | 'stderr'>,
  limit: number | undefined,
): Promise<void> {
  if (format === 'table') return printTable(chunks, { stdout, stderr }, limit ?? TABLE_ROWS);
  let isFirst = true;
  let left = limit ?? Number.POSITIVE_INFINITY;
  for await (const chunk of chunks) {
    if (isFirst && format === 'csv') await stdout.write(csvRecord(chunk.columns.map(({ name }) => name)));
    isFirst = false;
    const rows = chunk.rows.slice(0, left);
    left -= rows.length;
    const record = format === 'csv' ? csvRecord : jsonLineWriter(chunk.columns);
    const lines = rows.map((row) => record(row));
    if (lines.length > 0) await stdout.write(lines.join(''));
    if (left === 0) break;
  }
}

/** Prints rows that are all there, every one of them. */
export async function printResult(
  result: ResultSet,
  format: OutputFormat,
  context: Pick<CliContext, 'stdout' | 'stderr'>,
): Promise<void> {
  async function* whole() {
    yield result;
  }
  await printRows(whole(), format, context, result.rows.length);
}

async function printTable(
  chunks: AsyncIterable<ResultSet>,
  { stdout, stderr }: Pick<CliContext, 'stdout' | 'stderr'>,
  limit: number,
): Promise<void> {
  let columns: ResultSet['columns'] = [];
  const rows: (readonly Value[])[] = [];
  for await (const chunk of chunks) {
    columns = chunk.columns;
    rows.push(...chunk.rows.slice(0, limit + 1 - rows.length));
    if (rows.length > limit) break;
  }
  await stdout.write(renderTable({ columns, rows: rows.slice(0, limit) }, stdout.width));
  if (rows.length > limit) {
    await stderr.write(`the first ${limit} rows; see more with --limit N, or all with --format csv or json\n`);
  }
}
