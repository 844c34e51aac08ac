import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { PostgresServer } from '../support/postgres/server.ts';
import { expandPortable } from './helpers.ts';
import { openPortableDuckDb, openPortablePostgres, type PortableDatabase } from './portable-database.ts';
import { testPortableLaws } from './portable-laws.ts';
import { testPortableFunctions } from './portable-suite.ts';

let oldest: PostgresServer;
beforeAll(async () => {
  oldest = await PostgresServer.create(14);
});
afterAll(() => oldest[Symbol.asyncDispose]());

const VERSIONS = [
  { version: 18, open: () => openPortablePostgres(inject('postgresUrl')) },
  { version: 14, open: () => openPortablePostgres(oldest.url()) },
];

for (const { version, open } of VERSIONS) {
  testPortableFunctions(`portable functions on PostgreSQL ${version}`, open);
  testPortableLaws(`laws of portable functions on PostgreSQL ${version}`, open);
}

/** Capital letters that are younger than Unicode 10, the version of the server's ICU, or than DuckDB's. */
const YOUNG_CAPITALS =
  /[\u1c89\u1c90-\u1cbf\u2c2f\ua7b8-\ua7f5\u{10570}-\u{10595}\u{10d50}-\u{10d65}\u{16e40}-\u{16eb8}]/u;

const CALLS = [
  "{{ comparable_text('''x'' || a || ''Σ''') }}",
  "cast({{ hash_key('a') }} as varchar)",
  "{{ csv_field('a') }}",
  "coalesce(cast({{ safe_cast('a', 'integer') }} as varchar), '')",
];

/** By code point: those that letters and signs are in, without surrogates and U+FEFF, which DuckDB's client takes away. */
async function answers({ engine, query }: PortableDatabase): Promise<Map<number, unknown>> {
  const series = engine === 'duckdb' ? 'range(1, 131072)' : 'generate_series(1, 131071)';
  const rows = await query(`select i, ${expandPortable(CALLS.join(" || '|' || "), engine)} from
    (select cast(i as integer) as i, chr(cast(i as integer)) as a from ${series} as s (i)
     where i not between 55296 and 57343 and i <> 65279) as characters`);
  return new Map(rows.map(([code, value]) => [Number(code), value]));
}

describe('every character is treated on PostgreSQL as on DuckDB', () => {
  let expected: Map<number, unknown>;
  beforeAll(async () => {
    const duckDb = await openPortableDuckDb();
    expected = await answers(duckDb);
    await duckDb.close();
  });

  it.each(VERSIONS)('version $version', async ({ open }) => {
    expect(expected.size).toBe(131_071 - 2048 - 1);
    const postgres = await open();
    const actual = await answers(postgres);
    await postgres.close();
    const different = [...expected].filter(([code, value]) => value !== actual.get(code));
    const old = different.filter(([code]) => !YOUNG_CAPITALS.test(String.fromCodePoint(code)));
    expect(old.slice(0, 20).map(([code, value]) => `U+${code.toString(16)}: ${value}, ${actual.get(code)}`)).toEqual(
      [],
    );
  });
});
