import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { Pipeline } from '../../src/index.ts';
import { dashboardPages } from './dashboard-pages.ts';

/** In CSS pixels. */
const SIZE = { width: 1280, height: 860 };

/** Photographs every page of the web app over the bundled sample. @returns the files, in the order of the pages */
export async function takeDashboardPictures(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), 'dashboard-pictures-'));
  const pipeline = await Pipeline.open({ settings: { dataDir: join(data, 'data') } });
  try {
    await pipeline.run();
    const server = await pipeline.serve({ port: 0 });
    const browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
    });
    const files: string[] = [];
    try {
      const context = await browser.newContext({ viewport: SIZE, reducedMotion: 'reduce', colorScheme: 'light' });
      const page = await context.newPage();
      await page.goto(server.url);
      for (const { path, picture } of dashboardPages()) {
        await page.goto(new URL(path, server.url).href);
        await page.waitForLoadState('networkidle');
        await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' });
        const file = join(folder, `dashboard-${picture}.png`);
        await page.screenshot({ path: file });
        files.push(file);
      }
    } finally {
      await browser.close();
      await server.close();
    }
    return files;
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
