import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isAbsent } from '../engines/system-error.ts';
import { CancelledError, RunError } from '../errors.ts';
import { printable } from '../printable.ts';

export interface Printing {
  /** Path of the browser. */
  readonly browser: string;
  /** Private; holds the page and the browser's own files while it prints. */
  readonly folder: string;
  /** Pages that the print has at least. */
  readonly leastPages: number;
  readonly signal?: AbortSignal | undefined;
  /** Longest time. */
  readonly milliseconds?: number;
}

const USUAL_MILLISECONDS = 120_000;
/** Time that passes for the page, in milliseconds, before it is printed: as fast as its work is done. */
const PAGE_MILLISECONDS = 20_000;
/** How much of what the browser complained about is repeated. */
const SHOWN_CHARACTERS = 300;

/**
 * Prints a page that needs nothing but itself.
 * @throws RunError when the browser does not print it, CancelledError when it is given up.
 */
export async function printPdf(html: string, printing: Printing): Promise<Buffer> {
  const { browser, folder, leastPages, signal, milliseconds = USUAL_MILLISECONDS } = printing;
  const page = join(folder, 'report.html');
  const output = join(folder, 'report.pdf');
  const home = join(folder, 'browser');
  await mkdir(home, { mode: 0o700 });
  await writeFile(page, html, { mode: 0o600, flag: 'wx' });
  if (signal?.aborted) throw new CancelledError();
  try {
    const { isTooSlow, complaint } = await runBrowser(browser, argumentsFor(page, output, home), {
      signal,
      milliseconds,
    });
    if (signal?.aborted) throw new CancelledError();
    const pdf = await readFile(output).catch((error: unknown) => {
      if (isAbsent(error)) return undefined;
      throw error;
    });
    if (pdf !== undefined && countPages(pdf) >= leastPages) return pdf;
    const reason = isTooSlow ? `it took longer than ${milliseconds / 1_000} seconds` : complaint;
    throw new RunError(`${browser} did not print the report${reason === '' ? '' : `: ${reason}`}`, {
      remedy: [
        'try another browser: --browser FILE, or the variable CHROME_PATH',
        'or write the report with --format html and print it from any browser',
      ],
    });
  } finally {
    // Its helpers may still be writing while they end.
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function argumentsFor(page: string, output: string, home: string): string[] {
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
    `--virtual-time-budget=${PAGE_MILLISECONDS}`,
    '--run-all-compositor-stages-before-draw',
    '--no-pdf-header-footer',
    `--print-to-pdf=${output}`,
    pathToFileURL(page).href,
  ];
}

interface Ending {
  readonly isTooSlow: boolean;
  /** What it said, in one line. */
  readonly complaint: string;
}

/** Runs until it ends by itself, is too slow or is given up. */
function runBrowser(
  browser: string,
  args: readonly string[],
  { signal, milliseconds }: { readonly signal: AbortSignal | undefined; readonly milliseconds: number },
): Promise<Ending> {
  const child: ChildProcess = spawn(browser, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: Buffer[] = [];
  let isTooSlow = false;
  const kill = () => child.kill('SIGKILL');
  const timer = setTimeout(() => {
    isTooSlow = true;
    kill();
  }, milliseconds);
  signal?.addEventListener('abort', kill, { once: true });
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise<Ending>((resolve) => {
    const end = (complaint: string) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
      resolve({ isTooSlow, complaint: printable(complaint.trim(), SHOWN_CHARACTERS) });
    };
    child.on('error', (error) => end(error.message));
    // Its helpers may hold the pipe open: `exit`, not `close`.
    child.on('exit', (code, killedBy) => {
      child.stderr?.destroy();
      const last = Buffer.concat(said).toString().trim().split('\n').at(-1) ?? '';
      end(code === 0 ? last : `it ended with ${killedBy ?? `exit code ${code}`} ${last}`);
    });
  });
}

/** As far as they can be seen from outside; Chromium does not pack them. */
function countPages(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
