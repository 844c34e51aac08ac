import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import type { ConfigSpec } from '../../../src/index.ts';
import { openShop, type Shop } from '../run-shop.ts';
import { type ServedShop, servePipeline } from '../serve-shop.ts';
import { servedRows } from '../served-sample.ts';
import { settled, TestBrowser, type TestPage } from './test-browser.ts';

export const DASHBOARD = fileURLToPath(new URL('../../../dist/dashboard', import.meta.url));

/** A shop, its server with the web app, and a browser; closed together. */
export interface DashboardShop extends AsyncDisposable {
  readonly shop: Shop;
  readonly server: ServedShop;
  readonly browser: TestBrowser;
  /** Opens a page of the app, with its figures there. */
  open(path: string, options?: BrowserContextOptions): Promise<TestPage>;
}

/** @param load fills the shop; customers with hostile ids and dirty rows unless given */
export async function openDashboardShop(
  load: (shop: Shop) => Promise<unknown> = (shop) => shop.load(servedRows()),
  settings: ConfigSpec = {},
): Promise<DashboardShop> {
  const shop = await openShop(settings);
  await load(shop);
  const server = await servePipeline(shop.pipeline, {}, { dashboardDir: DASHBOARD });
  const browser = await TestBrowser.open();
  const { origin } = new URL(server.url);
  return {
    shop,
    server,
    browser,
    open: async (path, options) => {
      const opened = await browser.newPage(origin, options);
      const address = new URL(path, origin);
      address.searchParams.set('token', server.token);
      await opened.page.goto(address.href);
      await settled(opened.page);
      return opened;
    },
    [Symbol.asyncDispose]: async () => {
      await browser[Symbol.asyncDispose]();
      await server.close();
      await shop[Symbol.asyncDispose]();
    },
  };
}
