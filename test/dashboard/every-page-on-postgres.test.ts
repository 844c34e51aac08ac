import { afterAll, beforeAll, expect, test } from 'vitest';
import { dashboardPages } from '../../scripts/docs/dashboard-pages.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop();
});

afterAll(() => app[Symbol.asyncDispose]());

test.each(dashboardPages('412631'))('$title shows its figures from a server, too', async ({ path, title }) => {
  const { page, problems } = await app.open(path);
  expect(await page.locator('main h2').first().textContent()).toBe(title);
  expect(await page.getByText('This could not be shown').count()).toBe(0);
  expect(await page.locator('main :is(canvas, table, [role=table], [data-tile], svg)').count()).toBeGreaterThan(0);
  expect(problems).toEqual([]);
  await page.context().close();
});
