import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { drawnRows, listReady } from '../support/browser/customer-list.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { row } from '../support/make-shop.ts';

const MILLION = 1_000_000;
const ROW_HEIGHT = 38;

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop((shop) => shop.load([row('2024-01-05', 'a', '1', '10.00')]));
});

afterAll(() => app[Symbol.asyncDispose]());

const idAt = (index: number) => `customer ${String(index).padStart(7, '0')}`;

/** The list, of a server whose answers are those of a shop with a million customers. */
async function openMillion() {
  const opened = await app.open('/');
  const { page } = opened;
  const asked: number[] = [];
  await page.route('**/api/customers?*', async (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get('offset'));
    asked.push(offset);
    const response = await route.fetch({
      url: route
        .request()
        .url()
        .replace(/offset=\d+/, 'offset=0'),
    });
    const answer = await response.json();
    const [sample] = answer.rows;
    const rows = Array.from({ length: Math.max(0, Math.min(100, MILLION - offset)) }, (_, index) => ({
      ...sample,
      customer_id: idAt(offset + index),
    }));
    await route.fulfill({ response, json: { ...answer, rows, page: { limit: 100, offset, total: MILLION } } });
  });
  await page.getByRole('link', { name: 'Customers' }).click();
  await listReady(page);
  return { ...opened, asked };
}

/** Before long the rows that are drawn are those that belong there, and hold this one. */
async function expectRow(page: Page, number: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const shown = await drawnRows(page);
      expect(shown.map((each) => each.number)).toContain(number);
      expect(shown).toEqual(shown.map((each) => ({ number: each.number, id: idAt(each.number - 1) })));
    },
    { timeout: 10_000, interval: 50 },
  );
}

/** Numbers of the rows that can be seen, and how far the first of them is from the top of the list, in pixels. */
function seen(page: Page): Promise<{ first: number; last: number; top: number }> {
  return page.evaluate(`(() => {
    const list = document.querySelector('[aria-label="List of customers"]').getBoundingClientRect();
    const rows = [...document.querySelectorAll('[role=row][data-index]')]
      .map((row) => ({ number: Number(row.dataset.index) + 1, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > list.top + 41 && box.top < list.bottom)
      .sort((a, b) => a.number - b.number);
    return { first: rows[0].number, last: rows.at(-1).number, top: rows[0].box.top - list.top };
  })()`);
}

test('a million customers: the wheel moves by the pixel, the scroll bar leads everywhere, the last row is reached', async () => {
  const { page, problems, asked } = await openMillion();
  const list = page.getByLabel('List of customers', { exact: true });
  const element = `document.querySelector('[aria-label="List of customers"]')`;
  expect(await page.evaluate(`${element}.scrollHeight`)).toBeLessThan(17_000_000);

  await page.evaluate(`${element}.scrollTop = (${element}.scrollHeight - ${element}.clientHeight) / 2`);
  await page.waitForTimeout(300);
  const middle = await seen(page);
  expect(middle.first).toBeGreaterThan(499_000);
  expect(middle.first).toBeLessThan(501_000);
  await expectRow(page, middle.first);

  await page.mouse.move(700, 700);
  for (let turn = 1; turn <= 4; turn++) {
    await page.mouse.wheel(0, 2 * ROW_HEIGHT);
    await page.waitForTimeout(400);
  }
  const after = await seen(page);
  const moved = (after.first - middle.first) * ROW_HEIGHT - (after.top - middle.top);
  expect(Math.abs(moved - 8 * ROW_HEIGHT)).toBeLessThanOrEqual(4);
  await expectRow(page, after.last);

  await list.focus();
  await page.keyboard.press('End');
  await expectRow(page, MILLION);
  expect((await seen(page)).last).toBe(MILLION);
  await page.keyboard.press('PageUp');
  await page.waitForTimeout(400);
  const above = await seen(page);
  expect(above.last).toBeLessThan(MILLION);
  expect(MILLION - above.last).toBeLessThan(20);
  await page.keyboard.press('Home');
  await expectRow(page, 1);
  expect((await seen(page)).first).toBe(1);

  // Pages that were only passed were not asked for.
  expect(asked.length).toBeLessThan(20);
  expect(problems).toEqual([]);
  await page.context().close();
});
