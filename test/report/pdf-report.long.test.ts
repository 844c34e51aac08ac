import { chmod, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { CancelledError, RunError } from '../../src/index.ts';
import { findBrowser } from '../../src/report/find-browser.ts';
import { printPdf } from '../../src/report/print-pdf.ts';
import { openHostileShop } from '../support/hostile-shop.ts';
import { errorOf, type Shop } from '../support/run-shop.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openHostileShop();
});

afterAll(() => shop[Symbol.asyncDispose]());

/** A browser that is a script. */
async function fakeBrowser(script: string): Promise<string> {
  const path = join(temporaryFolder(), 'browser');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o700);
  return path;
}

test('the report is printed by the browser that is named: a sheet for the cover and each page, nothing left behind', async () => {
  const tempDir = temporaryFolder();
  const { Pipeline } = await import('../../src/index.ts');
  const { effects } = shop.pipeline;
  const pipeline = await Pipeline.open({ settings: { ...shop.settings, tempDir }, effects });
  const written = await pipeline.writeReport({ format: 'pdf', browser: inject('chromiumPath') });
  expect(written.path).toBe(join(shop.folder, 'report-2024-12-31.pdf'));
  expect((await stat(written.path)).mode & 0o777).toBe(0o600);
  const { content } = await pipeline.makeReport({ format: 'pdf', browser: inject('chromiumPath') });
  const pdf = content.toString('latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(10);
  // A4, in points.
  expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
  expect(await readdir(tempDir)).toEqual([]);
});

test('a browser that fails, or is none, is an error that repeats what it says', async () => {
  const browser = await fakeBrowser('echo "cannot open display" >&2; exit 7');
  const error = await errorOf(RunError, shop.pipeline.makeReport({ format: 'pdf', browser }));
  expect(error.message).toBe(`${browser} did not print the report: it ended with exit code 7: cannot open display`);
  expect(error.remedy).toContain('or write the report with --format html and print it from any browser');
  const none = join(temporaryFolder(), 'none');
  await writeFile(none, 'not a program');
  await chmod(none, 0o700);
  await errorOf(RunError, shop.pipeline.makeReport({ format: 'pdf', browser: none }));
});

test('a browser that hangs is ended when its time is over, or when the user cancels', async () => {
  const browser = await fakeBrowser('exec sleep 600');
  const folder = temporaryFolder();
  const late = await errorOf(RunError, printPdf('', { browser, folder, milliseconds: 300 }));
  expect(late.message).toContain('it took longer than 0.3 seconds');
  expect(await readdir(folder)).toEqual(['report.html']);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 300);
  const cancelled = shop.pipeline.makeReport({ format: 'pdf', browser, signal: controller.signal });
  await errorOf(CancelledError, cancelled);
});

test('a browser is looked for by its usual names, in the order of their likelihood', async () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  for (const path of [join(first, 'google-chrome'), join(second, 'chromium')]) {
    await writeFile(path, '');
    await chmod(path, 0o700);
  }
  const env = { PATH: `relative:${first}:${second}` };
  expect(await findBrowser(undefined, { env, cwd: '/' }, 'linux')).toBe(join(second, 'chromium'));
  const named = join(first, 'google-chrome');
  expect(await findBrowser(undefined, { env: { ...env, CHROME_PATH: named }, cwd: '/' }, 'linux')).toBe(named);
  expect(await findBrowser('google-chrome', { env, cwd: first }, 'linux')).toBe(named);
});
