import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DASHBOARD, type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { row } from '../support/make-shop.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const BUDGET: Readonly<Record<'firstPage' | 'dashboard' | 'report', number>> = JSON.parse(
  readFileSync(join(ROOT, 'dashboard/budget.json'), 'utf8'),
);

const gzipped = (path: string) => gzipSync(readFileSync(path)).length;

/** Fails with the size of every file, the largest first. */
function expectWithin(name: keyof typeof BUDGET, folder: string, files: readonly string[]): void {
  expect(files.length, name).toBeGreaterThan(0);
  const sizes = files.map((file) => [file, gzipped(join(folder, file))] as const).sort(([, a], [, b]) => b - a);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  const list = sizes.map(([file, size]) => `${size.toLocaleString('en-US').padStart(9)} ${file}`);
  expect(sum, `${name}: ${sum} of ${BUDGET[name]} bytes\n${list.join('\n')}\n`).toBeLessThanOrEqual(BUDGET[name]);
}

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop((shop) => shop.load([row('2024-01-01', 'a', 'a1', '1.00')]));
});

afterAll(() => app[Symbol.asyncDispose]());

test('what the browser loads before it shows the first page is within its budget', async () => {
  const { origin } = new URL(app.server.url);
  const { page } = await app.browser.newPage(origin);
  const files = new Set(['index.html']);
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/assets/')) files.add(pathname.slice(1));
  });
  await page.goto(app.server.url);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.waitForLoadState('networkidle');
  expect([...files].some((file) => file.includes('overview'))).toBe(true);
  expectWithin('firstPage', DASHBOARD, [...files]);
  await page.context().close();
});

test('the whole app is within its budget', () => {
  expectWithin('dashboard', DASHBOARD, globSync('**/*.{html,js,css,svg,woff2}', { cwd: DASHBOARD }));
});

test('the template of the offline report is within its budget', () => {
  expectWithin('report', join(ROOT, 'dist/report'), ['offline.html']);
});
