import { expect } from 'vitest';
import type { RunSummary } from '../../src/index.ts';
import type { LedgerLine } from '../../src/quality/ledger.ts';
import type { Shop } from './run-shop.ts';

const staging: Readonly<Record<string, string>> = {
  rawRecords: 'select count(*) as value from staging.stg_sales_raw',
  cleanRecords: 'select count(*) as value from staging.stg_sales_clean',
  rejectedRecords: 'select count(*) as value from staging.stg_sales_rejected',
};

const warehouse: Readonly<Record<string, string>> = {
  customers: 'select count(*) as value from warehouse.dim_customer',
  orders: 'select sum(transaction_count) as value from warehouse.fact_sales where not is_return',
  revenue: 'select sum(total_sales) as value from business.monthly_metrics',
  returns: 'select count(*) as value from warehouse.fact_sales where sales_amount < 0',
};

const business: Readonly<Record<string, string>> = {
  months: 'select count(distinct period_month) as value from business.monthly_metrics',
  cohortCells: 'select count(*) as value from business.cohort_analysis',
  campaignTargets: 'select count(distinct customer_id) as value from business.campaign_targets',
  insights: 'select coalesce(max(insight_id), 0) as value from business.business_insights',
  comparisonsTried: 'select count(*) as value from business.insight_candidates where p_value is not null',
};

/** The summary of a run says what the published tables say. */
export async function expectSummaryOfTables(shop: Shop, summary: RunSummary): Promise<void> {
  const read = async (queries: Readonly<Record<string, string>>) => {
    const values: Record<string, number> = {};
    for (const [name, sql] of Object.entries(queries)) values[name] = Number((await shop.query(sql))[0]?.value);
    return values;
  };
  expect(summary.layers.staging).toMatchObject(await read(staging));
  expect(summary.layers.warehouse).toMatchObject(await read(warehouse));
  expect(summary.layers.business).toMatchObject(await read(business));
  const counted = async (column: string, table: string) => {
    const rows = await shop.query(`select ${column} as name, count(*) as n from ${table} group by 1`);
    return Object.fromEntries(rows.map(({ name, n }) => [String(name), n]));
  };
  expect(summary.layers.staging.rejectedByReason).toEqual(await counted('reason_code', 'staging.stg_sales_rejected'));
  const empty = Object.fromEntries(['High Value', 'Regular', 'New', 'At Risk', 'Lost'].map((name) => [name, 0]));
  const segments = await counted('customer_segment', 'business.customer_ltv_analysis');
  expect(summary.layers.business.segments).toEqual({ ...empty, ...segments });
  expect(summary.layers.business.campaigns).toEqual(await counted('campaign_type', 'business.campaign_targets'));
  const perCustomer = await counted('total_orders', 'business.customer_ltv_analysis');
  expect(summary.layers.business.ordersPerCustomer).toEqual(perCustomer);
  const insights = await shop.query('select * from business.business_insights order by priority_level, insight_id');
  expect(summary.insights.map(({ title }) => title)).toEqual(insights.map(({ insight_title }) => insight_title));
  expect(summary.insights.map(({ metric }) => metric.value ?? null)).toEqual(insights.map((row) => row.metric_value));
  expect(summary.insights.map(({ expectedMoney }) => expectedMoney ?? null)).toEqual(
    insights.map(({ expected_money: money }) => (money === null ? null : Number(money))),
  );
  for (const { evidence_sql: sql } of insights) await shop.query(String(sql));
  expect(summary.quality.failed).toBe(0);
  expect(summary.quality.total).toBe(summary.quality.passed + summary.quality.warned);
}

/** The reconciliation of the last run. */
export function ledgerOf({ events }: Shop): readonly LedgerLine[] {
  return events.flatMap((event) => (event.type === 'reconciled' ? event.lines : []));
}

/** Every row and every cent arrived, at every stage. */
export function expectBalanced(shop: Shop): void {
  const lines = ledgerOf(shop);
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter(({ status, difference }) => status !== 'balanced' || Number(difference) !== 0)).toEqual([]);
}
