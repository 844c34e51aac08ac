import { describe, expect, test } from 'vitest';
import { expectEqualTables } from '../../support/equal-tables.ts';
import { csvOf } from '../../support/make-shop.ts';
import { PostgresServer } from '../../support/postgres/server.ts';
import { randomSales, toRows } from '../../support/random-sales.ts';
import { openShop } from '../../support/run-shop.ts';

const SHOP = { seed: 14, orders: 1_500, customers: 700, firstDate: '2022-03-01', days: 650, maxCents: 20_000 };

/** Beside a date and an amount, texts that end a COPY of old servers where they stand alone on a line. */
const ENDS_OF_DATA = [
  'Date,Customer ID,Order ID,Sales',
  '2024-01-01,"a\n\\.\nb",x1,10.00',
  '2024-01-02,\\.,x2,20.00',
  '2024-01-03,"\\.",x3,30.00',
  '2024-01-04,"\\.\n",x4,40.00',
  '2024-01-05,end,"x5\n\\.",50.00',
  '',
].join('\n');

describe('the oldest version that is supported', () => {
  test('makes the tables that DuckDB makes, appends, goes back, and is asked', async () => {
    await using server = await PostgresServer.create(14);
    await using duckdb = await openShop({ engine: 'duckdb' });
    await using postgres = await openShop({ connection: server.url(), schemaPrefix: '' });
    for (const shop of [duckdb, postgres]) {
      await shop.run([await shop.write('first.csv', csvOf(toRows(randomSales(SHOP))))]);
      await shop.run([await shop.write('more.csv', ENDS_OF_DATA)], { append: true });
    }
    const counts = await expectEqualTables(duckdb, postgres);
    expect(counts['staging.stg_sales_raw']).toBeGreaterThan(1_500);
    const [before] = await postgres.query(`select count(*) as orders from warehouse.dim_order`);
    await postgres.pipeline.rollback();
    await duckdb.pipeline.rollback();
    await expectEqualTables(duckdb, postgres);
    const reader = await postgres.pipeline.openReader();
    const after = await reader.query('select count(*) from warehouse.dim_order');
    await reader.close();
    expect(Number(before?.orders)).toBe(Number(after.rows[0]?.[0]) + 5);
    expect(
      await server.sql('select nspname from pg_namespace where nspname = $1', { params: ['business'] }),
    ).toHaveLength(1);
  });
});
