import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { drawnRows, foundCount, listReady } from '../support/browser/customer-list.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { row } from '../support/make-shop.ts';
import { HOSTILE_IDS } from '../support/served-sample.ts';
import { simulatedRows } from '../support/simulated-shop.ts';

const hostile = HOSTILE_IDS.map((id, index) => row('2024-03-05', id, `hostile-${index}`, 100 + index));

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop((shop) =>
    shop.load([
      ...simulatedRows({ customers: 3_500, seed: 3, startDate: '2023-06-01', endDate: '2024-12-31' }),
      ...hostile,
    ]),
  );
});

afterAll(() => app[Symbol.asyncDispose]());

async function idsOf(condition: string, order: string): Promise<string[]> {
  const rows = await app.shop.query(`select customer_id from business.customer_list ${condition} order by ${order}`);
  return rows.map(({ customer_id }) => String(customer_id));
}

async function openList(address = '/customers') {
  const opened = await app.open(address);
  await listReady(opened.page);
  return opened;
}

/** Before long the list shows the first rows of these, and says how many there are. */
async function expectList(page: Page, expected: readonly string[]): Promise<void> {
  await vi.waitFor(() => checkList(page, expected), { timeout: 10_000, interval: 50 });
}

async function checkList(page: Page, expected: readonly string[]): Promise<void> {
  const everyone = await app.shop.query('select count(*) as n from business.customer_list');
  const text = (count: unknown) => Number(count).toLocaleString('en-US');
  expect(await foundCount(page)).toBe(`${text(expected.length)} of ${text(everyone[0]?.n)} customers`);
  const shown = await drawnRows(page);
  expect(shown.length).toBeGreaterThanOrEqual(Math.min(expected.length, 12));
  expect(shown).toEqual(expected.slice(0, shown.length).map((id, index) => ({ number: index + 1, id })));
}

describe('the list of customers', () => {
  test('begins with all customers, those of most value first', async () => {
    const { page, problems } = await openList();
    await expectList(page, await idsOf('', 'lifetime_value desc, customer_id'));
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('search, filters and order show exactly the rows that SQL gives, in their order, and all of it stands in the address', async () => {
    const { page, problems } = await openList();
    await page.getByLabel('Search customers by id').fill('7');
    await expectList(page, await idsOf("where customer_id like '%7%'", 'lifetime_value desc, customer_id'));
    await page.getByLabel('Customer id', { exact: true }).selectOption('prefix');
    await expectList(page, await idsOf("where customer_id like '7%'", 'lifetime_value desc, customer_id'));
    await page.getByLabel('Segment', { exact: true }).selectOption('At Risk');
    await page.getByLabel('Revenue, at least').fill('80.5');
    await page.getByLabel('Churn risk, at most').fill('95');
    await page.getByLabel('Days silent, at most').fill('400');
    await page.waitForURL(/recency_max=400/);
    await page.getByRole('button', { name: 'Orders', exact: true }).click();
    await page.getByRole('button', { name: 'Orders', exact: true }).click();
    await listReady(page);
    const all = await idsOf(
      `where customer_id like '7%' and customer_segment = 'At Risk' and total_spent >= 80.5 and churn_risk_score <= 95
        and days_since_last_order <= 400`,
      'total_orders, customer_id',
    );
    expect(all.length).toBeGreaterThan(3);
    await expectList(page, all);
    expect(await page.getByRole('columnheader', { name: 'Orders' }).getAttribute('aria-sort')).toBe('ascending');
    expect(new URL(page.url()).search).toBe(
      '?prefix=7&segment=At+Risk&spent_min=80.5&churn_max=95&recency_max=400&sort=total_orders&order=asc',
    );

    await page.getByRole('button', { name: 'Remove the filter Segment: At Risk' }).click();
    const withoutSegment = `where customer_id like '7%' and total_spent >= 80.5 and churn_risk_score <= 95
      and days_since_last_order <= 400`;
    await expectList(page, await idsOf(withoutSegment, 'total_orders, customer_id'));
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expectList(page, await idsOf('', 'total_orders, customer_id'));
    expect(await page.getByLabel('Search customers by id').inputValue()).toBe('');
    expect(await page.getByLabel('Revenue, at least').inputValue()).toBe('');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['rfm=Champions&tier=High', "where rfm_segment = 'Champions' and value_tier = 'High'"],
    ['cohort=2023-11&campaign=Win-Back', "where acquisition_cohort = '2023-11' and campaign_type = 'Win-Back'"],
    ['value_min=100&value_max=200&orders_min=2', 'where lifetime_value between 100 and 200 and total_orders >= 2'],
  ])('an address that another page leads to (%s) is understood', async (query, condition) => {
    const { page } = await openList(`/customers?${query}&sort=total_spent&order=desc`);
    const all = await idsOf(condition, 'total_spent desc, customer_id');
    expect(all.length).toBeGreaterThan(0);
    await expectList(page, all);
    await page.context().close();
  });

  test('a view is the same in a new page with its address; back and forward lead through the views', async () => {
    const { page } = await openList();
    await page.getByRole('combobox', { name: 'Value tier' }).selectOption('High');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByLabel('Average order').check();
    await page.getByLabel('RFM segment', { exact: true }).last().uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Customer', exact: true }).click();
    const sorted = await idsOf("where value_tier = 'High'", 'customer_id');
    await expectList(page, sorted);
    const titles = await page.getByRole('columnheader').allTextContents();
    expect(titles.map((title) => title.replace(/[↑↓↕]/, ''))).toEqual(
      'Customer,Segment,Days silent,Orders,Revenue,Average order,Lifetime value,Churn risk,Campaign'.split(','),
    );
    const { page: other } = await openList(page.url().replace(/^https?:\/\/[^/]+/, ''));
    expect(await other.getByRole('columnheader').allTextContents()).toEqual(titles);
    expect(await other.getByRole('combobox', { name: 'Value tier' }).inputValue()).toBe('High');
    await expectList(other, sorted);
    await other.context().close();

    await page.goBack();
    await expectList(page, await idsOf("where value_tier = 'High'", 'lifetime_value desc, customer_id'));
    for (let step = 0; step < 2; step++) await page.goBack();
    await expectList(page, await idsOf('', 'lifetime_value desc, customer_id'));
    expect(await page.getByRole('combobox', { name: 'Value tier' }).inputValue()).toBe('');
    await page.goForward();
    await expectList(page, await idsOf("where value_tier = 'High'", 'lifetime_value desc, customer_id'));
    await page.context().close();
  });

  test('the downloaded file holds the rows and the columns of the view', async () => {
    const { page } = await openList('/customers?segment=Lost&sort=total_spent&order=asc&columns=total_spent,rfm_score');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    const rows = await app.shop.query(`select customer_id, rfm_score, total_spent from business.customer_list
      where customer_segment = 'Lost' order by total_spent, customer_id`);
    expect(rows.length).toBeGreaterThan(100);
    expect(lines).toEqual([
      'customer_id,rfm_score,total_spent',
      ...rows.map((each) => `${csvId(String(each.customer_id))},${each.rfm_score},${each.total_spent}`),
    ]);
    await page.context().close();
  });

  test('row 3,000 is the customer that is there by SQL, and back from its page leads to the same place', async () => {
    const { page, problems } = await openList('/customers?sort=total_spent&order=desc');
    const all = await idsOf('', 'total_spent desc, customer_id');
    await page.evaluate(`document.querySelector('[aria-label="List of customers"]').scrollTop = 2999 * 38`);
    await vi.waitFor(async () => {
      const shown = await drawnRows(page);
      expect(shown.map(({ number }) => number)).toContain(3_000);
      expect(shown).toEqual(shown.map(({ number }) => ({ number, id: all[number - 1] })));
    }, 10_000);
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(all.length + 1));
    await page.locator('[aria-rowindex="3001"] a').click();
    expect(await page.locator('[data-customer]').textContent()).toBe(all[2_999]);
    await page.goBack();
    await page.locator('[aria-rowindex="3001"] a', { hasText: all[2_999] ?? '' }).waitFor();
    await page.getByRole('combobox', { name: 'Value tier' }).selectOption('High');
    await expectList(page, await idsOf("where value_tier = 'High'", 'total_spent desc, customer_id'));
    await page.goBack();
    await page.locator('[aria-rowindex="3001"] a', { hasText: all[2_999] ?? '' }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('by keyboard: the title of a column sorts, a row opens its customer', async () => {
    const { page } = await openList();
    await page.getByRole('button', { name: 'Copy link' }).focus();
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    const tabTo = async (text: RegExp) => {
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press('Tab');
        if (text.test(await focused())) return;
      }
      throw new Error(`no way to ${text} by the keyboard`);
    };
    await tabTo(/^Revenue/);
    await page.keyboard.press('Enter');
    await listReady(page);
    const all = await idsOf('', 'total_spent desc, customer_id');
    await expectList(page, all);
    expect(await focused()).toMatch(/^Revenue/);
    await page.keyboard.press('Space');
    await expectList(page, await idsOf('', 'total_spent, customer_id'));
    const [first = ''] = await idsOf('', 'total_spent, customer_id');
    await tabTo(new RegExp(`^${first}$`));
    await page.keyboard.press('Enter');
    expect(await page.locator('[data-customer]').textContent()).toBe(first);
    await page.context().close();
  });

  test('the focus stays on a row that is scrolled out of sight', async () => {
    const { page } = await openList();
    const link = page.locator('[aria-rowindex="3"] a');
    await link.focus();
    const id = await link.textContent();
    await page.mouse.move(700, 700);
    await page.mouse.wheel(0, 9_000);
    await vi.waitFor(async () => expect((await drawnRows(page)).at(-1)?.number).toBeGreaterThan(200));
    expect(await page.evaluate('document.activeElement.textContent')).toBe(id);
    await page.context().close();
  });

  test('[S16] ids that hold HTML, quotes, other directions or 300 characters are shown as text, and lead to their customer', async () => {
    const tall = { viewport: { width: 1_280, height: 1_600 } };
    const { page, problems } = await app.open(
      '/customers?recency_min=301&recency_max=301&spent_min=100&spent_max=112',
      tall,
    );
    await listReady(page);
    const shown = (await drawnRows(page)).map(({ id }) => id);
    expect(shown).toEqual(expect.arrayContaining([...HOSTILE_IDS]));
    expect(await page.evaluate('document.querySelectorAll("[role=table] img, [role=table] script").length')).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1_280);
    for (const id of HOSTILE_IDS) {
      const link = page.locator(`[role=rowheader] a[href="${`/customer?id=${encodeURIComponent(id)}`}"]`);
      expect(await link.textContent()).toBe(id);
    }
    await page.getByLabel('Search customers by id').fill('<img src=x onerror');
    await expectList(page, HOSTILE_IDS.slice(0, 1));
    expect(await page.getByRole('button', { name: 'Remove the filter Id contains <img' }).count()).toBe(1);
    expect(problems).toEqual([]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });

  test('nobody fits: the list says so, and one button shows all again', async () => {
    const { page } = await openList('/customers?segment=Champions%3F&orders_min=3');
    expect(await page.getByText('No customer fits these filters.').count()).toBe(1);
    expect(await foundCount(page)).toMatch(/^0 of /);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expectList(page, await idsOf('', 'lifetime_value desc, customer_id'));
    await page.context().close();
  });

  test('a bound that is no number: the page says what is wrong', async () => {
    const { page } = await app.open('/customers?value_min=much');
    expect(await page.getByRole('alert').textContent()).toContain('Value_min is "much"');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expectList(page, await idsOf('', 'lifetime_value desc, customer_id'));
    await page.context().close();
  });

  test('on a telephone the filters are closed at first, and open', async () => {
    const { page } = await app.open('/customers', { viewport: { width: 360, height: 740 } });
    expect(await page.getByRole('combobox', { name: 'Value tier' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: 'Value tier' }).selectOption('High');
    await expectList(page, await idsOf("where value_tier = 'High'", 'lifetime_value desc, customer_id'));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.context().close();
  });
});

/** As a CSV file holds it: quoted where it must be, text that a spreadsheet would compute behind an apostrophe. */
function csvId(id: string): string {
  const text = /^[=@]/.test(id) ? `'${id}` : id;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
