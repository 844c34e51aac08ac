import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardOf, downloadOf, figure, tableOf, tabTo } from '../support/browser/card-table.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled, type TestPage } from '../support/browser/test-browser.ts';
import { row } from '../support/make-shop.ts';

/** The figures of the tiles: their name in the page and their column in monthly_metrics. */
const KPIS = {
  revenue: 'total_sales',
  orders: 'total_orders',
  customers: 'unique_customers',
  new_customers: 'new_customers',
  avg_order_value: 'avg_order_value',
  revenue_per_customer: 'revenue_per_customer',
  purchase_frequency: 'purchase_frequency',
} as const;

const VALUE_AT_RISK = 'round(cast(sum(predicted_value * churn_risk_score) / 100 as decimal(38, 6)), 2)';

/** The lines of a tile: title, figure, and what stands below it. */
async function linesOf(page: Page, name: string): Promise<readonly [string, string, string]> {
  const [title = '', text = '', note = ''] = await page.locator(`[data-tile="${name}"] p`).allTextContents();
  return [title, text, note];
}

async function shownValue(page: Page, name: string): Promise<number> {
  return Number(await page.locator(`[data-tile="${name}"]`).getAttribute('data-value'));
}

/** How far, in whole pixels, the last tile of a row ends before the right edge of the list, or beyond it; the worst of all rows. */
async function farthestGap(list: Locator): Promise<number> {
  const frame = await list.boundingBox();
  const boxes = await Promise.all((await list.locator('> li').all()).map((item) => item.boundingBox()));
  const edges = [...Map.groupBy(boxes, (box) => Math.round(box?.y ?? 0)).values()].map((row) =>
    Math.max(...row.map((box) => (box?.x ?? 0) + (box?.width ?? 0))),
  );
  return Math.max(...edges.map((edge) => Math.round(Math.abs((frame?.x ?? 0) + (frame?.width ?? 0) - edge))));
}

describe('the overview', () => {
  let app: DashboardShop;
  let opened: TestPage;
  let page: Page;

  beforeAll(async () => {
    app = await openDashboardShop();
    opened = await app.open('/');
    page = opened.page;
  });

  afterAll(() => app[Symbol.asyncDispose]());

  test('each tile of the last complete month shows the figure of monthly_metrics and its change', async () => {
    const months = await app.shop.query(
      'select * from business.monthly_metrics where is_complete order by period_month desc limit 2',
    );
    for (const [name, column] of Object.entries(KPIS)) {
      const [now = 0, before = 0] = months.map((month) => Number(month[column]));
      expect(await shownValue(page, name), name).toBe(now);
      const [, text, note] = await linesOf(page, name);
      expect(figure(text), name).toBe(now >= 10_000 ? Math.round(now) : now);
      const change = (100 * (now - before)) / before;
      if (Math.abs(change) < 0.005) expect(note).toContain('as in');
      else expect(Math.abs((figure(note.split('against')[0]) ?? 0) - change), name).toBeLessThan(0.06);
    }
    expect((await linesOf(page, 'purchase_frequency'))[1]).toMatch(/^\d+\.\d\d$/);
    expect((await linesOf(page, 'avg_order_value'))[0]).toBe('Average order value');
  });

  test('each sparkline has a point for each of the last thirteen complete months', async () => {
    const [count] = await app.shop.query('select count(*) as months from business.monthly_metrics where is_complete');
    const expected = Math.min(13, Number(count?.months));
    for (const name of Object.keys(KPIS)) {
      const course = page.locator(`[data-tile="${name}"]`).getByRole('img');
      expect(await course.getAttribute('aria-label')).toContain(`the last ${expected} months`);
      const points = await course.locator('polyline').getAttribute('points');
      expect(points?.trim().split(' ')).toHaveLength(expected);
    }
  });

  test('the tiles of all customers show the sums of customer_ltv_analysis', async () => {
    const [sums = {}] = await app.shop.query(`
      select
        count(*) as all_customers,
        round(100.0 * sum(case when total_orders > 1 then 1 else 0 end) / sum(case when total_orders > 0 then 1 else 0 end), 2)
          as repeat_buyers_percent,
        sum(historic_value) as historic_value, sum(predicted_value) as predicted_value, ${VALUE_AT_RISK} as value_at_risk
      from business.customer_ltv_analysis`);
    expect(Object.keys(sums)).toHaveLength(5);
    for (const [name, value] of Object.entries(sums)) {
      expect(Math.abs((await shownValue(page, name)) - Number(value)), name).toBeLessThan(0.02);
      const [, text] = await linesOf(page, name);
      expect(Math.abs((figure(text) ?? 0) - Number(value)), name).toBeLessThanOrEqual(0.52);
    }
  });

  test('segments show their customers, revenue and value at risk, and lead to their customers', async () => {
    const expected = await app.shop.query(`
      select
        customer_segment, count(*) as customers, sum(total_spent) as revenue, sum(predicted_value) as predicted_value,
        ${VALUE_AT_RISK} as value_at_risk
      from business.customer_list group by customer_segment order by customers desc, customer_segment`);
    const sizes = await tableOf(page, 'Segments by size and by revenue');
    expect(sizes.map((line) => [line.Segment, figure(line.Customers), figure(line.Revenue)])).toEqual(
      expected.map((one) => [one.customer_segment, Number(one.customers), Number(one.revenue)]),
    );
    const risks = await tableOf(page, 'Value at risk by segment');
    expect(risks.map((line) => [line.Segment, figure(line['Predicted value'])])).toEqual(
      expected.map((one) => [one.customer_segment, Number(one.predicted_value)]),
    );
    risks.forEach((line, index) => {
      expect(Math.abs((figure(line['At risk']) ?? 0) - Number(expected[index]?.value_at_risk))).toBeLessThan(0.02);
    });
    for (const title of ['Segments by size and by revenue', 'Value at risk by segment']) {
      const links = await cardOf(page, title).locator('tbody a').all();
      expect(await Promise.all(links.map((link) => link.getAttribute('href')))).toEqual(
        expected.map((one) => `/customers?segment=${encodeURIComponent(String(one.customer_segment))}`),
      );
    }
  });

  test('action items are the first findings by priority and the campaign lists with their counts', async () => {
    const findings = await app.shop.query(
      'select insight_title, recommendation from business.business_insights order by priority_level, insight_id limit 4',
    );
    const lists = await app.shop.query(`
      select campaign_type, count(*) as customers, sum(case when priority_level = 1 then 1 else 0 end) as first,
        sum(estimated_value) as value
      from business.campaign_targets where campaign_group = 'target' group by campaign_type order by value desc, campaign_type`);
    expect(lists.length).toBeGreaterThan(1);
    const shown = await page.locator('[data-finding]').allTextContents();
    expect(shown).toHaveLength(findings.length);
    findings.forEach((finding, index) => {
      expect(shown[index]).toContain(String(finding.insight_title));
      expect(shown[index]).toContain(String(finding.recommendation));
    });
    const rows = await page.locator('[data-campaign]').all();
    const texts = await Promise.all(rows.map((line) => line.locator('th, td').allTextContents()));
    expect(texts.map(([type, customers, first]) => [type, figure(customers), figure(first)])).toEqual(
      lists.map((list) => [list.campaign_type, Number(list.customers), Number(list.first)]),
    );
    texts.forEach((text, index) => {
      expect(Math.abs((figure(text[3]) ?? 0) - Number(lists[index]?.value))).toBeLessThanOrEqual(0.5);
    });
    expect(await rows[0]?.locator('a').getAttribute('href')).toBe(
      `/customers?campaign=${encodeURIComponent(String(lists[0]?.campaign_type))}`,
    );
    expect(await page.getByRole('link', { name: 'All campaigns' }).getAttribute('href')).toBe('/campaigns');
  });

  test('revenue with its forecast is that of monthly_metrics and sales_forecast, as a table and as a file', async () => {
    const expected = await app.shop.query(`
      select period_month, total_sales, null as expected_revenue, null as revenue_low, null as revenue_high
      from (select * from business.monthly_metrics order by period_month desc limit 24) as past
      union all
      select forecast_month, null, expected_revenue, revenue_low, revenue_high from business.sales_forecast
      order by 1`);
    expect(expected).toHaveLength(36);
    const columns = ['total_sales', 'expected_revenue', 'revenue_low', 'revenue_high'] as const;
    const known = expected.map((month) => columns.map((name) => (month[name] === null ? null : Number(month[name]))));
    const shown = await tableOf(page, 'Revenue and forecast');
    const titles = ['Revenue', 'Expected', 'Lower end', 'Upper end'] as const;
    expect(shown.map((line) => titles.map((title) => figure(line[title])))).toEqual(known);
    const file = await downloadOf(page, 'Revenue and forecast');
    expect(file.map((line) => line.period_month)).toEqual(expected.map((month) => month.period_month));
    expect(file.map((line) => columns.map((name) => figure(line[name])))).toEqual(known);
  });

  test.each([360, 700, 1280, 1920])('at %i pixels the tiles fill their rows from edge to edge', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    const lists = page.locator('ul:has(> li > [data-tile])');
    expect(await lists.count()).toBe(2);
    // The navigation moves while the width changes.
    await expect.poll(async () => (await Promise.all((await lists.all()).map(farthestGap))).flat()).toEqual([0, 0]);
  });

  test('with the keyboard alone: a meaning is read, a chart becomes a table, a link leads to the insights', async () => {
    await page.reload();
    await settled(page);
    await tabTo(page, page.locator('[data-tile="avg_order_value"] button'));
    await page.getByRole('tooltip', { name: 'Revenue of the month divided by its orders.' }).waitFor();
    const card = cardOf(page, 'Revenue and forecast');
    await tabTo(page, card.getByRole('radio', { name: 'Chart' }));
    await page.keyboard.press('ArrowRight');
    await card.locator('table').waitFor();
    await tabTo(page, page.getByRole('link', { name: 'All insights with evidence' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/insights');
  });

  test('nothing of this left an error behind', () => {
    expect(opened.problems).toEqual([]);
  });
});

describe('the overview of a shop too young for predictions', () => {
  let young: DashboardShop;
  let opened: TestPage;

  beforeAll(async () => {
    const month = (name: string) => [
      row(`${name}-03`, 'Ann', `${name}-a`, '20.00'),
      row(`${name}-09`, 'Bob', `${name}-b`, '30.00'),
    ];
    young = await openDashboardShop((shop) =>
      shop.load([...month('2024-01'), ...month('2024-02'), row('2024-03-05', 'Cy', '2024-03-c', '10.00')]),
    );
    opened = await young.open('/');
  });

  afterAll(() => young[Symbol.asyncDispose]());

  test('a figure that did not change says so, without a colour of good or bad', async () => {
    const { page } = opened;
    const colorOf = (selector: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).color`);
    expect((await linesOf(page, 'revenue'))[2]).toBe('= as in Jan 2024');
    const neutral = await colorOf('main h2 + p');
    expect(await colorOf('[data-tile="revenue"] [data-change]')).toBe(neutral);
    expect((await linesOf(page, 'new_customers'))[2]).toBe('▼ -100% against Jan 2024');
    expect(await colorOf('[data-tile="new_customers"] [data-change]')).not.toBe(neutral);
  });

  test('what is withheld says why', async () => {
    const { page, problems } = opened;
    const [grade] = await young.shop.query(
      "select reason from business.prediction_grades where score = 'predicted_value'",
    );
    const [forecast] = await young.shop.query("select reason from business.forecast_grades where measure = 'revenue'");
    const [, text, note] = await linesOf(page, 'predicted_value');
    expect([text, note]).toEqual(['Withheld', grade?.reason]);
    const said = (await cardOf(page, 'Revenue and forecast').textContent())?.toLowerCase();
    expect(said).toContain('forecast: withheld');
    expect(said).toContain(String(forecast?.reason).toLowerCase());
    expect(await cardOf(page, 'Value at risk by segment').textContent()).toContain('withheld');
    expect(problems).toEqual([]);
  });
});
