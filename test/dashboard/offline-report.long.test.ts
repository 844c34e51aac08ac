import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CustomerDetail } from '../../src/report/customer-detail.ts';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { TestBrowser, type TestPage } from '../support/browser/test-browser.ts';
import { openHostileShop } from '../support/hostile-shop.ts';
import type { Shop } from '../support/run-shop.ts';
import { HOSTILE_IDS } from '../support/served-sample.ts';

/** Pages of the app that the report has, and those that it does not. */
const PAGES = ['overview', 'revenue', 'cohorts', 'segments', 'value', 'campaigns', 'insights', 'trust', 'data'];

let shop: Shop;
let browser: TestBrowser;

beforeAll(async () => {
  shop = await openHostileShop();
  for (const customers of ['none', 'ids'] as const) {
    await shop.pipeline.writeReport({ format: 'html', customers, output: join(shop.folder, `${customers}.html`) });
  }
  browser = await TestBrowser.open();
});

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

/** Opens the report from disk, without a network. */
async function openReport(options: BrowserContextOptions = {}, customers: CustomerDetail = 'none'): Promise<TestPage> {
  const opened = await browser.newPage('http://nothing.invalid', { offline: true, ...options });
  await opened.page.goto(pathToFileURL(join(shop.folder, `${customers}.html`)).href);
  await opened.page.locator('html[data-drawn]').waitFor();
  return opened;
}

const close = (page: Page) => page.context().close();

test('opened from disk with the network off it shows every page and chart, and no error', async () => {
  const { page, problems } = await openReport();
  expect(await page.title()).toBe('Report as of 2024-12-31');
  expect(await page.locator('.report-page').evaluateAll((all) => all.map(({ id }) => id))).toEqual(PAGES);
  for (const anchor of PAGES) expect(await page.locator(`#${anchor} h2`).count(), anchor).toBe(1);
  const charts = page.locator('[data-chart]');
  expect(await charts.count()).toBeGreaterThan(0);
  for (const chart of await charts.all()) {
    expect(await chart.locator('canvas, svg').count(), (await chart.getAttribute('aria-label')) ?? '').toBeGreaterThan(
      0,
    );
  }
  // What a page asks that src/report/report-questions.ts does not list is named here.
  expect(problems).toEqual([]);
  expect(await page.getByText('This could not be shown').count()).toBe(0);
  expect(await page.getByText('not part of the report').count()).toBe(0);
  expect(await page.getByRole('status', { name: 'Loading' }).count()).toBe(0);
  await close(page);
});

test('the cover says as of when, of which orders and from which snapshot; its figures are those of the tables', async () => {
  const { page } = await openReport();
  const facts = Object.fromEntries(
    await page
      .locator('header dl > div')
      .evaluateAll((all) =>
        all.map((fact) => [fact.querySelector('dt')?.textContent, fact.querySelector('dd')?.textContent]),
      ),
  );
  const [truth] = await shop.query(
    'select count(*) as customers, sum(total_orders) as orders, sum(total_spent) as revenue, ' +
      'min(first_order_date) as first_day from warehouse.dim_customer',
  );
  const published = await shop.pipeline.engine.published();
  const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
  const amount = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
  expect(facts).toMatchObject({
    'As of': 'Dec 31, 2024',
    'Orders from': `${day.format(new Date(String(truth?.first_day)))} to Dec 31, 2024`,
    Customers: Number(truth?.customers).toLocaleString('en-US'),
    Orders: Number(truth?.orders).toLocaleString('en-US'),
    'Revenue, net of returns': amount.format(Number(truth?.revenue)),
    Snapshot: published?.snapshotId,
  });
  expect(await page.getByText('No customer is named').count()).toBe(1);
  await close(page);
});

test('every link leads to a place within the report; the table of contents stays in sight', async () => {
  const { page } = await openReport();
  const links = await page.locator('a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  for (const href of links) {
    expect(href).toMatch(/^#[\w-]+$/);
    expect(await page.locator(`[id="${href.slice(1)}"]`).count(), href).toBe(1);
  }
  const contents = page.getByRole('navigation', { name: 'Contents' });
  await contents.getByRole('link', { name: 'Trust' }).click();
  await page.locator('#trust h2').waitFor();
  await expect
    .poll(() => page.locator('#trust').evaluate((trust) => trust.getBoundingClientRect().top))
    .toBeLessThan(900);
  expect(await contents.evaluate((nav) => nav.getBoundingClientRect().top >= 0)).toBe(true);
  await close(page);
});

test('a chart is shown as a table without a network, too', async () => {
  const { page, problems } = await openReport();
  const card = page.locator('[data-card="Monthly revenue"]');
  await card.getByText('Table', { exact: true }).click();
  const [truth] = await shop.query('select count(*) as months from business.monthly_metrics');
  expect(await card.locator('tbody tr').count()).toBe(truth?.months);
  expect(await page.getByText('CSV', { exact: true }).count()).toBe(0);
  expect(problems).toEqual([]);
  await close(page);
});

test.each(['light', 'dark'] as const)('in %s colours it hinders nobody', async (colorScheme) => {
  const { page } = await openReport({ colorScheme }, 'ids');
  expect(await accessibilityProblems(page)).toEqual([]);
  await close(page);
});

test('fits a telephone of 360 pixels', async () => {
  const { page } = await openReport({ viewport: { width: 360, height: 740 } }, 'ids');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  await close(page);
});

test('printed out of dark colours it is light, as wide as the paper, and dark again afterwards', async () => {
  const { page } = await openReport({ colorScheme: 'dark' });
  const look = `({
    scheme: document.documentElement.getAttribute('data-mantine-color-scheme'),
    widest: Math.max(...[...document.querySelectorAll('canvas')].map((canvas) => canvas.getBoundingClientRect().width)),
    drawn: Math.max(...[...document.querySelectorAll('canvas')].map((canvas) => canvas.width)),
  })`;
  expect(await page.evaluate(look)).toMatchObject({ scheme: 'dark' });
  await page.evaluate(`window.addEventListener('beforeprint', () => { window.atPrint = ${look}; })`);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const atPrint = await page.evaluate<{ scheme: string; widest: number; drawn: number }>('window.atPrint');
  const paper = (186 / 25.4) * 96;
  expect(atPrint.scheme).toBe('light');
  expect(atPrint.widest).toBeLessThanOrEqual(paper);
  expect(atPrint.drawn).toBeLessThanOrEqual((2 * paper) / 0.75);
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(PAGES.length + 1);
  await expect.poll(() => page.evaluate(look)).toMatchObject({ scheme: 'dark' });
  await close(page);
});

test('[S16] ids of customers that are HTML are shown as text', async () => {
  const { page, problems } = await openReport({}, 'ids');
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  const lists = page.locator('#customer-lists');
  const cells = await lists.locator('td:first-child').evaluateAll((all) => all.map((cell) => cell.textContent));
  for (const id of HOSTILE_IDS) expect(cells).toContain(id);
  expect(await page.locator('img, iframe, object').count()).toBe(0);
  expect({ dialogs, problems }).toEqual({ dialogs: [], problems: [] });
  await close(page);
});

test('[S10] its policy stops scripts that are not its own, and every request', async () => {
  const { page } = await openReport();
  const stopped = await page.evaluate<string[]>(`(async () => {
    const found = [];
    document.addEventListener('securitypolicyviolation', (event) => found.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.foreign = true';
    document.body.append(script);
    await fetch('https://evil.example/').catch(() => undefined);
    const image = new Image();
    image.src = 'https://evil.example/a.png';
    document.body.append(image);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return window.foreign === true ? ['it ran'] : found.sort();
  })()`);
  expect(stopped).toEqual(['connect-src', 'img-src', 'script-src-elem']);
  await close(page);
});
