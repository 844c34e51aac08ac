import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { QueryOptions, Reader } from '../engines/engine.ts';
import type { Row, Value } from '../engines/result-set.ts';
import { RunError } from '../errors.ts';
import { sqliteErrorCode } from '../metadata/sqlite-error.ts';
import { createIndexSqls, createTableSql, type SqliteTable, sqliteTable } from './sqlite-schema.ts';
import { quoted, readRows, type TableSource } from './table-source.ts';

const CONSTRAINT = 19;

export interface SqliteWriting extends QueryOptions {
  /** Told each chunk of rows. */
  onRows(table: TableSource, rows: number): void;
}

/**
 * Writes tables into a new SQLite file, in one transaction. Memory does not grow with the rows. There is no journal: the
 * file is nobody's before it is complete.
 */
export async function writeSqlite(
  path: string,
  reader: Reader,
  tables: readonly TableSource[],
  writing: SqliteWriting,
): Promise<void> {
  closeSync(openSync(path, 'wx', 0o600));
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  try {
    database.exec('pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; begin');
    for (const table of tables) await writeTable(database, reader, table, writing);
    database.exec('commit');
  } finally {
    database.close();
  }
}

async function writeTable(
  database: DatabaseSync,
  reader: Reader,
  table: TableSource,
  { onRows, ...options }: SqliteWriting,
): Promise<void> {
  const schema = await sqliteTable(table, reader, options);
  const converters = schema.columns.map(converter);
  database.exec(createTableSql(schema));
  const places = schema.columns.map(() => '?').join(', ');
  const insert = database.prepare(`insert into ${quoted(schema.name)} values (${places})`);
  try {
    for await (const rows of readRows(reader, table, options)) {
      for (const row of rows) insert.run(...toInput(row, converters));
      onRows(table, rows.length);
    }
    for (const sql of createIndexSqls(schema)) database.exec(sql);
  } catch (error) {
    if (sqliteErrorCode(error) !== CONSTRAINT) throw error;
    throw new RunError(`${table.layer}.${table.name} has several rows with the same key`, {
      cause: error,
      remedy: [
        'the models have changed since the data was published: run the pipeline again',
        'or export another format',
      ],
    });
  }
}

type Converter = (value: Value) => SQLInputValue;

function converter({ type, sqliteType }: SqliteTable['columns'][number]): Converter {
  if (sqliteType === 'TEXT') return (value) => (value === null ? null : String(value));
  // Integers that a number cannot hold come as text.
  if (type === 'integer')
    return (value) => (typeof value === 'string' ? BigInt(value) : value === null ? null : Number(value));
  return (value) => (value === null ? null : Number(value));
}

function toInput(row: Row, converters: readonly Converter[]): SQLInputValue[] {
  return converters.map((convert, position) => convert(row[position] ?? null));
}
