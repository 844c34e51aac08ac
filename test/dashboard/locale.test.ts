import { expect, test } from 'vitest';
import { openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { row } from '../support/make-shop.ts';

const orders = [
  row('2024-01-05', 'ann', 'o1', '1234.50'),
  row('2024-02-03', 'bob', 'o2', '2000.00'),
  row('2024-03-01', 'eve', 'o3', '10.00'),
];

test('figures, currency and days are written as the settings say, from the tile to the table', async () => {
  await using app = await openDashboardShop((shop) => shop.load(orders), { locale: 'de-DE', currency: 'EUR' });
  const { page, problems } = await app.open('/');
  expect(await page.locator('[data-tile=revenue]').textContent()).toContain('2.000,00\u00a0€');
  expect(await page.locator('[data-as-of]').textContent()).toBe('As of 01.03.2024');
  await page.goto(new URL('/customers', page.url()).href);
  await page.getByText('1.234,50\u00a0€').first().waitFor();
  expect(problems).toEqual([]);
});

test('on a screen of 3840 pixels the page uses the room, and nothing overlaps its edge', async () => {
  await using app = await openDashboardShop((shop) => shop.load(orders));
  const { page, problems } = await app.open('/', { viewport: { width: 3840, height: 2160 } });
  const widest = await page.evaluate(
    'Math.max(...[...document.querySelectorAll("main section, main [data-tile]")].map((e) => e.getBoundingClientRect().right))',
  );
  expect(widest).toBeGreaterThan(3_500);
  expect(widest).toBeLessThanOrEqual(3_840);
  expect(problems).toEqual([]);
});
