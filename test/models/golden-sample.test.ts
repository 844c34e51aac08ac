import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../src/index.ts';
import { sampleTruth } from '../../src/sample/sample-truth.ts';
import { expectBalanced, expectSummaryOfTables } from '../support/published-figures.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

const truth = sampleTruth();
let shop: Shop;
let summary: RunSummary;

beforeAll(async () => {
  shop = await openShop();
  summary = await shop.run([]);
});
afterAll(() => shop[Symbol.asyncDispose]());

test('the bundled sample: every dirty row is refused for its reason, and nothing else is', async () => {
  expect(summary.layers.staging).toMatchObject({ rawRecords: truth.rows, cleanRecords: truth.cleanRows });
  expect(summary.layers.staging.rejectedByReason).toEqual(truth.rejectedRows);
  expectBalanced(shop);
  await expectSummaryOfTables(shop, summary);
});

test('the bundled sample: customers, orders, returns and revenue are the simulated ones, to the cent', async () => {
  expect(summary.asOf).toBe(truth.lastOrderDate);
  expect(summary.layers.warehouse).toMatchObject({
    customers: truth.customers,
    orders: truth.orders,
    revenue: truth.netRevenueCents / 100,
    returns: truth.returns,
    firstOrderDate: truth.firstOrderDate,
  });
  expect(summary.layers.business.ordersPerCustomer['1']).toBe(truth.oneOrderCustomers);
  const [returned] = await shop.query('select sum(returned_amount) as amount from business.monthly_metrics');
  expect(Number(returned?.amount)).toBe(-truth.returnedCents / 100);
});

test('the bundled sample: each cohort is complete in its first month, and none is immature at a month end', async () => {
  const [cells] = await shop.query(`
    select
      sum(cohort_size) filter (where months_since_acquisition = 0) as customers,
      bool_and(retention_rate_percent = 100) filter (where months_since_acquisition = 0) as all_active,
      bool_or(is_immature) as any_immature
    from business.cohort_analysis`);
  expect(cells).toMatchObject({ customers: truth.customers, all_active: true, any_immature: false });
});
