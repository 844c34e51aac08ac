import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBDataChunk, DuckDBInstance, VARCHAR } from '@duckdb/node-api';
import { PipelineError } from '../errors.ts';
import { QueryError } from './query-error.ts';
import { quotedIdentifier, quotedString } from './quote.ts';
import type { ResultSet } from './result-set.ts';
import { isSystemError } from './system-error.ts';

export interface ParquetColumn {
  readonly name: string;
  /** In DuckDB's SQL; undefined for decimals of unknown size, which get as many decimals as the longest has. */
  readonly type: string | undefined;
}

/** Rows that DuckDB takes at once. */
const CHUNK_ROWS = 2_048;

/**
 * Writes rows of whatever engine as a Parquet file, by way of a DuckDB file beside it, which is removed afterwards.
 * @throws QueryError when that cannot be done, for want of space, say; what reading the rows throws passes through.
 */
export async function writeParquetFile(
  results: AsyncIterable<ResultSet>,
  columns: readonly ParquetColumn[],
  path: string,
): Promise<void> {
  const folder = await mkdtemp(join(dirname(path), '.rows-'));
  try {
    await convert(results, columns, { path, rowsPath: join(folder, 'rows.duckdb') });
  } catch (error) {
    if (error instanceof PipelineError || isSystemError(error)) throw error;
    throw new QueryError(error, `copy ... to ${quotedString(path)} (format parquet)`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function convert(
  results: AsyncIterable<ResultSet>,
  columns: readonly ParquetColumn[],
  { path, rowsPath }: { readonly path: string; readonly rowsPath: string },
): Promise<void> {
  const instance = await DuckDBInstance.create(rowsPath);
  try {
    const connection = await instance.connect();
    await stage(connection, columns.length, results);
    const casts: string[] = [];
    for (const [position, { name, type }] of columns.entries()) {
      const fileType = type ?? (await widestDecimal(connection, `c${position}`));
      casts.push(`cast(c${position} as ${fileType}) as ${quotedIdentifier(name)}`);
    }
    await connection.run(
      `copy (select ${casts.join(', ')} from staged) to ${quotedString(path)} (format parquet, compression zstd)`,
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}

type Connection = Awaited<ReturnType<DuckDBInstance['connect']>>;

/** All as text: the cast makes the types, exactly. */
async function stage(connection: Connection, width: number, results: AsyncIterable<ResultSet>): Promise<void> {
  const names = Array.from({ length: width }, (_, position) => `c${position}`);
  await connection.run(`create table staged (${names.map((name) => `${name} varchar`).join(', ')})`);
  const appender = await connection.createAppender('staged');
  for await (const { rows: all } of results) {
    for (let start = 0; start < all.length; start += CHUNK_ROWS) {
      const rows = all.slice(start, start + CHUNK_ROWS);
      const chunk = DuckDBDataChunk.create(
        names.map(() => VARCHAR),
        rows.length,
      );
      chunk.setColumns(names.map((_, position) => rows.map((row) => textOf(row[position] ?? null))));
      appender.appendDataChunk(chunk);
    }
  }
  appender.closeSync();
}

/** A decimal of all digits that there may be, with as many behind the point as the longest value has. */
async function widestDecimal(connection: Connection, column: string): Promise<string> {
  const found = await connection.runAndReadAll(
    `select coalesce(max(length(split_part(${column}, '.', 2))), 0)::integer from staged`,
  );
  return `decimal(38, ${Number(found.getRowsJson()[0]?.[0] ?? 0)})`;
}

function textOf(value: string | number | boolean | null): string | null {
  return value === null ? null : String(value);
}
