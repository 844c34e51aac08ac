import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core';
import { inject } from 'vitest';

/** Its own sandbox needs rights that containers and root do not have; the tests open nothing but the server's own pages. */
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'];

/** Without animations, pictures and positions are final at once. */
const DEFAULTS: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' };

/** A page, and all that went wrong on it. */
export interface TestPage {
  readonly page: Page;
  /** Errors of the console and of scripts, answers of 4xx and 5xx, requests that leave the server. */
  readonly problems: string[];
}

/** The Chromium from npm; the same for all pages of a test file. */
export class TestBrowser implements AsyncDisposable {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(): Promise<TestBrowser> {
    const executablePath = inject('chromiumPath');
    return new TestBrowser(await playwright.launch({ executablePath, args: ARGUMENTS, headless: true }));
  }

  /** A page in a session of its own. `origin` is the only one that it may ask. */
  async newPage(origin: string, options: BrowserContextOptions = {}): Promise<TestPage> {
    const context = await this.#browser.newContext({ ...DEFAULTS, ...options });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => problems.push(`script: ${error.stack ?? error.message}`));
    page.on('response', (response) => {
      if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== origin) problems.push(`leaves the server: ${url}`);
    });
    return { page, problems };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}

/** Waits until all charts and tables of the page have their figures. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(50);
}
