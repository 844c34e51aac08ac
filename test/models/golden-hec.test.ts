import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testHomogeneity } from '../../src/analytics/homogeneity.ts';
import { shareWithEventBy } from '../../src/analytics/kaplan-meier.ts';
import type { RunSummary } from '../../src/index.ts';
import { pageText } from '../docs/support.ts';
import { expectBalanced, expectSummaryOfTables } from '../support/published-figures.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';

const hec = sharedFile('hec_orders.csv');

describe.skipIf(hec.isMissing)(`the file of the original project${hec.note}`, () => {
  let shop: Shop;
  let summary: RunSummary;

  beforeAll(async () => {
    shop = await openShop();
    summary = await shop.run([hec.path]);
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  test('every record is clean, and all rows and cents reconcile', async () => {
    expect(summary.layers.staging).toMatchObject({
      rawRecords: 40_000,
      cleanRecords: 40_000,
      rejectedRecords: 0,
      rejectedByReason: {},
    });
    expectBalanced(shop);
    await expectSummaryOfTables(shop, summary);
  });

  test('customers, orders, revenue and period are the known ones, to the cent', async () => {
    expect(summary.asOf).toBe('2022-11-16');
    expect(summary.layers.warehouse).toMatchObject({
      customers: 33_477,
      orders: 40_000,
      revenue: 6_709_020.43,
      returns: 0,
      firstOrderDate: '2021-01-01',
    });
    const revenues = await shop.query(`
      select
        (select sum(sales_amount) from staging.stg_sales_clean) as clean,
        (select sum(sales_amount) from warehouse.fact_sales) as fact,
        (select sum(order_amount) from warehouse.dim_order) as orders,
        (select sum(total_spent) from warehouse.dim_customer) as customers,
        (select sum(total_sales) from warehouse.agg_sales_daily) as daily,
        (select sum(total_sales) from business.monthly_metrics) as monthly,
        (select sum(total_sales) from business.cohort_analysis) as cohorts,
        (select sum(historic_value) from business.customer_ltv_analysis) as values`);
    expect(new Set(Object.values(revenues[0] ?? {}))).toEqual(new Set(['6709020.43']));
  });

  test('28,753 customers, 85.89 %, have ordered once; the others as often as is known', async () => {
    expect(summary.layers.business.ordersPerCustomer).toEqual({
      1: 28_753,
      2: 3_305,
      3: 1_114,
      4: 244,
      5: 48,
      6: 12,
      7: 1,
    });
    const [conversion] = await shop.query("select * from business.business_insights where insight_type = 'conversion'");
    expect(conversion).toMatchObject({ metric_value: 85.89 });
    expect(conversion?.insight_description).toContain('28,753 of 33,477 customers');
    expect(conversion?.insight_description).toContain('15.1 % order again within 365 days');
  });

  test('there are 23 months and 276 cohort cells, and each cohort is complete in its first month', async () => {
    expect(summary.layers.business).toMatchObject({ months: 23, cohortCells: 276 });
    const [cells] = await shop.query(`
      select
        count(distinct cohort_month) as cohorts,
        sum(cohort_size) filter (where months_since_acquisition = 0) as customers,
        min(retention_rate_percent) filter (where months_since_acquisition = 0) as lowest,
        max(retention_rate_percent) filter (where months_since_acquisition = 0) as highest,
        count(*) filter (where is_immature) as immature
      from business.cohort_analysis`);
    expect(cells).toMatchObject({ cohorts: 23, customers: 33_477, lowest: '100.00', highest: '100.00', immature: 23 });
  });

  test('cohort 2021-07 has the best month-1 retention, 2.0 %, and that lead is noise', async () => {
    const cohorts = await shop.query(`
      select cohort_month, cohort_size, active_customers, retention_rate_percent from business.cohort_analysis
      where months_since_acquisition = 1 and not is_immature order by retention_rate_percent desc`);
    expect(cohorts).toHaveLength(21);
    expect(cohorts[0]).toMatchObject({ cohort_month: '2021-07', active_customers: 31, cohort_size: 1_537 });
    expect(Number(cohorts[0]?.retention_rate_percent).toFixed(1)).toBe('2.0');
    const shares = cohorts.map((row) => ({ successes: Number(row.active_customers), total: Number(row.cohort_size) }));
    const homogeneity = await testHomogeneity(shares);
    expect(homogeneity?.pValue).toBeCloseTo(0.592, 3);
    expect(summary.insights.filter(({ type }) => type === 'cohort')).toEqual([]);
    expect(JSON.stringify(summary.insights)).not.toContain('2021-07');
    const tried = await shop.query(
      "select comparison, p_value, adjusted_p_value, is_reported, why_not from business.insight_candidates where insight_type = 'cohort'",
    );
    expect(tried).toHaveLength(22);
    const lead = tried.find(({ comparison }) => String(comparison).includes('cohort 2021-07 against'));
    expect(lead).toMatchObject({ is_reported: false, why_not: 'chance explains it: one of 29 comparisons' });
    const together = tried.find(({ comparison }) => String(comparison).includes('all cohorts'));
    expect(Number(together?.p_value)).toBeCloseTo(homogeneity?.pValue ?? 0, 7);
    const page = (await pageText('docs/insights.md')).replaceAll(/\s+/g, ' ');
    expect(page).toContain(
      `${summary.layers.business.comparisonsTried} comparisons are tried: p is ${Number(lead?.p_value).toFixed(2)} for this cohort, ${Number(lead?.adjusted_p_value).toFixed(2)} after the correction.`,
    );
    expect(summary.insights.filter(({ kind }) => kind === 'finding')).toEqual([]);
  });

  test('15.1 % order again by day 365 and 25.6 % by day 680 (Kaplan-Meier)', async () => {
    const rows = await shop.query(`
      with seconds as (
        select customer_id, min(days_since_customer_first_order) as days from warehouse.dim_order
        where days_since_customer_first_order > 0 group by customer_id
      )
      select
        coalesce(seconds.days, customers.days_since_first_order) as days,
        count(seconds.days) as events,
        count(*) - count(seconds.days) as censored
      from warehouse.dim_customer as customers left join seconds using (customer_id) group by 1`);
    const durations = rows.map(({ days, events, censored }) => ({
      days: Number(days),
      events: Number(events),
      censored: Number(censored),
    }));
    expect((100 * shareWithEventBy(durations, 365)).toFixed(1)).toBe('15.1');
    expect((100 * shareWithEventBy(durations, 680)).toFixed(1)).toBe('25.6');
  });

  test('the zero-inflated Poisson is chosen: 61.4 % never return, the others order 0.00984 times a week', async () => {
    const rows = await shop.query(
      "select model, parameter, value, log_likelihood, is_chosen, limit_model, diagnosis from business.prediction_models where subject = 'purchases'",
    );
    const chosen = rows.filter(({ is_chosen: isChosen }) => isChosen);
    expect(new Set(chosen.map(({ model }) => model))).toEqual(new Set(['zero-inflated-poisson']));
    const value = (model: string, parameter: string) =>
      Number(rows.find((row) => row.model === model && row.parameter === parameter)?.value);
    expect((100 * value('zero-inflated-poisson', 'pi')).toFixed(1)).toBe('61.4');
    expect(value('zero-inflated-poisson', 'lambda').toFixed(5)).toBe('0.00984');
    const logLikelihood = (model: string) => Number(rows.find((row) => row.model === model)?.log_likelihood).toFixed(2);
    expect(logLikelihood('zero-inflated-poisson')).toBe('-41974.46');
    for (const model of ['nbd', 'bg-nbd', 'pareto-nbd']) expect(logLikelihood(model)).toBe('-42038.32');
    for (const model of ['bg-nbd', 'pareto-nbd']) {
      const row = rows.find((one) => one.model === model);
      expect(row?.limit_model).toBe('nbd');
      expect(row?.diagnosis).toContain('dropout is not identified');
    }
  });

  test('on past days customers came back as foreseen, by the number of repeat purchases', async () => {
    const rows = await shop.query(`
      select group_number, predicted, actual, customers from business.model_calibration
      where score = 'expected_orders' and grouping = 'frequency' and customers >= 1000 order by group_number`);
    expect(rows.map(({ group_number: x }) => x)).toEqual([0, 1, 2]);
    for (const { predicted, actual, customers } of rows) {
      const error = Math.sqrt(Number(actual) / Number(customers));
      expect(Math.abs(Number(predicted) - Number(actual))).toBeLessThan(4 * error);
    }
  });

  test('churn is graded no better than it is: AUC about 0.60, no better than D', async () => {
    const [auc] = await shop.query(
      "select value, low, high from business.model_backtests where score = 'churn_risk' and method = 'model' and metric = 'auc' and cut = 'all'",
    );
    expect(Number(auc?.value)).toBeGreaterThan(0.58);
    expect(Number(auc?.value)).toBeLessThan(0.61);
    const grades = await shop.query('select score, grade from business.prediction_grades order by score');
    expect(grades).toEqual([
      { score: 'churn_risk', grade: 'D' },
      { score: 'expected_orders', grade: 'C' },
      { score: 'next_order', grade: 'WITHHELD' },
      { score: 'predicted_value', grade: 'D' },
    ]);
  });

  test('what a customer has paid says nothing about the next amount, so the spend model is a constant', async () => {
    const [choice] = await shop.query(
      'select distinct model, choice_reason from business.spend_model_choice where is_chosen',
    );
    expect(choice?.model).toBe('constant');
    expect(choice?.choice_reason).toContain('says nothing about the next amount');
  });

  test('the customers expected orders and values are those of the total', async () => {
    const [customers] = await shop.query(
      'select sum(expected_orders_365) as orders, sum(predicted_value) as value, count(*) as customers from business.customer_predictions',
    );
    const [total] = await shop.query("select * from business.prediction_totals where total_type = 'base'");
    expect(Number(customers?.orders)).toBeCloseTo(Number(total?.expected_orders), 6);
    // Each of 33,477 values is rounded to a cent.
    expect(Math.abs(Number(customers?.value) - Number(total?.predicted_value))).toBeLessThan(0.005 * 33_477);
    expect(total?.customers).toBe(33_477);
  });
});
