import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RAW_COLUMNS } from '../../src/ingest/raw-table.ts';
import { SOURCES_COLUMNS } from '../../src/ingest/sources-table.ts';
import { headerOf } from '../../src/project/model.ts';
import { testEngine } from '../support/engines.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.load([
    { date: '2024-01-05', customer: 'a', order: '1', sales: '10.00' },
    { date: '2024-02-05', customer: 'a', order: '2', sales: '20.00' },
    { date: '2024-02-06', customer: 'b', order: '3', sales: '30.00' },
  ]);
});

afterAll(() => shop[Symbol.asyncDispose]());

async function builtColumns(layer: string): Promise<Map<string, string[]>> {
  const place =
    testEngine() === 'duckdb' ? `table_catalog = '${layer}'` : `table_schema = '${shop.settings.schemaPrefix}${layer}'`;
  const rows = await shop.query(
    `select table_name, column_name from information_schema.columns where ${place} order by table_name, ordinal_position`,
  );
  const tables = new Map<string, string[]>();
  for (const { table_name: table, column_name: column } of rows) {
    tables.set(String(table), [...(tables.get(String(table)) ?? []), String(column)]);
  }
  return tables;
}

describe('what model headers promise', () => {
  test('every table has the declared columns, in the declared order', async () => {
    const { models } = await shop.pipeline.loadProject();
    const built = new Map<string, string[]>();
    for (const layer of ['staging', 'warehouse', 'business']) {
      for (const [table, columns] of await builtColumns(layer)) built.set(`${layer}.${table}`, columns);
    }
    const declared = new Map<string, string[]>([
      ['staging.stg_sales_raw', RAW_COLUMNS.map(({ name }) => name)],
      ['staging.stg_sources', SOURCES_COLUMNS.map(({ name }) => name)],
    ]);
    for (const model of models.values()) {
      declared.set(
        `${model.layer}.${model.name}`,
        headerOf(model).columns.map(({ name }) => name),
      );
    }
    expect(Object.fromEntries(built)).toEqual(Object.fromEntries(declared));
  });

  test('every table states its grain and checks that it is unique', async () => {
    const { models } = await shop.pipeline.loadProject();
    const without = [...models.values()].filter((model) => {
      const { grain, checks } = headerOf(model);
      return !checks.some((check) => check.kind === 'unique' && check.columns.join() === grain.join());
    });
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test('the tables of the original have the columns of the original', async () => {
    const original: Readonly<Record<string, string>> = {
      'staging.stg_sales_clean': 'order_date, customer_id, order_id, sales_amount',
      'warehouse.dim_date':
        'date_id, full_date, year, quarter, month, month_name, month_abbr, week_of_year, day_of_year, day_of_month, day_of_week, day_name, day_abbr, is_weekend, is_month_start, is_month_end, is_quarter_start, is_quarter_end, is_year_start, is_year_end, date_string, month_year, quarter_year',
      'warehouse.dim_customer':
        'customer_key, customer_id, first_order_date, last_order_date, total_transactions, total_spent, avg_order_value, total_orders, first_order_cohort_month, first_order_cohort_quarter, first_order_cohort_year, days_since_first_order, days_since_last_order, customer_vintage_group, customer_segment, customer_status',
      'warehouse.dim_order':
        'order_key, order_id, customer_id, order_date, date_id, order_amount, order_year, order_month, order_quarter, order_day_of_week, order_day_name, is_weekend_order, customer_order_sequence, is_first_order, days_since_customer_first_order, days_since_previous_order, order_amount_quartile',
      'warehouse.fact_sales': 'customer_key, order_key, date_id, sales_amount, transaction_count',
      'business.monthly_metrics':
        'period_month, total_sales, avg_order_value, total_transactions, total_orders, unique_customers, purchase_frequency',
      'business.cohort_analysis':
        'cohort_month, activity_month, months_since_acquisition, cohort_size, active_customers, retention_rate_percent, total_sales, avg_order_value',
      'business.cumulative_retention_analysis': 'cohort_month, retention_window_months',
      'business.customer_ltv_analysis':
        'customer_id, acquisition_cohort, customer_segment, total_orders, total_spent, avg_order_value, days_active, predicted_ltv_score, churn_risk_score',
      'business.customer_segments':
        'customer_id, customer_segment, recency_score, frequency_score, monetary_score, rfm_segment, segment_description, recommended_strategy',
      'business.seasonal_trends': '',
      'business.customer_lifecycle_snapshot':
        'snapshot_date, lifecycle_stage, customers, share_of_base, avg_days_since_last_order',
      'business.campaign_targets':
        'customer_id, campaign_type, priority_level, estimated_value, days_since_last_order, recommended_action',
      'business.business_insights':
        'insight_id, insight_type, insight_title, insight_description, metric_value, recommendation, priority_level',
    };
    for (const [table, columns] of Object.entries(original)) {
      const [layer = '', name = ''] = table.split('.');
      const built = (await builtColumns(layer)).get(name);
      expect(built, table).toBeDefined();
      expect(built, table).toEqual(expect.arrayContaining(columns === '' ? [] : columns.split(', ')));
    }
  });
});
