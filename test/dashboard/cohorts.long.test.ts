import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DARK, LIGHT } from '../../dashboard/src/charts/palette.ts';
import { placeAfter } from '../../dashboard/src/pages/cohorts/cohort-grid.ts';
import { cellColors, scaleOf } from '../../dashboard/src/pages/cohorts/color-scale.ts';
import { differenceVerdict } from '../../dashboard/src/pages/cohorts/difference-verdict.ts';
import { wilsonInterval } from '../../src/analytics/evidence/share-interval.ts';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled } from '../support/browser/test-browser.ts';
import { HOSTILE_IDS } from '../support/served-sample.ts';
import { cohortRows, PLANTED } from './cohort-rows.ts';

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop((shop) => shop.load(cohortRows()));
});

afterAll(() => app[Symbol.asyncDispose]());

interface ShownCell {
  readonly cohort: string;
  readonly month: string;
  readonly value: number;
  readonly text: string;
  readonly isHatched: boolean;
}

const inOrder = (a: ShownCell, b: ShownCell) => (`${a.cohort} ${a.month}` < `${b.cohort} ${b.month}` ? -1 : 1);

async function shownCells(page: Page): Promise<ShownCell[]> {
  const cells = await page.evaluate<
    ShownCell[]
  >(`[...document.querySelectorAll('[role=grid] td[data-month]')].map((cell) => ({
    cohort: cell.closest('tr').dataset.cohort,
    month: cell.dataset.month,
    value: Number(cell.dataset.value),
    text: cell.textContent,
    isHatched: getComputedStyle(cell).backgroundImage.includes('repeating-linear-gradient'),
  }))`);
  return cells.toSorted(inOrder);
}

const written = (digits: number) => {
  const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (value: number) => format.format(value);
};
const percentText = (value: number) => (value >= 100 ? '100' : written(1)(value));

/** What the controls of the heatmap are set to, the address then, and what the table and the average have for it. */
const VIEWS = [
  {
    ...{ controls: [], search: '', column: 'retention_rate_percent', text: percentText },
    average: '100.0 * sum(active_customers) / sum(cohort_size)',
  },
  {
    ...{ controls: ['Customers'], search: '?show=customers', column: 'active_customers', text: written(0) },
    average: '100.0 * sum(active_customers) / sum(cohort_size)',
  },
  {
    ...{ controls: ['In or after'], search: '?show=customers&measure=on-or-after' },
    ...{ column: 'customers_on_or_after', text: written(0) },
    average: '100.0 * sum(customers_on_or_after) / sum(cohort_size)',
  },
  {
    ...{ controls: ['Percent'], search: '?measure=on-or-after' },
    ...{ column: 'retention_on_or_after_percent', text: percentText },
    average: '100.0 * sum(customers_on_or_after) / sum(cohort_size)',
  },
  {
    ...{ controls: ['Revenue'], search: '?measure=revenue' },
    ...{ column: 'cumulative_revenue_per_customer', text: written(0) },
    average: 'sum(cumulative_sales) / sum(cohort_size)',
  },
];

async function expectedCells({ column, text }: (typeof VIEWS)[number]): Promise<ShownCell[]> {
  const rows = await app.shop.query(
    `select cohort_month, activity_month, ${column} as value, is_immature from business.cohort_analysis`,
  );
  const cells = rows.map(
    (row): ShownCell => ({
      cohort: String(row.cohort_month),
      month: String(row.activity_month),
      value: Number(row.value),
      text: text(Number(row.value)),
      isHatched: row.is_immature === true,
    }),
  );
  return cells.toSorted(inOrder);
}

describe('the heatmap', () => {
  test('shows every cohort and month of each measure, hatches the months that are not over, ends with the average', async () => {
    const { page, problems } = await app.open('/cohorts');
    const card = page.locator('[data-card=Heatmap]');
    for (const view of VIEWS) {
      for (const control of view.controls)
        await card.getByRole('radiogroup').getByText(control, { exact: true }).click();
      expect(new URL(page.url()).search).toBe(view.search);
      const expected = await expectedCells(view);
      expect(await shownCells(page)).toEqual(expected);
      expect(expected.filter(({ isHatched }) => isHatched).length).toBeGreaterThan(20);
      const averages = await page
        .locator('[role=grid] tfoot td[data-average]')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-average'))));
      const rows = await app.shop.query(`select cast(${view.average} as double precision) as average
        from business.cohort_analysis where not is_immature and not is_left_truncated
        group by months_since_acquisition order by months_since_acquisition`);
      expect(averages.length).toBe(rows.length);
      for (const [index, row] of rows.entries()) expect(averages[index]).toBeCloseTo(Number(row.average), 1);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('opens as the address says', async () => {
    const { page } = await app.open('/cohorts?measure=on-or-after&show=customers');
    const view = VIEWS[2];
    expect(view?.column).toBe('customers_on_or_after');
    if (view !== undefined) expect(await shownCells(page)).toEqual(await expectedCells(view));
    await page.context().close();
  });

  test('has each cohort with its size, marks those that hold old customers, and tells what marks mean', async () => {
    const { page } = await app.open('/cohorts');
    const shown = await page.locator('[role=grid] tbody tr').evaluateAll((rows) =>
      rows.map((row) => ({
        month: row.getAttribute('data-cohort'),
        isMarked: row.querySelector('th')?.textContent?.includes('†') === true,
        size: Number(row.querySelector('td')?.textContent?.replace(',', '')),
      })),
    );
    const expected = await app.shop.query(`select cohort_month as month, is_left_truncated, cohort_size as size
      from business.cohort_analysis where months_since_acquisition = 0 order by cohort_month`);
    expect(shown).toEqual(
      expected.map(({ month, is_left_truncated: isMarked, size }) => ({ month, isMarked, size: Number(size) })),
    );
    expect(shown.filter(({ isMarked }) => isMarked).length).toBeGreaterThan(0);
    const card = page.locator('[data-card=Heatmap]');
    expect(await card.textContent()).toContain('Hatched: the month is not over, the figure can still grow');
    expect(await card.textContent()).toContain('old customers look new');
    await page.context().close();
  });

  test('tells of how many and how sure a cell is, when pointed at and when focused', async () => {
    const { page } = await app.open('/cohorts');
    const [cell] = await app.shop.query(`select active_customers as active, cohort_size as size
      from business.cohort_analysis where cohort_month = '${PLANTED}' and months_since_acquisition = 1`);
    const [successes, total] = [Number(cell?.active), Number(cell?.size)];
    const { low, high } = wilsonInterval({ successes, total }, 1.959964);
    const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });
    const place = page.locator(`[id="cell-${PLANTED}-2023-12"]`);
    const tip = page.locator('[role=tooltip]:visible');
    const expected = [
      'Cohort Nov 2023, month 1 (Dec 2023)',
      `${successes} of ${total} customers ordered in the month: ${percent.format(successes / total)}`,
      `95 % interval: ${percent.format(low)} to ${percent.format(high)}`,
    ].join('\n');
    await place.hover();
    expect(await tip.textContent()).toBe(expected);
    await page.mouse.move(0, 0);
    expect(await tip.count()).toBe(0);
    await place.focus();
    expect(await tip.textContent()).toBe(expected);
    expect(await place.getAttribute('aria-describedby')).toBe(await tip.getAttribute('id'));
    await page.keyboard.press('Escape');
    expect(await tip.count()).toBe(0);
    await page.locator('[data-immature]').first().focus();
    expect(await tip.textContent()).toContain('The month is not over: the figure can still grow.');
    await page.context().close();
  });
});

/** Ids of all customers that the panel shows, page by page. */
async function listedCustomers(page: Page): Promise<string[]> {
  const found: string[] = [];
  const panel = page.locator('[data-card=Customers]');
  for (let number = 1; ; number++) {
    await panel.locator('section[aria-busy=false]').waitFor();
    found.push(...(await panel.locator('tbody a bdi').allTextContents()));
    const next = panel.getByRole('button', { name: 'next page' });
    if ((await next.count()) === 0 || (await next.isDisabled())) return found;
    await next.click();
    await panel.locator('[aria-current=page]', { hasText: String(number + 1) }).waitFor();
  }
}

describe('the customers of a cell', () => {
  test('are shown by keyboard: one tab stop, arrows, Enter; closing gives the focus back', async () => {
    const { page, problems } = await app.open('/cohorts');
    const tabStops = page.locator('[role=grid] [tabindex="0"]');
    expect(await tabStops.count()).toBe(1);
    await page.getByRole('link', { name: 'Heatmap of the cohorts: download as CSV' }).focus();
    await page.keyboard.press('Tab');
    const focused = () => page.evaluate('document.activeElement.id');
    expect(await focused()).toBe('cell-2023-01-2023-01');
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'ArrowLeft'])
      await page.keyboard.press(key);
    expect(await focused()).toBe('cell-2023-02-2023-03');
    await page.keyboard.press('Home');
    expect(await focused()).toBe('cell-2023-02-all');
    await page.keyboard.press('End');
    expect(await focused()).toBe('cell-2023-02-2024-12');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('cell-2023-03-2024-12');
    expect(await tabStops.count()).toBe(1);
    await page.keyboard.press('Enter');
    await settled(page);
    expect(new URL(page.url()).search).toBe('?cohort=2023-03&month=2024-12');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(
      'Customers of Mar 2023 who ordered in Dec 2024',
    );
    expect(await page.locator('[aria-selected=true]').getAttribute('id')).toBe('cell-2023-03-2024-12');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close the customers' }).press('Enter');
    expect(await focused()).toBe('cell-2023-03-2024-12');
    expect(new URL(page.url()).search).toBe('');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test.each([
    {
      ...{ search: '', month: '2023-12', count: 'active_customers' },
      of: "customer_id in (select customer_id from warehouse.agg_purchase_days where purchase_date between date '2023-12-01' and date '2023-12-31')",
    },
    {
      ...{ search: '?measure=on-or-after', month: '2024-02', count: 'customers_on_or_after' },
      of: "last_order_date >= date '2024-02-01'",
    },
    { search: '?measure=revenue', month: '2024-02', count: 'cohort_size', of: 'true' },
  ])('$search are as many as the cell says, on all pages and in the file', async ({ search, month, count, of }) => {
    const { page, problems } = await app.open(`/cohorts${search}`);
    await page.locator(`[id="cell-${PLANTED}-${month}"]`).click();
    await settled(page);
    const [cell] = await app.shop.query(
      `select ${count} as customers from business.cohort_analysis where cohort_month = '${PLANTED}' and activity_month = '${month}'`,
    );
    const expected = await app.shop.query(
      `select customer_id from warehouse.dim_customer where first_order_cohort_month = '${PLANTED}' and ${of} order by customer_id`,
    );
    const address = await page.locator('[data-card=Customers] a[download]').getAttribute('href');
    const file = await (await page.request.get(new URL(address ?? '', page.url()).href)).text();
    expect(
      file
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]),
    ).toEqual(expected.map((row) => row.customer_id));
    const listed = await listedCustomers(page);
    expect(listed).toEqual(expected.map((row) => row.customer_id));
    expect(listed.length).toBe(Number(cell?.customers));
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('stand in the address with their order, and hostile names are shown as they are', async () => {
    const { page, problems } = await app.open('/cohorts?cohort=2024-03&sort=total_spent&order=desc');
    expect(await page.locator('[data-card=Customers] th[aria-sort=descending]').textContent()).toContain('Spent');
    const listed = await listedCustomers(page);
    const expected = await app.shop.query(
      "select customer_id from warehouse.dim_customer where first_order_cohort_month = '2024-03' order by total_spent desc, customer_id",
    );
    expect(listed).toEqual(expected.map((row) => row.customer_id));
    for (const id of HOSTILE_IDS) expect(listed).toContain(id);
    await page.getByRole('button', { name: 'Sort by Customer' }).click();
    await settled(page);
    expect(new URL(page.url()).search).toBe('?cohort=2024-03&sort=customer_id');
    const link = page.locator('[data-card=Customers] tbody a').first();
    expect(await link.getAttribute('href')).toBe(
      `/customer?id=${encodeURIComponent((await link.textContent()) ?? '')}`,
    );
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe('below the heatmap', () => {
  test('stands who ordered again within so many months, the same as in the table', async () => {
    const { page } = await app.open('/cohorts');
    const card = page.locator('[data-card="Ordered again"]');
    await card.getByText('Table', { exact: true }).click();
    const rows = await app.shop.query(`select cohort_month, retention_window_months, retained_customers
      from business.cumulative_retention_analysis order by cohort_month, retention_window_months`);
    const shown = await card
      .locator('tbody tr')
      .evaluateAll((lines) => lines.map((line) => [0, 1, 3].map((at) => line.children.item(at)?.textContent)));
    expect(shown).toEqual(
      rows.map((row) => [
        String(row.cohort_month),
        String(row.retention_window_months),
        String(row.retained_customers),
      ]),
    );
    await page.context().close();
  });
});

describe('whether cohorts differ', () => {
  test('is what the run has tested, with the p-values before and after the correction', async () => {
    const { page } = await app.open('/cohorts');
    const card = page.locator('[data-card="Do cohorts differ?"]');
    const rows = await app.shop.query(
      "select title, adjusted_p_value from business.insight_candidates where insight_type = 'cohort' and is_reported order by candidate_id",
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(await card.locator('[data-answer]').textContent()).toBe('Yes, by more than chance explains.');
    const items = await card.locator('li').allTextContents();
    expect(items.length).toBe(rows.length);
    for (const [index, row] of rows.entries()) expect(items[index]).toContain(String(row.title));
    expect(items[0]).toContain(PLANTED);
    await page.context().close();
  });

  test.each([
    ['chance explains it: one of 29 comparisons', /^Not by more than chance.*does not prove/],
    ['smaller than 10 %, which insightMinEffect asks for', /too little to matter/],
    ['not tried: fewer than two cohorts are large enough', /cannot be told yet/],
  ])('is not claimed where the run says: %s', (whyNot, answer) => {
    const none = { candidate_id: 1, insight_type: 'cohort', effect: null, effect_unit: null, effect_low: null };
    const figures = { effect_high: null, interval_level: null, relative_effect: null, p_value: null };
    const rest = { adjusted_p_value: null, practical_threshold: null, expected_money: null, rank_score: null };
    const words = { priority_level: 5, title: null, description: null, recommendation: null, evidence_sql: '' };
    const comparison = 'share that orders in the month after the first: all cohorts with each other';
    const row = { ...none, ...figures, ...rest, ...words, comparison, is_reported: false, why_not: whyNot };
    expect(differenceVerdict([row]).answer).toMatch(answer);
  });
});

describe('the colours of cells', () => {
  test.each([
    ['light', LIGHT],
    ['dark', DARK],
  ] as const)('leave a contrast of 4.5 to every number, %s', (_, { heat }) => {
    const channels = (color: string) =>
      color.startsWith('#')
        ? [...color.slice(1)].map((digit) => Number.parseInt(digit, 16) * 17)
        : (color.match(/\d+/g) ?? []).map(Number);
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = channels(color).map((channel) =>
        channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    for (let value = -5; value <= 105; value++) {
      const { ground, text } = cellColors(value, { low: 0, high: 100 }, heat);
      const [dark = 0, light = 0] = [luminance(ground), luminance(text)].sort((a, b) => a - b);
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('are not used up by one outlier, and one value is enough', () => {
    expect(scaleOf([...Array.from({ length: 99 }, (_, index) => index / 10), 100], true)).toEqual({
      low: 0,
      high: 9.7,
    });
    expect(scaleOf([7], false)).toEqual({ low: 7, high: 7 });
    expect(scaleOf([], true)).toEqual({ low: 0, high: 0 });
  });
});

test('the arrow keys stay within the rows, however short they are', () => {
  const cohort = { size: 1, isLeftTruncated: false };
  const cells = (count: number) => Array(count).fill({}) as never[];
  const cohorts = [
    { ...cohort, month: '2024-01', cells: cells(3) },
    { ...cohort, month: '2024-02', cells: cells(2) },
  ];
  const grid = { cohorts, months: [0, 1, 2], average: [undefined, undefined, undefined] };
  const after = (key: string, row: number, column: number, isControl = false) =>
    placeAfter(key, isControl, { row, column }, grid);
  expect(after('ArrowDown', 0, 3)).toEqual({ row: 1, column: 2 });
  expect(after('ArrowDown', 1, 2)).toEqual({ row: 2, column: 2 });
  expect(after('ArrowDown', 2, 3)).toEqual({ row: 2, column: 3 });
  expect(after('ArrowUp', 0, 1)).toEqual({ row: 0, column: 1 });
  expect(after('ArrowRight', 1, 2)).toEqual({ row: 1, column: 2 });
  expect(after('ArrowLeft', 1, 2)).toEqual({ row: 1, column: 1 });
  expect(after('ArrowLeft', 1, 0)).toEqual({ row: 1, column: 0 });
  expect(after('End', 0, 0, true)).toEqual({ row: 2, column: 3 });
  expect(after('Home', 2, 2, true)).toEqual({ row: 0, column: 0 });
  expect(after('a', 0, 0)).toBeUndefined();
});
