import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';

/** Every page, by its address and its title. */
const PAGES = [
  ['/', 'Overview'],
  ['/revenue', 'Revenue'],
  ['/cohorts', 'Cohorts'],
  ['/customers', 'Customers'],
  ['/customer?id=C1', 'Customer'],
  ['/segments', 'Segments'],
  ['/value', 'Value and churn'],
  ['/campaigns', 'Campaigns'],
  ['/insights', 'Insights'],
  ['/trust', 'Trust'],
  ['/data', 'Data'],
] as const;

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop();
});

afterAll(() => app[Symbol.asyncDispose]());

describe.each(PAGES)('the page %s', (path, title) => {
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
