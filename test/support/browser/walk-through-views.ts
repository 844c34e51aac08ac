import { expect } from 'vitest';
import { accessibilityProblems } from './axe.ts';
import type { DashboardShop } from './dashboard-shop.ts';
import { settled } from './test-browser.ts';

/** Goes through the tabs of a page with the arrow key; each view hinders nobody, fits a telephone, and is in the address. */
export async function walkThroughViews(
  app: DashboardShop,
  path: string,
  firstTab: string,
  views: readonly string[],
): Promise<void> {
  const { page, problems } = await app.open(path);
  await page.getByRole('tab', { name: firstTab }).focus();
  for (const view of views) {
    await settled(page);
    expect(new URL(page.url()).searchParams.get('view') ?? views[0]).toBe(view);
    expect(await accessibilityProblems(page), view).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await expect
      .poll(() => page.evaluate('document.documentElement.scrollWidth'), { timeout: 5_000, message: view })
      .toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.keyboard.press('ArrowRight');
  }
  expect(problems).toEqual([]);
  await page.context().close();
}
