import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { dashboardPages } from '../scripts/docs/dashboard-pages.ts';
import { serveLargeShop } from './served-shop.ts';

/**
 * Time from opening a page of the web app to its first figures: `npm run bench:pages [-- CUSTOMERS]`, by default a
 * simulated shop of 100,000 customers; instead of a number, the data folder of an earlier run.
 */
const REPETITIONS = 5;

/** A chart that was drawn, a tile with its figure, or a table with rows. */
const FIRST_FIGURES = 'main :is([data-chart] canvas, [data-tile], tbody tr, [role=row] a, svg[role=img])';

const [asked = '100000'] = process.argv.slice(2);
await using shop = await serveLargeShop(asked);
const { server } = shop;

async function customerId(): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/customers?limit=1`, {
    headers: { Authorization: `Bearer ${server.token}` },
  });
  const { rows }: { rows: { customer_id: string }[] } = JSON.parse(await response.text());
  return rows[0]?.customer_id ?? '';
}

/** Opens the page as often as it is timed, in a session of its own: the first time nothing is known to the browser. */
async function millisecondsToFirstFigures(browser: Browser, path: string): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${new URL('/plain', server.url)}?token=${server.token}`);
  const times: number[] = [];
  for (let repetition = 0; repetition <= REPETITIONS; repetition++) {
    const start = performance.now();
    await page.goto(new URL(path, server.url).href, { waitUntil: 'commit' });
    await page.locator(FIRST_FIGURES).first().waitFor();
    times.push(performance.now() - start);
    await page.goto(new URL('/plain', server.url).href);
  }
  await context.close();
  return times;
}

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  console.log('| page | median ms | first ms |');
  console.log('|---|---:|---:|');
  for (const { path, title } of dashboardPages(await customerId())) {
    const [first = 0, ...again] = await millisecondsToFirstFigures(browser, path);
    const median = again.sort((a, b) => a - b)[Math.floor(REPETITIONS / 2)] ?? 0;
    console.log(`| ${title} | ${median.toFixed(0)} | ${first.toFixed(0)} |`);
  }
} finally {
  await browser.close();
}
