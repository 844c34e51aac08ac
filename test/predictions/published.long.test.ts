import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toObjects } from '../../src/engines/result-set.ts';
import { type ConfigSpec, Pipeline, type RowObject, type RunSummary } from '../../src/index.ts';
import { csvOf } from '../support/make-shop.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { simulatedRows } from '../support/simulated-shop.ts';

const rows = simulatedRows({ customers: 2_500, seed: 7, startDate: '2023-01-01', endDate: '2024-12-31' });

const sum = (all: readonly RowObject[], column: string) => all.reduce((total, row) => total + Number(row[column]), 0);

describe('predictions of a shop of known truth', () => {
  let shop: Shop;
  let summary: RunSummary;
  let plain: RowObject[];
  let totals: RowObject[];
  /** Expected within the churn horizon, of all customers. */
  let ordersWithin: number;

  /** The business layer built again with other settings, over the same orders. */
  async function withSettings<Result>(
    settings: ConfigSpec,
    ask: (query: Shop['query']) => Promise<Result>,
  ): Promise<Result> {
    const pipeline = await Pipeline.open({
      settings: { ...shop.settings, ...settings },
      effects: shop.pipeline.effects,
    });
    await pipeline.run([], { skipLayers: ['staging', 'warehouse'] });
    const reader = await pipeline.openReader();
    try {
      return await ask(async (sql) => toObjects(await reader.query(sql)));
    } finally {
      await reader.close();
    }
  }
  const customersOf = (query: Shop['query']) =>
    query('select * from business.customer_predictions order by customer_id');

  beforeAll(async () => {
    shop = await openShop();
    summary = await shop.load(rows);
    plain = await customersOf(shop.query);
    totals = await shop.query('select * from business.prediction_totals');
    const [outlook] = await shop.query(
      "select sum(expected_orders) as orders from business.customer_outlooks where cut_role = 'score'",
    );
    ordersWithin = Number(outlook?.orders);
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  test('every customer has one row, and every score a grade with a reason', async () => {
    expect(plain).toHaveLength(2_500);
    const { grades, purchaseModel } = summary.layers.business.predictions;
    expect(grades.map(({ score }) => score)).toEqual([
      'churn_risk',
      'expected_orders',
      'next_order',
      'predicted_value',
    ]);
    expect(grades.find(({ score }) => score === 'expected_orders')?.grade).toMatch(/^[A-D]$/);
    expect(purchaseModel?.name).toMatch(/^(nbd|zero-inflated)/);
  });

  test('predicted values agree with the total, the total with its segments, and the months with the year', async () => {
    const [base] = totals.filter(({ total_type: type }) => type === 'base');
    const segments = totals.filter(({ total_type: type }) => type === 'segment');
    const months = totals.filter(({ total_type: type }) => type === 'month');
    expect(Math.abs(sum(plain, 'predicted_value') - Number(base?.predicted_value))).toBeLessThan(0.005 * 2_500);
    expect(sum(segments, 'predicted_value')).toBeCloseTo(Number(base?.predicted_value), 1);
    expect(sum(segments, 'customers')).toBe(2_500);
    expect(months).toHaveLength(12);
    // From 2024-12-31 on the next twelve months are 365 days.
    expect(sum(months, 'expected_revenue')).toBeCloseTo(Number(base?.expected_revenue), 0);
    expect(sum(months, 'expected_orders')).toBeCloseTo(Number(base?.expected_orders), 6);
    // All customers together are surer, relatively, than one segment of them.
    const width = (row: RowObject | undefined) =>
      (Number(row?.orders_high) - Number(row?.orders_low)) / Number(row?.expected_orders);
    for (const segment of segments) expect(width(segment)).toBeGreaterThan(width(base));
  });

  test('the margin scales values, and only values', async () => {
    const totalOf = (query: Shop['query']) =>
      query("select * from business.prediction_totals where total_type = 'base'");
    const [whole] = totals.filter(({ total_type: type }) => type === 'base');
    const [half, [total]] = await withSettings({ grossMargin: 0.5 }, async (query) => [
      await customersOf(query),
      await totalOf(query),
    ]);
    for (const name of ['predicted_value', 'predicted_value_low', 'predicted_value_high']) {
      expect(Number(total?.[name])).toBeCloseTo(Number(whole?.[name]) / 2, 1);
    }
    expect(total?.expected_revenue).toBe(whole?.expected_revenue);
    for (const [index, row] of plain.entries()) {
      const other = half[index];
      expect(Number(other?.predicted_value)).toBeCloseTo(Number(row.predicted_value) / 2, 1);
      expect(other?.expected_orders_365).toBe(row.expected_orders_365);
      expect(other?.churn_risk_score).toBe(row.churn_risk_score);
    }
  });

  test('without a discount a year is worth what is expected of it, and all orders to come have no value', async () => {
    const whole = await withSettings({ annualDiscountRate: 0 }, customersOf);
    expect(sum(whole, 'predicted_value')).toBeGreaterThan(sum(plain, 'predicted_value'));
    for (const row of whole) {
      const expected = Number(row.expected_orders_365) * Number(row.expected_spend);
      // The amount of an order is shown in cents.
      expect(Math.abs(Number(row.predicted_value) - expected)).toBeLessThan(
        0.01 + 0.01 * Number(row.expected_orders_365),
      );
      expect(row.residual_value).toBeNull();
    }
  });

  test('the churn horizon can be set, and a longer one leaves fewer at risk', async () => {
    const risks = new Map<number, number>();
    for (const churnHorizonDays of [60, 180] as const) {
      await withSettings({ churnHorizonDays }, async (query) => {
        const [window] = await query('select * from business.observation_window');
        expect(window?.churn_horizon_days).toBe(churnHorizonDays);
        expect(window?.churn_horizon_reason).toContain('set by churnHorizonDays');
        const [mean] = await query(
          "select avg(p_no_order) as silent from business.customer_outlooks where cut_role = 'score'",
        );
        risks.set(churnHorizonDays, Number(mean?.silent));
      });
    }
    expect(risks.get(180)).toBeLessThan(risks.get(60) ?? 0);
  });

  test('backtests of a sample of the customers say nearly the same, and score all of them', async () => {
    await withSettings({ backtestCustomers: 1_000 }, async (query) => {
      const [window] = await query('select * from business.observation_window');
      expect(Number(window?.sample_share)).toBeCloseTo(0.4, 10);
      const days = await query(
        'select cut_role, cut_date, count(*) as customers from business.customer_histories group by 1, 2',
      );
      for (const { cut_role: role, customers } of days) {
        if (role === 'score') expect(customers).toBe(2_500);
        else expect(Number(customers)).toBeLessThan(1_200);
      }
      const [scored] = await query(
        "select count(*) as customers, sum(expected_orders) as orders from business.customer_outlooks where cut_role = 'score'",
      );
      expect(scored?.customers).toBe(2_500);
      expect(Number(scored?.orders) / ordersWithin).toBeCloseTo(1, 1);
    });
  });

  test.each([
    ['churn_risk', ['churn_risk_score', 'churn_risk_percentile', 'churn_main_driver', 'driver_purchase_model']],
    ['expected_orders', ['p_alive', 'p_never_returns', 'expected_orders_30', 'orders_high_365', 'p_no_order_180']],
    [
      'predicted_value',
      ['predicted_value', 'predicted_value_high', 'lifetime_value', 'residual_value', 'expected_spend'],
    ],
    ['next_order', ['next_order_date', 'next_order_from', 'next_order_until']],
  ] as const)('%s alone withheld is null everywhere, and nothing else is', async (score, itsColumns) => {
    const grades = ['churn_risk', 'expected_orders', 'predicted_value', 'next_order'].map((one) => {
      const grade = one === score ? 'WITHHELD' : 'A';
      return `select '${one}' as score, '${grade}' as grade, 'because of ${one}' as reason, 90 as horizon_days, 3 as backtested_days`;
    });
    const header = ['score', 'grade', 'reason', 'horizon_days', 'backtested_days'].map(
      (name) => `@column ${name} - ${name}`,
    );
    const comment = `/*\nGrades as given. One row per score.\n@grain score\n${header.join('\n')}\n*/\n`;
    await shop.write('graded/business/prediction_grades.sql', comment + grades.join(' union all '));
    await withSettings({ modelsDir: `${shop.folder}/graded` }, async (query) => {
      const scored = await customersOf(query);
      const known = (column: string) => scored.filter((row) => row[column] !== null).length;
      for (const column of itsColumns) expect(known(column), column).toBe(0);
      const others = ['churn_risk_score', 'p_alive', 'predicted_value'].filter(
        (name) => !itsColumns.some((one) => one === name),
      );
      for (const column of others) expect(known(column), column).toBe(2_500);
      if (score !== 'next_order') expect(known('next_order_date')).toBeGreaterThan(0);
      for (const { withheld_reason: reason } of scored) expect(reason).toContain(`because of ${score}`);
      const [values] = await query(
        'select count(predicted_value) as value, count(lifetime_value) as whole, count(churn_risk_score) as risk from business.customer_ltv_analysis',
      );
      const shown = (of: string) => (score === of ? 0 : 2_500);
      expect(values).toEqual({
        value: shown('predicted_value'),
        whole: shown('predicted_value'),
        risk: shown('churn_risk'),
      });
      const [sums] = await query(
        'select count(expected_orders) as orders, count(expected_revenue) as revenue, count(predicted_value) as value from business.prediction_totals',
      );
      expect(Number(sums?.orders) > 0).toBe(score !== 'expected_orders');
      expect(Number(sums?.revenue) > 0).toBe(score !== 'predicted_value');
      expect(Number(sums?.value) > 0).toBe(score !== 'predicted_value');
    });
  });

  test('with too little data everything is null, and what is missing is said everywhere', async () => {
    await withSettings({ minBuyersForPrediction: 2_642 }, async (query) => {
      const scored = await customersOf(query);
      for (const row of scored) {
        expect(row).toMatchObject({
          ...{ p_alive: null, expected_orders_365: null, predicted_value: null, lifetime_value: null },
          ...{ next_order_date: null, churn_risk_score: null, churn_main_driver: null, residual_value: null },
          churn_risk_grade: 'WITHHELD',
        });
        expect(row.withheld_reason).toContain('142 more buyers or, at the pace so far, 42 more days');
      }
      const [values] = await query(`
        select count(predicted_value) as value, count(churn_risk_score) as risk, count(predicted_ltv_score) as score,
          min(prediction_reason) as reason, max(prediction_status) as status
        from business.customer_ltv_analysis`);
      expect(values).toMatchObject({ value: 0, risk: 0, score: 0, status: 'WITHHELD' });
      expect(values?.reason).toContain('142 more buyers');
      for (const table of ['model_fits', 'model_backtests', 'prediction_cells', 'prediction_totals', 'churn_models']) {
        expect(await query(`select * from business.${table}`)).toEqual([]);
      }
    });
  });
});

describe('a shop whose data begins in the middle of its life', () => {
  const whole = simulatedRows({
    ...{ customers: 5_000, seed: 4, startDate: '2021-01-01', endDate: '2024-12-31' },
    truth: {
      neverReturnShare: 0.2,
      meanOrdersPerDay: 0.006,
      acquisitionGrowthPerMonth: 0,
      monthFactors: Array(12).fill(1),
      repeatSeasonality: 0,
    },
  });
  const cut = whole.filter(({ date }) => date >= '2023-01-01');

  test('is found out, said, and its first customers are kept out of fits and cohort comparisons', async () => {
    await using shop = await openShop();
    const summary = await shop.run([await shop.write('cut.csv', csvOf(cut))]);
    const [window] = await shop.query('select * from business.observation_window');
    expect(window).toMatchObject({ is_left_truncated: true });
    const until = String(window?.left_truncated_until);
    expect(until > '2023-01-14' && until < '2023-09-01').toBe(true);
    const insight = summary.insights.find(({ type }) => type === 'left_truncation');
    expect(insight?.title).toContain(`first seen up to ${until}`);
    const cohorts = await shop.query('select distinct cohort_month, is_left_truncated from business.cohort_analysis');
    for (const { cohort_month: month, is_left_truncated: isCut } of cohorts)
      expect(isCut).toBe(String(month) <= until.slice(0, 7));
    const compared = await shop.query(
      "select comparison from business.insight_candidates where comparison like '%cohort 2023-01%'",
    );
    expect(compared).toEqual([]);
    const [fits] = await shop.query("select max(customers) as fitted from business.model_fits where model = 'nbd'");
    const [kept] = await shop.query(
      `select count(*) as customers from warehouse.dim_customer where first_order_date > date '${until}'`,
    );
    expect(fits?.fitted).toBe(kept?.customers);
  });

  test('is not found in the whole data', async () => {
    await using shop = await openShop();
    await shop.run([await shop.write('whole.csv', csvOf(whole))]);
    expect(await shop.query('select is_left_truncated from business.observation_window')).toEqual([
      { is_left_truncated: false },
    ]);
  });
});
