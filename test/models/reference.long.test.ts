import { expect, test } from 'vitest';
import type { Config, ConfigSpec } from '../../src/index.ts';
import { without } from '../support/in-text-order.ts';
import { randomSales, type SalesShape, toRows } from '../support/random-sales.ts';
import { customerTables } from '../support/reference-customers.ts';
import { periodTables } from '../support/reference-periods.ts';
import { referenceShop, warehouseTables } from '../support/reference-shop.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

interface Case {
  readonly title: string;
  readonly shape: SalesShape;
  readonly settings?: ConfigSpec;
}

const year: SalesShape = { seed: 1, orders: 300, customers: 120, firstDate: '2023-01-15', days: 500, maxCents: 20_000 };

const cases: readonly Case[] = [
  { title: 'a year and a half', shape: year },
  { title: 'many customers with one order', shape: { ...year, seed: 2, orders: 260, customers: 2_000 } },
  { title: 'few customers with many orders', shape: { ...year, seed: 3, orders: 400, customers: 15 } },
  { title: 'a single day', shape: { ...year, seed: 4, orders: 200, days: 1 } },
  { title: 'two days over a year end', shape: { ...year, seed: 5, firstDate: '2023-12-31', days: 2 } },
  { title: 'a leap year to its last day', shape: { ...year, seed: 6, firstDate: '2024-01-01', days: 366 } },
  { title: 'an as-of date of 29 February', shape: { ...year, seed: 7 }, settings: { asOf: '2024-02-29' } },
  { title: 'an as-of date amid the data', shape: { ...year, seed: 8 }, settings: { asOf: '2023-09-10' } },
  { title: 'an as-of date long after the data', shape: { ...year, seed: 9 }, settings: { asOf: '2025-11-30' } },
  { title: 'an as-of date on the first day', shape: { ...year, seed: 10, days: 30 }, settings: { asOf: '2023-01-16' } },
  {
    title: 'zero amounts allowed',
    shape: { ...year, seed: 11, zeroAmounts: true },
    settings: { allowZeroAmounts: true },
  },
  {
    title: 'many equal amounts',
    shape: { ...year, seed: 12, maxCents: 4 },
    settings: { minLtvForRetention: 0.05, ltvHighThreshold: 0.06, ltvRegularThreshold: 0 },
  },
  { title: 'all amounts equal', shape: { ...year, seed: 13, maxCents: 1 } },
  { title: 'large amounts', shape: { ...year, seed: 14, maxCents: 50_000_000_000 } },
  {
    title: 'value by threshold and as margin',
    shape: { ...year, seed: 15, maxCents: 60_000 },
    settings: { highValueBy: 'threshold', grossMargin: 0.335 },
  },
  {
    title: 'short horizons',
    shape: { ...year, seed: 16 },
    settings: { newDays: 10, activeDays: 20, atRiskDays: 40, lostDays: 60, highValueShare: 0.35 },
  },
  {
    title: 'other gap percentile',
    shape: { ...year, seed: 17, orders: 500, customers: 40 },
    settings: { expectedGapPercentile: 0.5, highValueShare: 0.05 },
  },
  {
    title: 'other campaign rules',
    shape: { ...year, seed: 18, days: 900 },
    settings: { minDaysForWinback: 400, minLtvForRetention: 50, controlShare: 0.4, controlSalt: "it's spring" },
  },
  {
    title: 'retention windows of 1 to 120 months',
    shape: { ...year, seed: 19, days: 1_100 },
    settings: { retentionWindowsMonths: [1, 2, 6, 24, 120] },
  },
  {
    title: 'nearly a thousand rows over ten years',
    shape: { ...year, seed: 20, orders: 750, days: 3_650, firstDate: '2014-03-03' },
  },
];

interface Comparison {
  readonly sql: string;
  /** Columns that the reference does not compute; keys are checked by joining over them. */
  readonly without?: readonly string[];
}

const comparisons: Readonly<Record<string, Comparison>> = {
  dim_customer: { sql: 'select * from warehouse.dim_customer', without: ['customer_key'] },
  dim_order: { sql: 'select * from warehouse.dim_order', without: ['order_key', 'customer_key'] },
  fact_sales: {
    sql:
      'select customer.customer_id, orders.order_id, fact.* from warehouse.fact_sales as fact ' +
      'join warehouse.dim_customer as customer on customer.customer_key = fact.customer_key ' +
      'join warehouse.dim_order as orders on orders.order_key = fact.order_key and orders.customer_key = fact.customer_key',
    without: ['customer_key', 'order_key'],
  },
  agg_sales_daily: { sql: 'select * from warehouse.agg_sales_daily' },
  monthly_metrics: { sql: 'select * from business.monthly_metrics' },
  cohort_analysis: { sql: 'select * from business.cohort_analysis' },
  cumulative_retention_analysis: { sql: 'select * from business.cumulative_retention_analysis' },
  customer_lifecycle_snapshot: { sql: 'select * from business.customer_lifecycle_snapshot' },
  seasonal_trends: { sql: 'select * from business.seasonal_trends' },
  customer_segments: {
    sql: 'select * from business.customer_segments',
    without: ['segment_description', 'recommended_strategy', 'rfm_segment', 'previous_segment'],
  },
  customer_ltv_analysis: {
    sql: 'select * from business.customer_ltv_analysis',
    without: ['prediction_reason', 'churn_reason', 'predicted_ltv_score'],
  },
  campaign_targets: {
    sql: 'select * from business.campaign_targets',
    without: [
      ...['estimated_value_basis', 'reason', 'recommended_action', 'estimated_value_low', 'estimated_value_high'],
      ...['value_at_stake', 'value_at_stake_low', 'value_at_stake_high', 'no_order_probability', 'offer_cost_ceiling'],
      ...['best_contact_date', 'expected_revenue'],
    ],
  },
};

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Doubles to nine digits; rows sorted by their text, so that only the content counts. */
function comparable(rows: Rows): string[] {
  return rows
    .map((row) =>
      JSON.stringify(row, (_, value: unknown) =>
        typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(9) : value,
      ),
    )
    .sort();
}

async function publishedTables(shop: Shop): Promise<Record<string, Rows>> {
  const tables: Record<string, Rows> = {};
  for (const [name, { sql, without: unknown = [] }] of Object.entries(comparisons)) {
    const rows = await shop.query(sql);
    expect(Object.keys(rows[0] ?? {}), name).toEqual(expect.arrayContaining(rows.length === 0 ? [] : [...unknown]));
    tables[name] = without(rows, unknown);
  }
  return tables;
}

function referenceTables(shape: SalesShape, asOf: string, config: Config): Record<string, Rows> {
  const shop = referenceShop(randomSales(shape), asOf);
  return { ...warehouseTables(shop, config), ...periodTables(shop, config), ...customerTables(shop, config) };
}

test.each(cases)(
  '[M10] every published figure is what a naive computation gives: $title',
  async ({ shape, settings }) => {
    await using shop = await openShop(settings);
    const { asOf } = await shop.load(toRows(randomSales(shape)));
    const expected = referenceTables(shape, asOf, shop.pipeline.config);
    const actual = await publishedTables(shop);
    for (const name of Object.keys(comparisons)) {
      expect(comparable(actual[name] ?? []), name).toEqual(comparable(expected[name] ?? []));
    }
  },
);
