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

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop();
});

afterAll(() => app[Symbol.asyncDispose]());

/** Rows of SQL as lists of numbers and texts. */
async function ask(sql: string): Promise<unknown[][]> {
  const rows = await app.shop.query(sql);
  return rows.map((row) => Object.values(row).map((value) => (Number.isNaN(Number(value)) ? value : Number(value))));
}

describe.each([
  { path: '/segments', titles: ['Size of the segments', 'The five segments'], column: 'customer_segment' },
  { path: '/segments?by=rfm', titles: ['Size of the RFM segments', 'The eleven RFM segments'], column: 'rfm_segment' },
] as const)('the segments at $path', ({ path, titles: [size, rules], column }) => {
  test('have the size and revenue that SQL gives, in the table and in the file', async () => {
    const { page, problems } = await app.open(path);
    const card = cardOf(page, size);
    await showTable(card);
    const shown = (await cellsOf(card)).map(([name, customers, , revenue]) => [
      name,
      numberIn(customers),
      numberIn(revenue),
    ]);
    const expected = await ask(
      `select ${column}, count(*) as n, sum(total_spent) as revenue from business.customer_list group by 1 order by 2 desc, 1`,
    );
    expect(shown).toEqual(expected);
    expect((await csvRows(app.server, card)).map(([name, customers]) => [name, Number(customers)])).toEqual(
      expected.map(([name, customers]) => [name, customers]),
    );
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('lead to as many customers as they have', async () => {
    const { page } = await app.open(path);
    const links = await linksOf(cardOf(page, rules), 1);
    expect(links.length).toBe(column === 'rfm_segment' ? 11 : 5);
    for (const { href, figure } of links) expect(await customersAt(app.server, href), href).toBe(numberIn(figure));
    await page.context().close();
  });
});

describe('the page of segments', () => {
  test('keeps in the address which segments are shown', async () => {
    const { page } = await app.open('/segments');
    expect(await cardOf(page, 'RFM map').count()).toBe(0);
    await page.getByText('RFM segments', { exact: true }).click();
    await cardOf(page, 'RFM map').waitFor();
    expect(new URL(page.url()).search).toBe('?by=rfm');
    await page.goBack();
    await cardOf(page, 'Moves between segments').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.context().close();
  });

  test('opens the customers of the bar that is clicked', async () => {
    const { page } = await app.open('/segments');
    const chart = cardOf(page, 'Size of the segments').locator('[data-chart]');
    const { width = 0 } = (await chart.boundingBox()) ?? {};
    // The topmost bar is that of the largest segment.
    await chart.click({ position: { x: 0.3 * width, y: 62 } });
    const [[largest] = []] = await ask(
      'select customer_segment, count(*) as n from business.customer_list group by 1 order by 2 desc, 1 limit 1',
    );
    await page.waitForURL('**/customers?*');
    expect(new URL(page.url()).searchParams.get('segment')).toBe(largest);
    await page.context().close();
  });

  test('says by which rule a customer gets where, and what to do', async () => {
    const { page } = await app.open('/segments');
    const rows = await cellsOf(cardOf(page, 'The five segments'));
    const told = new Map(rows.map(([name, , , rule, advice]) => [name, `${rule} ${advice}`]));
    expect(told.get('Lost')).toBe(
      'No order for more than 365 days, or none at all Win back the valuable ones, leave the others alone',
    );
    expect(told.get('High Value')).toContain('top 20 % of all customers, and an order within 90 days');
    await page.context().close();
  });

  test('says how many would be elsewhere had another sample been drawn', async () => {
    const { page } = await app.open('/segments?by=rfm');
    const told = cardOf(page, 'How firm the RFM segments are').locator('[data-stability]');
    const [[all = 0, changing] = []] = await ask(`
      select sum(customers) as n, sum(customers * (1 - bootstrap_stability)) as changing
      from business.segment_stability where segmentation = 'rfm'`);
    expect(Number(await told.getAttribute('data-stability'))).toBeCloseTo(Number(changing), 1);
    expect(await told.textContent()).toContain(`about ${Math.ceil(Number(changing))} of ${all} would be in another`);
    await page.context().close();
  });
});

describe('the RFM map', () => {
  test.each(['light', 'dark'] as const)('hinders nobody in %s colours', async (colorScheme) => {
    const { page } = await app.open('/segments?by=rfm', { colorScheme });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });

  test('has the customers of each pair of scores', async () => {
    const { page, problems } = await app.open('/segments?by=rfm');
    const shown = await page
      .locator('[data-field]')
      .evaluateAll((fields) =>
        fields
          .map((field) => [field.getAttribute('data-field'), Number(field.getAttribute('data-value'))] as const)
          .filter(([, customers]) => customers > 0),
      );
    const expected = await ask(
      `select recency_score || '-' || frequency_score as field, count(*) as n from business.customer_list group by 1`,
    );
    expect(new Map(shown)).toEqual(new Map(expected.map(([field, customers]) => [String(field), Number(customers)])));
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('shows revenue when asked, and keeps that in the address', async () => {
    const { page } = await app.open('/segments?by=rfm');
    await cardOf(page, 'RFM map').getByText('Revenue', { exact: true }).click();
    expect(new URL(page.url()).searchParams.get('map')).toBe('revenue');
    const [[revenue] = []] = await ask(
      'select sum(total_spent) from business.customer_list where recency_score = 5 and frequency_score = 1',
    );
    expect(Number(await page.locator('[data-field="5-1"]').getAttribute('data-value'))).toBe(revenue);
    await page.context().close();
  });

  test('leads to the customers of a segment by keyboard', async () => {
    const { page } = await app.open('/segments?by=rfm');
    await page.locator('[data-field="1-1"]').getByRole('link').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/customers?rfm=Lost');
    await page.context().close();
  });
});

describe('moves between segments', () => {
  const moves = (condition: string) => `
    select from_segment, to_segment, customers from business.segment_migration
    where customers > 0 and ${condition} order by from_segment, to_segment`;
  const shownMoves = async (card: ReturnType<typeof cardOf>) =>
    (await cellsOf(card)).map(([from, to, customers]) => [from, to, numberIn(customers)]);

  test('are those of the last month that is over, of who changed or came', async () => {
    const { page } = await app.open('/segments');
    const card = cardOf(page, 'Moves between segments');
    expect(await card.textContent()).toContain('From Oct 31, 2024 to Nov 30, 2024.');
    await showTable(card);
    expect(await shownMoves(card)).toEqual(
      await ask(moves(`month_end = date '2024-11-30' and from_segment <> to_segment`)),
    );
    await page.context().close();
  });

  test('are those of the month and the people that are chosen, which the address keeps', async () => {
    const { page, problems } = await app.open('/segments');
    const card = cardOf(page, 'Moves between segments');
    await card.getByLabel('Month of the moves').selectOption('2024-06');
    await card.getByText('Everybody', { exact: true }).click();
    await settled(page);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('month'), searchParams.get('who')]).toEqual(['2024-06', 'all']);
    await showTable(card);
    const expected = await ask(moves(`month_end = date '2024-06-30'`));
    expect(await shownMoves(card)).toEqual(expected);
    expect((await csvRows(app.server, card)).map((row) => [row[2], row[3], Number(row[4])])).toEqual(expected);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('stand beside the history of the segments', async () => {
    const { page } = await app.open('/segments');
    const card = cardOf(page, 'Segments over time');
    await showTable(card);
    const shown = (await cellsOf(card)).map(([, segment, customers]) => [segment, numberIn(customers)]);
    expect(shown).toEqual(
      await ask(
        'select customer_segment, customers from business.segment_history order by month_end, customer_segment',
      ),
    );
    await page.context().close();
  });
});
