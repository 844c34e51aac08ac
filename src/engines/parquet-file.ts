import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBDataChunk, DuckDBInstance, VARCHAR } from '@duckdb/node-api';
import { quotedIdentifier, quotedString } from './quote.ts';
import type { Column, ColumnType, ResultSet } from './result-set.ts';

/** What a column becomes in the file. A decimal has the scale of money, as all decimals of the models. */
const FILE_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'varchar',
  integer: 'bigint',
  decimal: 'decimal(38, 2)',
  double: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  other: 'varchar',
};

/** Rows that DuckDB takes at once. */
const CHUNK_ROWS = 2_048;

/** Writes rows of whatever engine as a Parquet file, by way of a DuckDB file in `folder`, which is removed afterwards. */
export async function writeParquetFile(results: AsyncIterable<ResultSet>, path: string, folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(join(folder, 'rows.duckdb'));
  try {
    const connection = await instance.connect();
    const columns = await stage(connection, results);
    const casts = columns.map(({ name, type }, position) => {
      return `cast(c${position} as ${FILE_TYPES[type]}) as ${quotedIdentifier(name)}`;
    });
    await connection.run(
      `copy (select ${casts.join(', ')} from staged) to ${quotedString(path)} (format parquet, compression zstd)`,
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

type Connection = Awaited<ReturnType<DuckDBInstance['connect']>>;

/** All as text: the cast makes the types, exactly. */
async function stage(connection: Connection, results: AsyncIterable<ResultSet>): Promise<readonly Column[]> {
  let columns: readonly Column[] = [];
  let appender: Awaited<ReturnType<Connection['createAppender']>> | undefined;
  for await (const result of results) {
    if (appender === undefined) {
      columns = result.columns;
      await connection.run(`create table staged (${columns.map((_, position) => `c${position} varchar`).join(', ')})`);
      appender = await connection.createAppender('staged');
    }
    for (let start = 0; start < result.rows.length; start += CHUNK_ROWS) {
      const rows = result.rows.slice(start, start + CHUNK_ROWS);
      const chunk = DuckDBDataChunk.create(
        columns.map(() => VARCHAR),
        rows.length,
      );
      const cells = columns.map((_, position) => rows.map((row) => textOf(row[position] ?? null)));
      chunk.setColumns(cells);
      appender.appendDataChunk(chunk);
    }
  }
  appender?.closeSync();
  return columns;
}

function textOf(value: string | number | boolean | null): string | null {
  return value === null ? null : String(value);
}
