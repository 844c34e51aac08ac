import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportResult } from '../../src/export/export-types.ts';
import { orderRows } from '../support/order-rows.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

/** A model of what may come from a server and not from DuckDB: numbers of any size, types that no file has. */
const ODD = `/*
Odd types. One row per number.

@grain n
@column n - a number
@column exact - a number of any size
@column price - money
@column moment - a point in time
@column instant - a point in time with its zone
@column word - text
@column id - a unique number
@column nothing - nothing
*/
select
    n,
    cast(n as numeric) / 8 as exact,
    cast(n as numeric(9, 3)) as price,
    cast('2024-02-29 12:34:56.789012' as timestamp) as moment,
    cast('2024-02-29 12:34:56+02' as timestamptz) as instant,
    cast(E'\\uFEFF a''b\\n"c"\\\\ \\U0001F600' as varchar(40)) as word,
    cast('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' as uuid) as id,
    cast(null as date) as nothing
from (values (1), (2), (-3)) as numbers (n)
`;

let shop: Shop;
let onDuckDb: Shop;

beforeAll(async () => {
  onDuckDb = await openShop({ engine: 'duckdb' });
  await onDuckDb.load(orderRows(60));
  shop = await openShop({ modelsDir: 'models' });
  await shop.write('models/business/odd.sql', ODD);
  await shop.load(orderRows(60));
});

afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await onDuckDb[Symbol.asyncDispose]();
});

async function askParquet(sql: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

test('files have the types, the rows and their order that DuckDB itself writes, in every table', async () => {
  const ours = await shop.pipeline.export({ format: 'parquet' });
  const theirs = await onDuckDb.pipeline.export({ format: 'parquet' });
  const namesOf = ({ files }: ExportResult) => files.map(({ name }) => name).sort();
  const names = namesOf(ours).filter((name) => name !== 'odd.parquet');
  expect(names).toEqual(namesOf(theirs));
  for (const name of names) {
    const [here, there] = [join(ours.outDir, name), join(theirs.outDir, name)];
    const describe = (path: string) => askParquet(`select column_name, column_type from (describe from '${path}')`);
    expect(await describe(here), name).toEqual(await describe(there));
    const rows = (path: string) => askParquet(`from '${path}'`);
    expect(await rows(here), name).toEqual(await rows(there));
  }
});

test('numbers of any size keep all their digits; what no file has a type for is text; nothing else lies about', async () => {
  const { outDir } = await shop.pipeline.export({
    format: 'parquet',
    tables: ['odd'],
    outDir: join(shop.folder, 'odd'),
  });
  const path = join(outDir, 'odd.parquet');
  expect(await askParquet(`select column_name, column_type from (describe from '${path}')`)).toEqual([
    ['n', 'INTEGER'],
    ['exact', 'DECIMAL(38,20)'],
    ['price', 'DECIMAL(9,3)'],
    ['moment', 'TIMESTAMP'],
    ['instant', 'TIMESTAMP WITH TIME ZONE'],
    ['word', 'VARCHAR'],
    ['id', 'VARCHAR'],
    ['nothing', 'DATE'],
  ]);
  const rows = await askParquet(
    `select n, exact, price, moment, epoch(instant), hex(encode(word)), id, nothing from '${path}'`,
  );
  const word = Buffer.from('\uFEFF a\'b\n"c"\\ \u{1F600}').toString('hex').toUpperCase();
  const rest = ['2024-02-29 12:34:56.789012', 1_709_202_896, word, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', null];
  expect(rows).toEqual([
    [-3, '-0.37500000000000000000', '-3.000', ...rest],
    [1, '0.12500000000000000000', '1.000', ...rest],
    [2, '0.25000000000000000000', '2.000', ...rest],
  ]);
});
