import type { Queryable, QueryOptions } from '../engines/engine.ts';
import type { Column, Value } from '../engines/result-set.ts';
import { RAW_TABLE } from '../ingest/raw-table.ts';
import { SOURCES_TABLE } from '../ingest/sources-table.ts';
import { headerOf } from '../project/model.ts';
import { grainOf, quoted, relationName, type TableSource } from './table-source.ts';

/**
 * How a column is stored. Dates and times are ISO text, booleans 0 and 1.
 *
 * Money is NUMERIC: a number that sorts, compares and sums as people expect, and that has every digit as long as there
 * are at most 15 of them (a SQLite REAL keeps 15: ten thousand billion with cents). A column with a longer amount is
 * TEXT as a whole, exact, and cast by whoever wants to compute. Integers beyond 64 bits are TEXT too.
 */
export type SqliteType = 'INTEGER' | 'REAL' | 'NUMERIC' | 'TEXT';

/** A table of a SQLite file and its keys. */
export interface SqliteTable {
  readonly name: string;
  readonly columns: readonly (Column & { readonly sqliteType: SqliteType })[];
  readonly primaryKey: readonly string[];
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
}

const EXACT_DIGITS = 15;
const SMALLEST_INTEGER = -(2n ** 63n);
const LARGEST_INTEGER = 2n ** 63n - 1n;

/** Chooses types and keys. Reads the smallest and largest value of the columns whose type depends on them. */
export async function sqliteTable(
  table: TableSource,
  database: Queryable,
  options: QueryOptions = {},
): Promise<SqliteTable> {
  const long = new Set(await longColumns(table, database, options));
  const columns = table.columns.map((column) => ({
    ...column,
    sqliteType: long.has(column.name) ? ('TEXT' as const) : sqliteType(column),
  }));
  return { name: table.name, columns, ...keysOf(table) };
}

/** The statement that makes the table, with its primary key. */
export function createTableSql({ name, columns, primaryKey }: SqliteTable): string {
  const parts = columns.map((column) => `${quoted(column.name)} ${column.sqliteType}`);
  if (primaryKey.length > 0) parts.push(`primary key (${primaryKey.map(quoted).join(', ')})`);
  return `create table ${quoted(name)} (\n  ${parts.join(',\n  ')}\n)`;
}

/** The statements that make its indexes; run them when the rows are there. */
export function createIndexSqls({ name, uniques, indexes }: SqliteTable): string[] {
  const create = (kind: string) => (columns: readonly string[]) =>
    `create ${kind} ${quoted([name, ...columns].join('_'))} on ${quoted(name)} (${columns.map(quoted).join(', ')})`;
  return [...uniques.map(create('unique index')), ...indexes.map(create('index'))];
}

function sqliteType({ type }: Column): SqliteType {
  if (type === 'integer' || type === 'boolean') return 'INTEGER';
  if (type === 'decimal') return 'NUMERIC';
  return type === 'double' ? 'REAL' : 'TEXT';
}

async function longColumns(table: TableSource, database: Queryable, options: QueryOptions): Promise<string[]> {
  const numbers = table.columns.filter(({ type }) => type === 'decimal' || type === 'integer');
  if (numbers.length === 0) return [];
  const extremes = numbers.map(({ name }) => `min(${quoted(name)}), max(${quoted(name)})`);
  const { rows } = await database.query(`select ${extremes.join(', ')} from ${relationName(table)}`, options);
  const fits = { decimal: fitsReal, integer: fitsInteger };
  return numbers
    .filter(({ type }, position) => {
      const pair = (rows[0] ?? []).slice(2 * position, 2 * position + 2);
      return !pair.every((value) => value === null || fits[type === 'decimal' ? 'decimal' : 'integer'](value));
    })
    .map(({ name }) => name);
}

/** All values of a decimal column have the same number of decimals, so the extremes have the most digits. */
function fitsReal(value: Value): boolean {
  return String(value).replace(/\D/g, '').replace(/^0+/, '').length <= EXACT_DIGITS;
}

function fitsInteger(value: Value): boolean {
  const integer = BigInt(String(value));
  return integer >= SMALLEST_INTEGER && integer <= LARGEST_INTEGER;
}

/**
 * Unique are only keys whose uniqueness was a condition of publishing; a grain without that gets a plain index. Columns
 * that lead to other tables get one too.
 */
function keysOf(table: TableSource): Pick<SqliteTable, 'primaryKey' | 'uniques' | 'indexes'> {
  const checks = table.model === undefined ? [] : headerOf(table.model).checks;
  const has = (names: readonly string[]) => names.every((name) => table.columns.some((column) => column.name === name));
  const unique = checks.flatMap((check) =>
    check.kind === 'unique' && check.severity === 'error' ? [check.columns] : [],
  );
  const grain = grainOf(table);
  const isGrainUnique =
    table.name === RAW_TABLE || table.name === SOURCES_TABLE || unique.some((columns) => isSameSet(columns, grain));
  const primaryKey = isGrainUnique ? grain : [];
  const uniques = unique.filter((columns) => has(columns) && !isSameSet(columns, grain));
  const foreign = checks.flatMap((check) => (check.kind === 'relationship' ? [[check.column]] : []));
  const plain = [...(isGrainUnique || grain.length === 0 ? [] : [grain]), ...foreign.filter(has)];
  const led = new Set([primaryKey, ...uniques].map(([first]) => first));
  const indexes = plain.filter(([first], position) => {
    return !led.has(first) && plain.findIndex(([other]) => other === first) === position;
  });
  return { primaryKey, uniques, indexes };
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
