import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { fitPurchaseModels } from '../../src/analytics/fit.ts';
import { type PurchaseCells, type PurchaseRow, purchaseCells } from '../../src/analytics/purchase-cells.ts';
import { simulateCustomers } from '../../src/analytics/simulate-customers.ts';
import { days } from '../../src/analytics/units.ts';

const historyDays = 730;

/** Customers of a Pareto/NBD shop of two years, one after the other, to the nearest week as the tables of a large shop have them. */
function* customers(count: number): Generator<PurchaseRow<'day'>> {
  const generator = xoroshiro128plus(count);
  const uniform = () => uniformFloat64(generator);
  const age = () => days(1 + Math.floor(uniform() * historyDays));
  const shop = { unit: 'day', name: 'pareto-nbd', values: [0.6, 75, 0.6, 80], horizon: days(0), uniform } as const;
  const nearest = (time: number, least: number) => Math.max(least, 7 * Math.round(time / 7));
  for (const { frequency, recency, age: watched } of simulateCustomers({ ...shop, customers: count, age })) {
    const last = frequency === 0 ? 0 : nearest(Math.ceil(recency), 7);
    yield { frequency: Math.min(frequency, last), recency: days(last), age: days(nearest(watched, last)) };
  }
}

describe('a million customers', () => {
  let seconds = 0;
  let cells: PurchaseCells<'day'>;

  test('are few histories: their number grows far less than that of the customers', () => {
    const small = purchaseCells('day', customers(100_000));
    cells = purchaseCells('day', customers(1_000_000));
    expect(cells.customers).toBe(1_000_000);
    expect(cells.size / small.size).toBeLessThan(4);
  });

  test('are fitted with all models in seconds, in memory that does not depend on their number', () => {
    const start = performance.now();
    const before = process.memoryUsage().heapUsed;
    const fits = fitPurchaseModels(cells);
    seconds = (performance.now() - start) / 1000;
    const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20;
    expect(fits).toHaveLength(6);
    expect(fits.every(({ isUsable }) => isUsable)).toBe(true);
    // Measured: 2 to 5 seconds and less than 50 MB. The bounds are for machines that are busy with other things.
    expect(seconds).toBeLessThan(60);
    expect(grown).toBeLessThan(300);
  });
});
