import type { Json } from '@duckdb/node-api';
import pg from 'pg';
import type { EngineName } from '../../src/engines/engine.ts';
import { expandPortable, openDuckDb } from './helpers.ts';
import type { ResultType } from './portable-cases.ts';

/** A database to try portable functions on. */
export interface PortableDatabase {
  readonly engine: EngineName;
  /** Rows as the engine writes them; numbers may come as text. */
  query(sql: string): Promise<(Json | undefined)[][]>;
  /** The types of the columns, in the words of the cases. */
  types(sql: string): Promise<string[]>;
  close(): Promise<void>;
}

const DUCKDB_TYPES: Readonly<Record<string, ResultType>> = { DOUBLE: 'double', VARCHAR: 'text' };
const POSTGRES_TYPES: Readonly<Record<string, ResultType>> = {
  'double precision': 'double',
  'character varying': 'text',
};

export async function openPortableDuckDb(): Promise<PortableDatabase> {
  const db = await openDuckDb();
  return {
    engine: 'duckdb',
    query: db.query,
    types: async (sql) => (await db.types(sql)).map((type) => DUCKDB_TYPES[type] ?? type.toLowerCase()),
    close: async () => db.close(),
  };
}

/** Everything arrives as the text that the server writes; 't' and 'f' become booleans. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number) => (text: string) => (oid === pg.types.builtins.BOOL ? text === 't' : text),
};

export async function openPortablePostgres(url: string): Promise<PortableDatabase> {
  const client = new pg.Client({ connectionString: url, types });
  await client.connect();
  await client.query(`set timezone = 'UTC'; set datestyle = 'ISO'; set extra_float_digits = 1; set search_path = ''`);
  return {
    engine: 'postgres',
    query: async (sql) => (await client.query<Json[]>({ text: sql, rowMode: 'array' })).rows,
    types: async (sql) => {
      const { fields } = await client.query({ text: `${sql} limit 0`, rowMode: 'array' });
      const names = fields.map(async ({ dataTypeID, dataTypeModifier }) => {
        const { rows } = await client.query('select format_type($1, $2) as name', [dataTypeID, dataTypeModifier]);
        const name = String(rows[0]?.name).replace('numeric', 'decimal');
        return POSTGRES_TYPES[name] ?? name;
      });
      return Promise.all(names);
    },
    close: () => client.end(),
  };
}

/** The values of `expression` over rows of SQL literals for a, b, c. */
export async function evaluate(
  { engine, query }: Pick<PortableDatabase, 'engine' | 'query'>,
  expression: string,
  rows: readonly (readonly string[])[],
): Promise<unknown[]> {
  const names = ['a', 'b', 'c'].slice(0, rows[0]?.length);
  const values = rows.map((row, index) => `(${[index, ...row].join(', ')})`).join(', ');
  const sql = `select ${expandPortable(expression, engine)} from (values ${values}) as t (n, ${names.join(', ')}) order by n`;
  return (await query(sql)).map(([value]) => value);
}

/** Doubles compare as numbers, since engines write them differently; everything else as text. */
export function comparable(value: unknown, type: string): unknown {
  if (value === null || value === undefined) return null;
  return type === 'double' ? Number(value) : String(value);
}
