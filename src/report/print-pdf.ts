import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { CancelledError, RunError } from '../errors.ts';
import { printable } from '../printable.ts';
import { BrowserError, BrowserSession } from './browser-session.ts';

export interface Printing {
  /** Path of the browser. */
  readonly browser: string;
  /** Private; holds the page and the browser's own files while it prints. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  /** Longest time. */
  readonly milliseconds?: number;
}

const USUAL_MILLISECONDS = 120_000;
const LOOK_AGAIN_MS = 50;
/** How much of what the browser complained about is repeated. */
const SHOWN_CHARACTERS = 300;

/** The number of the page, in the middle below. */
const FOOTER =
  '<div style="width:100%;text-align:center;font:8px sans-serif;color:#566273"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';

/**
 * Prints a page that needs nothing but itself, as soon as it says that it is drawn.
 * @throws RunError when the browser does not print it, CancelledError when it is given up.
 */
export async function printPdf(html: string, printing: Printing): Promise<Buffer> {
  const { browser, folder, signal, milliseconds = USUAL_MILLISECONDS } = printing;
  const page = join(folder, 'report.html');
  const home = join(folder, 'browser');
  await mkdir(home, { mode: 0o700 });
  await writeFile(page, html, { mode: 0o600, flag: 'wx' });
  if (signal?.aborted) throw new CancelledError();
  const session = new BrowserSession(browser, argumentsFor(home));
  const end = () => void session.kill();
  const timer = setTimeout(
    () => void session.kill(`it took longer than ${milliseconds / 1_000} seconds`),
    milliseconds,
  );
  signal?.addEventListener('abort', end, { once: true });
  try {
    return await printPage(session, pathToFileURL(page).href);
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    if (!(error instanceof BrowserError)) throw error;
    throw new RunError(`${browser} did not print the report: ${printable(error.message, SHOWN_CHARACTERS)}`, {
      cause: error,
      remedy: [
        'try another browser: --browser FILE, or the variable CHROME_PATH',
        'or write the report with --format html and print it from any browser',
      ],
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
    await session.kill();
    // Its helpers may still be writing while they end.
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function argumentsFor(home: string): string[] {
  // Its sandbox needs what root does not have; the page runs no script but ours.
  const isRoot = process.getuid?.() === 0;
  return [
    '--headless',
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-extensions',
    '--no-first-run',
    '--no-default-browser-check',
    // Nothing leaves the machine: no updates, no reports, no names to be looked up.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-breakpad',
    '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    `--user-data-dir=${home}`,
    'about:blank',
  ];
}

async function printPage(session: BrowserSession, url: string): Promise<Buffer> {
  const { targetId } = await session.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method: string, params: Readonly<Record<string, unknown>> = {}) =>
    session.send(method, params, String(sessionId));
  const { errorText } = await send('Page.navigate', { url });
  if (errorText !== undefined) throw new BrowserError(String(errorText));
  const expression = "document.documentElement.hasAttribute('data-drawn')";
  while (!isTrue(await send('Runtime.evaluate', { expression }))) await pause(LOOK_AGAIN_MS);
  const { data } = await send('Page.printToPDF', {
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: FOOTER,
  });
  return Buffer.from(String(data), 'base64');
}

function isTrue({ result }: Readonly<Record<string, unknown>>): boolean {
  return typeof result === 'object' && result !== null && 'value' in result && result.value === true;
}
