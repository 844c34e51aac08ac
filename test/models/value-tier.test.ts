import { expect, test } from 'vitest';
import type { ConfigSpec } from '../../src/index.ts';
import { row } from '../support/make-shop.ts';
import { openShop } from '../support/run-shop.ts';

async function tiers(settings: ConfigSpec): Promise<unknown[]> {
  await using shop = await openShop(settings);
  await shop.load(
    ['99.99', '100.00', '499.99', '500.00'].map((amount, n) => row('2024-01-05', `c${n}`, String(n), amount)),
  );
  const rows = await shop.query('select value_tier from business.customer_segments order by customer_id');
  return rows.map(({ value_tier }) => value_tier);
}

test('the value tier follows the two thresholds, both inclusive', async () => {
  expect(await tiers({})).toEqual(['Low', 'Regular', 'Regular', 'High']);
  expect(await tiers({ ltvRegularThreshold: 200, ltvHighThreshold: 499.99 })).toEqual(['Low', 'Low', 'High', 'High']);
});
