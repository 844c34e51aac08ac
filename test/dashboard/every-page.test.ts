import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboardPages } from '../../scripts/docs/dashboard-pages.ts';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled } from '../support/browser/test-browser.ts';

const PAGES = dashboardPages('412631');

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop();
});

afterAll(() => app[Symbol.asyncDispose]());

describe.each(PAGES)('the page $path', ({ path, title }) => {
  test('[S10] opens without an error, hinders nobody in light and in dark colours, and fits a telephone', async () => {
    const { page, problems } = await app.open(path, { colorScheme: 'light' });
    expect(await page.locator('main h2').first().textContent()).toBe(title);
    expect(await page.title()).toBe(`${title} · marketing-pipeline`);
    expect(await accessibilityProblems(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    // Some colours change gradually.
    await page.waitForTimeout(400);
    expect(await accessibilityProblems(page), 'dark').toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.reload();
    await settled(page);
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
