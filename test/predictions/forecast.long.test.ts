import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunSummary } from '../../src/index.ts';
import { row, type SaleRow } from '../support/make-shop.ts';
import { contentHashes, openShop, type Shop } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';
import { simulatedRows } from '../support/simulated-shop.ts';

const asOf = '2025-10-15';
const rows = simulatedRows({ customers: 9000, startDate: '2023-01-01', endDate: '2026-10-31' });

const monthOf = ({ date }: SaleRow) => date.slice(0, 7);
const ordersIn = (month: string) => rows.filter((sale) => monthOf(sale) === month).length;

describe('a shop with a season, in the middle of its 34th month', () => {
  let shop: Shop;
  let summary: RunSummary;

  beforeAll(async () => {
    shop = await openShop({ asOf });
    summary = await shop.load(rows);
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  test('the month under way is foreseen as a whole, then twelve full months', async () => {
    const months = await shop.query('select * from business.sales_forecast order by lead_months');
    expect(months.map(({ forecast_month: month }) => month)).toEqual([
      ...['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05'],
      ...['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'],
    ]);
    expect(months.map((one) => one.is_current_month)).toEqual(months.map((_, i) => i === 0));
    const soFar = rows.filter((sale) => monthOf(sale) === '2025-10' && sale.date <= asOf);
    expect(months[0]).toMatchObject({ lead_months: 1, orders_so_far: soFar.length });
    expect(months.slice(1).every((one) => one.orders_so_far === null && one.revenue_so_far === null)).toBe(true);
  });

  test('old and new customers are all of it', async () => {
    const months = await shop.query('select * from business.sales_forecast');
    for (const one of months) {
      expect(Number(one.existing_orders) + Number(one.new_orders)).toBeCloseTo(Number(one.expected_orders), 6);
      expect(Number(one.existing_revenue) + Number(one.new_revenue)).toBeCloseTo(Number(one.expected_revenue), 6);
    }
  });

  test('the year that came is met within 10 %, and 9 or more of its 12 months lie in their intervals', async () => {
    const months = await shop.query('select * from business.sales_forecast where not is_current_month');
    const expected = months.reduce((sum, one) => sum + Number(one.expected_orders), 0);
    const actual = months.reduce((sum, one) => sum + ordersIn(String(one.forecast_month)), 0);
    expect(Math.abs(expected / actual - 1)).toBeLessThan(0.1);
    const held = months.filter((one) => {
      const came = ordersIn(String(one.forecast_month));
      return Number(one.orders_low) <= came && came <= Number(one.orders_high);
    });
    expect(held.length).toBeGreaterThanOrEqual(9);
  });

  test('the season is that of the shop: December has the most new customers per day, August the fewest or nearly', async () => {
    const months = await shop.query('select * from business.sales_forecast where not is_current_month');
    const seasons = new Map(months.map((one) => [String(one.forecast_month), Number(one.new_customer_season)]));
    expect(Math.max(...seasons.values())).toBe(seasons.get('2025-12'));
    expect(seasons.get('2025-12')).toBeGreaterThan(1.25);
    expect(seasons.get('2026-08')).toBeLessThan(0.95);
  });

  test('naive forecasts are those of the months themselves, and nothing is known after the origin', async () => {
    const past = await shop.query("select * from business.forecast_backtests where measure = 'orders'");
    const metrics = await shop.query(
      'select period_month as month, total_orders as orders from business.monthly_metrics',
    );
    const orders = new Map(metrics.map(({ month, orders: count }) => [String(month), Number(count)]));
    const yearBefore = (month: string) => `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;
    expect(past.length).toBeGreaterThan(100);
    for (const one of past) {
      const [origin, target] = [String(one.origin_month), String(one.target_month)];
      expect(target < '2025-10' && origin < target).toBe(true);
      expect(Number(one.actual)).toBe(orders.get(target));
      if (one.method === 'last_month') expect(Number(one.forecast)).toBe(orders.get(origin));
      if (one.method === 'same_month_last_year' && Number(one.lead_months) <= 12) {
        expect(Number(one.forecast)).toBe(orders.get(yearBefore(target)));
      }
    }
  });

  test('accuracy by lead is the mean of the backtests', async () => {
    const accuracy = await shop.query('select * from business.forecast_accuracy');
    const past = await shop.query('select * from business.forecast_backtests');
    expect(accuracy.length).toBeGreaterThan(30);
    for (const one of accuracy) {
      const own = past.filter((record) =>
        (['measure', 'method', 'lead_months'] as const).every((name) => record[name] === one[name]),
      );
      const mean = own.reduce((sum, record) => sum + Math.abs(Number(record.forecast_error)), 0) / own.length;
      expect(one.forecasts).toBe(own.length);
      expect(Number(one.mean_absolute_error)).toBeCloseTo(mean, 1);
    }
  });

  test('it is better than the naive forecasts, and the summary says what the tables say', async () => {
    const grades = await shop.query('select * from business.forecast_grades order by measure');
    expect(grades).toMatchObject([
      { measure: 'orders', verdict: 'better', shown_method: 'components', complete_months: 33 },
      { measure: 'revenue', verdict: 'better', shown_method: 'components', complete_months: 33 },
    ]);
    expect(summary.forecast.grades.map(({ reason }) => reason)).toEqual(grades.map(({ reason }) => reason));
    const [sum] = await shop.query(
      'select sum(expected_revenue) as revenue, sum(revenue_low) as low from business.sales_forecast where not is_current_month',
    );
    expect(summary.forecast.nextTwelveMonths).toMatchObject({
      firstMonth: '2025-11',
      lastMonth: '2026-10',
      revenue: { expected: Number(sum?.revenue), low: Number(sum?.low) },
    });
  });

  test('orders after the as-of date change nothing, nor does the order of the rows', async () => {
    await using other = await openShop({ asOf });
    await other.load(rows.filter(({ date }) => date <= asOf).reverse());
    const [ours, theirs] = [await contentHashes(shop), await contentHashes(other)];
    for (const table of ['sales_forecast', 'forecast_grades', 'forecast_backtests', 'forecast_accuracy']) {
      expect(theirs[`business.${table}`], table).toBe(ours[`business.${table}`]);
    }
  });
});

test('eight complete months: nothing is foreseen, and it is said how many are missing', async () => {
  await using shop = await openShop();
  const days = Array.from({ length: 9 }, (_, month) => `2024-0${month + 1}-02`);
  const summary = await shop.load(
    days.flatMap((date, i) => Array.from({ length: 30 }, (_, n) => row(date, `c${n}`, `${i}-${n}`, '10.00'))),
  );
  const reason = '4 more complete months are needed: there are 8 of 12';
  const withheld = { verdict: 'withheld', reason };
  expect(summary.forecast).toEqual({
    grades: [
      { measure: 'orders', ...withheld },
      { measure: 'revenue', ...withheld },
    ],
    months: [],
  });
  expect(await shop.query('select * from business.sales_forecast')).toEqual([]);
});

test('data that begins in the middle of a month: that month is not a whole one', async () => {
  await using shop = await openShop({ asOf: '2024-12-31' });
  const dates = Array.from({ length: 12 }, (_, month) => `2024-${String(month + 1).padStart(2, '0')}-20`);
  await shop.load(
    dates.flatMap((date, i) => Array.from({ length: 20 }, (_, n) => row(date, `c${n}`, `${i}-${n}`, '10.00'))),
  );
  const [grade] = await shop.query('select complete_months, reason from business.forecast_grades');
  expect(grade).toEqual({
    complete_months: 11,
    reason: '1 more complete month is needed: there are 11 of 12',
  });
});

const hec = sharedFile('hec_orders.csv');

test.skipIf(hec.isMissing)(
  `the reference file: as many orders and as much revenue as its trend lets expect${hec.note}`,
  async () => {
    await using shop = await openShop();
    const { forecast } = await shop.run([hec.path]);
    expect(forecast.grades.map(({ verdict }) => verdict)).toEqual(['better', 'better']);
    const [current] = forecast.months;
    expect(current).toMatchObject({ month: '2022-11', isCurrent: true, ordersSoFar: 992, revenueSoFar: 161_193.42 });
    // The last complete months had 1,791 to 1,909 orders; the year before the last one 3,573,000 of revenue.
    expect(current?.orders.expected).toBeGreaterThan(1800);
    expect(current?.orders.expected).toBeLessThan(1950);
    expect(forecast.nextTwelveMonths?.revenue.expected).toBeGreaterThan(3_700_000);
    expect(forecast.nextTwelveMonths?.revenue.expected).toBeLessThan(4_300_000);
    // The purchase model expects 6,628 purchase days of the same customers in a year, from 16 days later on.
    const existing = forecast.months.slice(1).reduce((sum, { orders }) => sum + (orders.fromExisting ?? 0), 0);
    expect(Math.abs(existing / 6628 - 1)).toBeLessThan(0.05);
  },
);
