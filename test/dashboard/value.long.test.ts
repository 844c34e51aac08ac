import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/browser/axe.ts';
import {
  cardOf,
  cellsOf,
  csvRows,
  customersAt,
  linksOf,
  numberIn,
  showTable,
} from '../support/browser/card-figures.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled } from '../support/browser/test-browser.ts';
import { row } from '../support/make-shop.ts';

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop();
});

afterAll(() => app[Symbol.asyncDispose]());

async function one(sql: string): Promise<number> {
  const [found] = await app.shop.query(sql);
  return Number(Object.values(found ?? {})[0]);
}

const countAll = () => one('select count(*) from business.customer_list');

/** Each row of the card leads to as many customers as it says, and together they are all. */
async function expectDrillDown(page: Page, title: string, figure: number): Promise<void> {
  const card = cardOf(page, title);
  await showTable(card);
  const links = await linksOf(card, figure);
  for (const { href, figure } of links) expect(await customersAt(app.server, href), href).toBe(numberIn(figure));
  expect(links.reduce((sum, link) => sum + numberIn(link.figure), 0)).toBe(await countAll());
}

describe('value', () => {
  test.each(['lifetime_value', 'total_spent'])('each bin of %s leads to the customers in it', async (measure) => {
    const { page, problems } = await app.open(`/value?measure=${measure}`);
    await expectDrillDown(page, 'Value of customers', 1);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('opens the customers of the bar that is clicked', async () => {
    const { page } = await app.open('/value');
    const chart = cardOf(page, 'Value of customers').locator('[data-chart]');
    const { width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
    await chart.click({ position: { x: 0.14 * width, y: height - 40 } });
    await page.waitForURL('**/customers?*');
    const { searchParams } = new URL(page.url());
    const [from, to] = [Number(searchParams.get('value_min')), Number(searchParams.get('value_max'))];
    const { rows } = await app.server.rows('/api/value/distribution');
    const bin = rows.find(({ value_from }) => value_from === from);
    expect(Number(bin?.value_to)).toBeCloseTo(to + 0.01, 6);
    expect(await customersAt(app.server, page.url())).toBe(bin?.customers);
    await page.context().close();
  });

  test('is that of the chosen measure, which the address keeps', async () => {
    const { page } = await app.open('/value');
    const sentence = cardOf(page, 'Concentration of value').locator('[data-top-value]');
    const before = await sentence.textContent();
    await page.getByLabel('Value measured by').selectOption('total_spent');
    await settled(page);
    expect(new URL(page.url()).search).toBe('?measure=total_spent');
    expect(await sentence.textContent()).not.toBe(before);
    const share = numberIn((await sentence.getAttribute('data-top-customers')) ?? '');
    const top = Math.round((share / 100) * (await countAll()));
    const made = await one(`
      select 100 * sum(total_spent) filter (where place <= ${top}) / sum(total_spent)
      from (select total_spent, row_number() over (order by total_spent desc, customer_id) as place from business.customer_list) as ranked`);
    expect(share).toBeCloseTo(10, 0);
    expect(Number(await sentence.getAttribute('data-top-value'))).toBeCloseTo(made, 1);
    expect(await sentence.textContent()).toMatch(/^The top [\d.]+% of customers make [\d.]+% of the revenue\.$/);
    await page.context().close();
  });

  test('of measures that the list cannot be filtered by leads nowhere, and averages are not shared out', async () => {
    const { page, problems } = await app.open('/value?measure=avg_order_value');
    const card = cardOf(page, 'Value of customers');
    await showTable(card);
    expect(await card.locator('tbody a').count()).toBe(0);
    expect(await cardOf(page, 'Concentration of value').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('by the number of orders is what SQL gives, and leads to the customers', async () => {
    const { page } = await app.open('/value?measure=total_spent');
    await expectDrillDown(page, 'Order frequency and value', 1);
    const [, second] = await cellsOf(cardOf(page, 'Order frequency and value'));
    expect(numberIn(second?.[2])).toBeCloseTo(
      await one('select sum(total_spent) / count(*) from business.customer_list where total_orders = 2'),
      2,
    );
    await page.context().close();
  });

  test('by tier leads to the customers', async () => {
    const { page } = await app.open('/value');
    await expectDrillDown(page, 'Value tiers', 1);
    await page.context().close();
  });

  test('is the same in the table and in the file', async () => {
    const { page } = await app.open('/value?measure=historic_value');
    const card = cardOf(page, 'Concentration of value');
    await showTable(card);
    const shown = (await cellsOf(card)).map(([, , customers, value]) => [numberIn(customers), numberIn(value)]);
    expect((await csvRows(app.server, card)).map((cells) => [Number(cells[1]), Number(cells[3])])).toEqual(shown);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(shown.at(-1)).toEqual([
      await countAll(),
      await one('select sum(historic_value) from business.customer_list'),
    ]);
    await page.context().close();
  });
});

describe('churn risk', () => {
  test('leads from each step to the customers in it', async () => {
    const { page } = await app.open('/value');
    await expectDrillDown(page, 'Churn risk of customers', 1);
    await page.context().close();
  });

  test('against value leads from each field to the customers in it', async () => {
    const { page } = await app.open('/value');
    await expectDrillDown(page, 'Churn risk against value', 3);
    await page.context().close();
  });

  test('and value are chosen by keyboard, and lead to their customers', async () => {
    const { page } = await app.open('/value?measure=total_spent');
    const card = cardOf(page, 'Churn risk against value');
    await card.getByLabel('Churn risk from').focus();
    await page.keyboard.type('70');
    await card.getByLabel('Amount spent from').focus();
    await page.keyboard.type('$100');
    const show = card.getByRole('link', { name: /^Show the/ });
    const expected = await one(
      'select count(*) from business.customer_list where churn_risk_score >= 70 and total_spent >= 100',
    );
    expect(expected).toBeGreaterThan(0);
    await card.locator(`[data-chosen="${expected}"]`).waitFor();
    expect(new URL(page.url()).search).toBe('?measure=total_spent&risk_from=70&value_from=100');
    await show.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/customers?*');
    expect(await customersAt(app.server, page.url())).toBe(expected);
    await page.context().close();
  });

  test('and value are chosen by a frame drawn on the chart, also a second time', async () => {
    const { page, problems } = await app.open('/value');
    const card = cardOf(page, 'Churn risk against value');
    await card.scrollIntoViewIfNeeded();
    const box = await card.locator('[data-chart]').boundingBox();
    const draw = async (fromX: number, fromY: number, toX: number, toY: number) => {
      const at = (x: number, y: number) =>
        [(box?.x ?? 0) + x * (box?.width ?? 0), (box?.y ?? 0) + y * (box?.height ?? 0)] as const;
      await page.mouse.move(...at(fromX, fromY));
      await page.mouse.down();
      await page.mouse.move(...at(toX, toY), { steps: 8 });
      await page.mouse.up();
      await page.waitForTimeout(300);
    };
    const chosen = () => new URL(page.url()).searchParams;
    await draw(0.75, 0.06, 0.985, 0.5);
    expect(Number(chosen().get('risk_from'))).toBeGreaterThanOrEqual(60);
    expect(chosen().has('risk_to')).toBe(false);
    const from = Number(chosen().get('value_from'));
    expect(from).toBeGreaterThan(1);
    const risk = Number(chosen().get('risk_from'));
    const link = card.getByRole('link', { name: /^Show the/ });
    const expected = await one(
      `select count(*) from business.customer_list where churn_risk_score >= ${risk} and lifetime_value >= ${from}`,
    );
    expect(numberIn((await link.textContent()) ?? '')).toBe(expected);
    expect(await customersAt(app.server, await link.getAttribute('href'))).toBe(expected);
    await draw(0.3, 0.5, 0.985, 0.8);
    expect(Number(chosen().get('risk_from'))).toBeLessThan(risk);
    expect(Number(chosen().get('value_to'))).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe('a shop too small for predictions', () => {
  let small: DashboardShop;

  beforeAll(async () => {
    small = await openDashboardShop((shop) =>
      shop.load([row('2024-01-05', 'a', 'o1', 10), row('2024-02-05', 'a', 'o2', 20), row('2024-03-05', 'b', 'o3', 30)]),
    );
  });

  afterAll(() => small[Symbol.asyncDispose]());

  test('says why there is no churn risk, in place of its charts', async () => {
    const { page, problems } = await small.open('/value');
    const [grade] = await small.shop.query(
      "select reason from business.prediction_grades where score = 'churn_risk' and grade = 'WITHHELD'",
    );
    const card = cardOf(page, 'Churn risk of customers');
    expect((await card.textContent())?.toLowerCase()).toContain(String(grade?.reason).toLowerCase());
    expect(await card.locator('[data-chart]').count()).toBe(0);
    expect(await cardOf(page, 'Churn risk against value').locator('[data-chart], select').count()).toBe(0);
    expect(await cardOf(page, 'Value of customers').textContent()).toContain('Lifetime value: withheld');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('shows what was spent all the same', async () => {
    const { page, problems } = await small.open('/value?measure=total_spent');
    const card = cardOf(page, 'Value of customers');
    await showTable(card);
    expect((await cellsOf(card)).map(([, customers]) => Number(customers)).reduce((a, b) => a + b)).toBe(2);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('shows its segments, and why their worth is not known', async () => {
    const { page, problems } = await small.open('/segments');
    expect(await cardOf(page, 'Worth of the segments').textContent()).toMatch(/withheld/);
    expect(await cardOf(page, 'The five segments').locator('tbody tr').count()).toBe(5);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
