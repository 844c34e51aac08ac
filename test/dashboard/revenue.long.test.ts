import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIGHT } from '../../dashboard/src/charts/palette.ts';
import { hatchedKey, monthBar, openPoints } from '../../dashboard/src/pages/revenue/unfinished-month.ts';
import { cardOf, downloadOf, figure, tableOf, tabTo } from '../support/browser/card-table.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled, type TestPage } from '../support/browser/test-browser.ts';
import { row } from '../support/make-shop.ts';
import { servedRows } from '../support/served-sample.ts';

let app: DashboardShop;
let opened: TestPage;
let page: Page;

beforeAll(async () => {
  // The last month is not over.
  app = await openDashboardShop((shop) => shop.load([...servedRows(), row('2025-01-05', 'late', 'late-1', '70.00')]));
  opened = await app.open('/revenue');
  page = opened.page;
});

afterAll(() => app[Symbol.asyncDispose]());

/** Columns of a card's table with the columns of the table that they show. */
type Shown = Readonly<Record<string, string>>;

/** Numbers of a card as they should be shown: percent has one decimal on the page, all else two. */
async function expectNumbers(title: string, shown: Shown, sql: string): Promise<void> {
  const expected = await app.shop.query(sql);
  expect(expected.length).toBeGreaterThan(1);
  const found = await tableOf(page, title);
  expect(found).toHaveLength(expected.length);
  found.forEach((line, index) => {
    for (const [head, column] of Object.entries(shown)) {
      const value = expected[index]?.[column] ?? null;
      const decimals = line[head]?.includes('%') === true ? 0.0501 : 0.00501;
      if (value === null) expect(line[head], `${head} of line ${index}`).toBe('–');
      else
        expect(Math.abs((figure(line[head]) ?? 0) - Number(value)), `${head} of line ${index}`).toBeLessThan(decimals);
    }
  });
}

/** Growth is shown of complete months only. */
const MONTHS = `
  select
    m.*, case when is_complete then sales_growth_percent end as growth,
    case when is_complete then sales_growth_year_percent end as growth_year
  from business.monthly_metrics as m order by period_month`;

describe('the figures of the revenue page', () => {
  test.each<[title: string, shown: Shown]>([
    [
      'Monthly revenue',
      {
        Revenue: 'total_sales',
        'From new': 'new_customer_revenue',
        'From returning': 'returning_customer_revenue',
        Returns: 'returned_amount',
        'New customers': 'new_customers',
        'Returning customers': 'returning_customers',
      },
    ],
    ['Orders', { Orders: 'total_orders', Customers: 'unique_customers' }],
    ['Average order value', { 'Per order': 'avg_order_value', 'Per customer': 'revenue_per_customer' }],
    ['Purchase frequency', { 'Per customer': 'purchase_frequency' }],
    ['Growth', { 'Month before': 'growth', 'Year before': 'growth_year' }],
  ])('%s is that of monthly_metrics', async (title, shown) => {
    await expectNumbers(title, shown, MONTHS);
  });

  test.each([
    ['Months of the year', 'month'],
    ['Days of the week', 'weekday'],
  ])('%s are those of seasonal_trends, with the days covered', async (title, kind) => {
    await expectNumbers(
      title,
      { 'Per day': 'sales_per_day', Days: 'days_covered', Orders: 'total_orders' },
      `select * from business.seasonal_trends where season_kind = '${kind}' order by season_number`,
    );
    const indexes = await app.shop.query(
      `select sales_index_percent from business.seasonal_trends where season_kind = '${kind}' order by season_number`,
    );
    const found = await tableOf(page, title);
    found.forEach((line, at) => {
      expect(Math.abs((figure(line.Index) ?? 0) - Number(indexes[at]?.sales_index_percent))).toBeLessThan(0.0501);
    });
  });

  test('the outlook, the forecast and its errors are those of their tables, in revenue and in orders', async () => {
    const outlook = "select * from business.prediction_totals where total_type = 'month' order by total_name";
    const forecast = `
      select m.period_month, m.total_sales, m.total_orders, f.expected_revenue, f.revenue_low, f.revenue_high,
        f.expected_orders, f.orders_low, f.orders_high
      from business.monthly_metrics as m left join business.sales_forecast as f on f.forecast_month = m.period_month
      union all
      select forecast_month, null, null, expected_revenue, revenue_low, revenue_high, expected_orders, orders_low, orders_high
      from business.sales_forecast where forecast_month > (select max(period_month) from business.monthly_metrics)
      order by 1`;
    const errors = (measure: string) =>
      `select * from business.forecast_accuracy where measure = '${measure}' order by lead_months, method`;
    const accuracy = { Ahead: 'lead_months', 'Off by': 'mean_error_percent', Forecasts: 'forecasts' };
    const ends = (measure: string) => ({ 'Lower end': `${measure}_low`, 'Upper end': `${measure}_high` });
    await expectNumbers(
      'Revenue and forecast',
      { Revenue: 'total_sales', Expected: 'expected_revenue', ...ends('revenue') },
      forecast,
    );
    await expectNumbers('How past forecasts did', accuracy, errors('revenue'));
    await expectNumbers("Outlook of today's customers", { Expected: 'expected_revenue', ...ends('revenue') }, outlook);
    const section = page.getByRole('radiogroup', { name: 'What is to come: measure' });
    await section.getByText('Orders', { exact: true }).click();
    await page.waitForURL('**/revenue?measure=orders');
    await settled(page);
    await expectNumbers(
      'Orders and forecast',
      { Orders: 'total_orders', Expected: 'expected_orders', ...ends('orders') },
      forecast,
    );
    await expectNumbers('How past forecasts did', accuracy, errors('orders'));
    await expectNumbers("Outlook of today's customers", { Expected: 'expected_orders', ...ends('orders') }, outlook);
    const [grade] = await app.shop.query("select reason from business.forecast_grades where measure = 'orders'");
    const said = await page.locator('[data-verdict]').textContent();
    expect(said?.toLowerCase()).toBe(`${String(grade?.reason).toLowerCase()}.`);
  });

  test('the month that is not over is named, and hatched as the legend says', async () => {
    expect(await cardOf(page, 'Monthly revenue').textContent()).toContain('Jan 2025 is not over: it is hatched.');
    const rows = [{ is_complete: true }, { is_complete: false }];
    const [whole, part] = rows.map((month) => monthBar(5, month, LIGHT));
    expect(whole).toBe(5);
    expect(part).toMatchObject({ value: 5, itemStyle: { decal: { symbol: 'rect' } } });
    expect(hatchedKey(rows, LIGHT)).toMatchObject([{ name: 'Month not over', itemStyle: { decal: {} } }]);
    expect(hatchedKey(rows.slice(0, 1), LIGHT)).toEqual([]);
    expect(openPoints(rows, [1, 2], 'red')).toMatchObject([{ name: 'Month not over', data: [null, 2] }]);
  });

  test('new customers of a month lead to their list', async () => {
    const link = cardOf(page, 'Monthly revenue').getByRole('link', { name: /new customers of Mar 2023$/ });
    expect(await link.getAttribute('href')).toBe('/customers?cohort=2023-03');
  });
});

describe('the range of months', () => {
  const range = "period_month between '2023-11' and '2024-02'";

  test('is chosen, stands in the address, narrows charts, tables and files, and is left again', async () => {
    await page.goto(new URL('/revenue', page.url()).href);
    await settled(page);
    await page.getByLabel('From', { exact: true }).selectOption('2023-11');
    await page.getByLabel('To', { exact: true }).selectOption('2024-02');
    await page.waitForURL('**/revenue?from=2023-11&to=2024-02');
    await settled(page);
    await expectNumbers(
      'Orders',
      { Orders: 'total_orders', Customers: 'unique_customers' },
      `select * from business.monthly_metrics where ${range} order by period_month`,
    );
    const columns = ['period_month', 'total_sales', 'total_orders', 'new_customer_revenue', 'sales_growth_percent'];
    const expected = await app.shop.query(
      `select ${columns.join()} from business.monthly_metrics where ${range} order by 1`,
    );
    expect(expected).toHaveLength(4);
    const file = await downloadOf(page, 'Monthly revenue');
    expect(file.map((line) => columns.slice(1).map((name) => Number(line[name])))).toEqual(
      expected.map((month) => columns.slice(1).map((name) => Number(month[name]))),
    );
    expect(file.map((line) => line.period_month)).toEqual(expected.map((month) => month.period_month));
    await page.getByRole('button', { name: 'All months' }).click();
    await page.waitForURL(/\/revenue$/);
    await settled(page);
    expect(await tableOf(page, 'Orders')).toHaveLength((await app.shop.query(MONTHS)).length);
  });

  test('comes back with the address; what is no month there does not count', async () => {
    await page.goto(new URL('/revenue?from=2024-11&to=soon', page.url()).href);
    await settled(page);
    expect((await tableOf(page, 'Orders')).map((line) => line.Month)).toEqual([
      'Nov 2024',
      'Dec 2024',
      'Jan 2025, not over',
    ]);
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('2024-11');
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('');
  });
});

test('with the keyboard alone: a range is chosen, a chart becomes a table, the measure of what is to come changes', async () => {
  await page.goto(new URL('/revenue', page.url()).href);
  await settled(page);
  await tabTo(page, page.getByLabel('From', { exact: true }));
  await page.keyboard.press('ArrowDown');
  await page.waitForURL('**/revenue?from=2023-01');
  const card = cardOf(page, 'Monthly revenue');
  await tabTo(page, card.getByRole('radio', { name: 'Chart' }));
  await page.keyboard.press('ArrowRight');
  await tabTo(page, card.getByRole('link', { name: /new customers of Jan 2023$/ }));
  const measure = page.getByRole('radiogroup', { name: 'What is to come: measure' });
  await tabTo(page, measure.getByRole('radio', { name: 'Revenue' }));
  await page.keyboard.press('ArrowRight');
  await page.waitForURL('**/revenue?from=2023-01&measure=orders');
  await cardOf(page, 'Orders and forecast').waitFor();
});

test('nothing of this left an error behind', () => {
  expect(opened.problems).toEqual([]);
});
