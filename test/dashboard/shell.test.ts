import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled } from '../support/browser/test-browser.ts';
import { row } from '../support/make-shop.ts';

const january = [row('2024-01-05', 'ann', 'o1', 100), row('2024-01-20', 'bob', 'o2', 50)];
const february = [...january, row('2024-02-03', 'ann', 'o3', 200), row('2024-03-01', 'eve', 'o4', 10)];

const titled = (page: Page, name: string) =>
  expect.poll(() => page.title(), { timeout: 10_000 }).toBe(`${name} · marketing-pipeline`);

describe('around the pages', () => {
  let app: DashboardShop;

  beforeAll(async () => {
    app = await openDashboardShop((shop) => shop.load(february));
  });

  afterAll(() => app[Symbol.asyncDispose]());

  test('the first key leads past the navigation, the next ones through all pages', async () => {
    const { page } = await app.open('/nothing');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    const names = await links.allTextContents();
    expect(names).toHaveLength(10);
    for (const [index, name] of names.entries()) {
      await links.nth(index).focus();
      await page.keyboard.press('Enter');
      await titled(page, name);
      expect(await page.locator('main h2').first().textContent()).toBe(name);
      expect(await page.evaluate('document.activeElement.id')).toBe('content');
      expect(await page.locator('[aria-current=page]').allTextContents()).toEqual([name]);
    }
    await page.context().close();
  });

  test('a figure says what it means when it gets the focus', async () => {
    const { page } = await app.open('/');
    await page.locator('[data-tile=revenue] button').focus();
    const tip = page.getByRole('tooltip');
    expect(await tip.textContent()).toMatch(/net of returns.*\nUnit: USD\.\nAs of Mar 1, 2024\.$/s);
    await page.context().close();
  });

  test('the colours change by a button, and stay changed when the page is loaded again', async () => {
    const { page } = await app.open('/', { colorScheme: 'light' });
    const scheme = () => page.evaluate('document.documentElement.getAttribute("data-mantine-color-scheme")');
    expect(await scheme()).toBe('light');
    await page.getByRole('button', { name: 'Show in dark colours' }).click();
    expect(await scheme()).toBe('dark');
    await page.reload();
    await settled(page);
    expect(await scheme()).toBe('dark');
    await page.context().close();
  });

  test('on a telephone the pages stand behind a button', async () => {
    const { page } = await app.open('/', { viewport: { width: 360, height: 740 } });
    const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Revenue' });
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await link.click();
    await titled(page, 'Revenue');
    await page.getByRole('button', { name: 'Open the menu' }).waitFor();
    await page.context().close();
  });

  test('an address that is no page says so and leads back', async () => {
    const { page } = await app.open('/nothing');
    expect(await page.locator('main h2').textContent()).toBe('Not found');
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await titled(page, 'Overview');
    await page.context().close();
  });
});

test('a page before the first run says what to do, shows the run, and fills itself; the next run is announced', async () => {
  await using app = await openDashboardShop(async () => {});
  const { page } = await app.open('/');
  expect(await page.getByRole('alert').textContent()).toContain('npx marketing-pipeline run orders.csv');
  const first = app.shop.load(february.slice(0, 3));
  await page.getByText(/Run under way: \d+ tables/).waitFor();
  await first;
  const revenue = page.locator('[data-tile=revenue]');
  await revenue.waitFor();
  expect(await revenue.getAttribute('data-value')).toBe('150');
  expect(await page.getByText('New data').count()).toBe(0);
  await app.shop.load(february);
  await page.getByText('New data').waitFor();
  await page.locator('[data-tile=revenue][data-value="200"]').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await page.getByText('New data').count()).toBe(0);
});

test('where the server has gone, the page says so and how to start it again', async () => {
  await using app = await openDashboardShop((shop) => shop.load(february));
  const { page } = await app.open('/');
  await app.server.close();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Revenue' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/could not be loaded from the server.*marketing-pipeline serve/s);
});
