import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboardPages } from '../../scripts/docs/dashboard-pages.ts';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';

const PAGES = dashboardPages('412631');

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop();
});

afterAll(() => app[Symbol.asyncDispose]());

describe.each(PAGES)('the page $path', ({ path, title }) => {
  test.each(['light', 'dark'] as const)(
    '[S10] opens in %s colours without an error, and hinders nobody',
    async (colorScheme) => {
      const { page, problems } = await app.open(path, { colorScheme });
      expect(await page.locator('main h2').first().textContent()).toBe(title);
      expect(await page.title()).toBe(`${title} · marketing-pipeline`);
      expect(problems).toEqual([]);
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.context().close();
    },
  );

  test('fits a telephone of 360 pixels: the page itself does not scroll sideways', async () => {
    const { page, problems } = await app.open(path, { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

test('the navigation has every page but that of a single customer', async () => {
  const { page } = await app.open('/');
  const names = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents();
  expect(names).toEqual(PAGES.map(({ title }) => title).filter((title) => title !== 'Customer'));
  await page.context().close();
});
