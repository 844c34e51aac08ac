import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundledSample } from '../../src/api/folders.ts';
import type { ConfigSpec } from '../../src/index.ts';
import { expectEqualTables } from '../support/equal-tables.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { assignmentsModel, campaignOrders } from '../support/measured-shop.ts';
import { randomSales, toRows } from '../support/random-sales.ts';
import { openShop } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';

async function twoShops(settings: ConfigSpec = {}) {
  const [duckdb, postgres] = await Promise.all([openShop({ ...settings, engine: 'duckdb' }), openShop(settings)]);
  expect(postgres.pipeline.engine.name).toBe('postgres');
  return {
    duckdb,
    postgres,
    [Symbol.asyncDispose]: async () => {
      await duckdb[Symbol.asyncDispose]();
      await postgres[Symbol.asyncDispose]();
    },
  };
}

async function compareFiles(paths: readonly string[], settings: ConfigSpec = {}): Promise<Record<string, number>> {
  await using shops = await twoShops(settings);
  await shops.duckdb.run(paths);
  await shops.postgres.run(paths);
  return await expectEqualTables(shops.duckdb, shops.postgres);
}

const hec = sharedFile('hec_orders.csv');
const relayFoods = sharedFile('relay_foods.csv');

describe('PostgreSQL and DuckDB make the same tables', () => {
  test.skipIf(hec.isMissing)(`of the reference file${hec.note}`, async () => {
    const counts = await compareFiles([hec.path]);
    expect(counts['warehouse.fact_sales']).toBe(40_000);
    expect(counts['business.cohort_analysis']).toBe(276);
  });

  test('of the bundled sample, with its dirty rows and returns', async () => {
    const counts = await compareFiles([bundledSample()]);
    expect(counts['staging.stg_sales_rejected']).toBeGreaterThan(50);
  });

  test.skipIf(relayFoods.isMissing)(`of a shop of another layout${relayFoods.note}`, async () => {
    const counts = await compareFiles([relayFoods.path]);
    expect(counts['business.monthly_metrics']).toBeGreaterThan(0);
  });

  test('of random shops, with returns, several lines an order, ties and zero amounts', async () => {
    const shapes = fc.record({
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      orders: fc.integer({ min: 1, max: 160 }),
      customers: fc.integer({ min: 1, max: 90 }),
      days: fc.integer({ min: 1, max: 900 }),
      maxCents: fc.constantFrom(300, 30_000, 99_999_999),
      firstDate: fc.constantFrom('2019-12-31', '2023-02-28', '2024-02-29'),
      zeroAmounts: fc.boolean(),
    });
    const settings = fc.record({ allowZeroAmounts: fc.boolean(), fiscalYearStartMonth: fc.constantFrom(1, 7) });
    await fc.assert(
      fc.asyncProperty(shapes, settings, async (shape, spec) => {
        await using shops = await twoShops({ ...spec, maxRejectedShare: 1 });
        const rows = toRows(randomSales(shape));
        for (const shop of [shops.duckdb, shops.postgres]) await shop.run([await shop.write('a.csv', csvOf(rows))]);
        await expectEqualTables(shops.duckdb, shops.postgres);
      }),
      { numRuns: 5 },
    );
  });

  test('of files that are loaded one after the other, with orders that change, repeat and conflict', async () => {
    await using shops = await twoShops({ maxRejectedShare: 1 });
    const first = csvOf([
      row('2024-01-01', 'A', '1', '10.00'),
      row('2024-01-02', 'B', '2', '0.005'),
      row('2024-01-03', 'ä', '3', '7'),
      row('2024-02-30', 'C', '4', '8.00'),
      row('2024-01-05', '', '5', '8.00'),
    ]);
    const second = csvOf([
      row('2024-01-01', 'A', '1', '12.50'),
      row('2024-01-02', 'B', '2', '0.005'),
      row('2024-03-03', 'Z', '3', '7'),
      row('2024-03-05', 'A', '1', '-2.50'),
      row('2024-03-06', 'Ä', '9', '1e3'),
    ]);
    for (const shop of [shops.duckdb, shops.postgres]) {
      await shop.run([await shop.write('first.csv', first)]);
      await shop.run([await shop.write('second.csv', second)], { append: true });
    }
    const counts = await expectEqualTables(shops.duckdb, shops.postgres);
    expect(counts['staging.stg_order_changes']).toBeGreaterThan(0);
  });

  test('of launched campaigns at all their looks', async () => {
    await using shops = await twoShops({ modelsDir: 'mine' });
    for (const shop of [shops.duckdb, shops.postgres]) {
      await shop.write('mine/campaign_assignments.sql', assignmentsModel());
      await shop.load(campaignOrders());
    }
    const counts = await expectEqualTables(shops.duckdb, shops.postgres);
    expect(counts['business.campaign_results']).toBe(12);
  });
});
