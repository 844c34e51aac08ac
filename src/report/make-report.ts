import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../effects.ts';
import { RunError } from '../errors.ts';
import type { DataSource } from '../server/data-source.ts';
import { findBrowser } from './find-browser.ts';
import { htmlReport } from './html-report.ts';
import { jsonReport } from './json-report.ts';
import { markdownReport } from './markdown-report.ts';
import { COVER_QUESTIONS, CUSTOMER_QUESTIONS, SUMMARY_QUESTIONS } from './other-questions.ts';
import { printPdf } from './print-pdf.ts';
import { type QuestionsByPage, readReport } from './read-report.ts';
import { REPORT_QUESTIONS } from './report-questions.ts';
import type { MadeReport, ReportFormat, ReportOptions } from './report-types.ts';

/** What a report is made with. */
export interface ReportTools {
  readonly source: DataSource;
  readonly effects: Effects;
  /** Where the data should be, for people. */
  readonly place: string;
  /** Folder of the template that the web app was built into; undefined where it was not. */
  readonly templateDir: string | undefined;
  /** Gives the action a private folder that is gone afterwards. */
  withFolder<Result>(action: (folder: string) => Promise<Result>): Promise<Result>;
}

/**
 * Makes a report of what is published. The same snapshot gives the same bytes, a PDF aside, in which the browser puts the time.
 * @throws InputError before the first run and without a browser; RunError when a part of the program is not built.
 */
export async function makeReport(
  { format, customers = 'none', browser, signal }: ReportOptions,
  { source, effects, place, templateDir, withFolder }: ReportTools,
): Promise<MadeReport> {
  // What is missing is said before any work is done.
  const template = format === 'html' || format === 'pdf' ? await readTemplate(templateDir) : '';
  const printer = format === 'pdf' ? await findBrowser(browser, effects) : '';
  const asked = questionsOf(format);
  const questions = customers === 'none' ? asked : { ...asked, customers: Object.values(CUSTOMER_QUESTIONS) };
  const data = await readReport(source, { questions, customers, place, signal });
  const { asOf, snapshot: snapshotId } = data.snapshot;
  const content = await makeContent();
  return { format, snapshotId, asOf, content };

  async function makeContent(): Promise<Buffer> {
    if (format === 'md') return Buffer.from(markdownReport(data));
    if (format === 'json') return Buffer.from(jsonReport(data));
    if (format === 'html') return Buffer.from(htmlReport(data, template));
    const html = htmlReport(data, template, true);
    return withFolder((folder) => printPdf(html, { browser: printer, folder, signal }));
  }
}

function questionsOf(format: ReportFormat): QuestionsByPage {
  const summary = Object.values(SUMMARY_QUESTIONS);
  if (format === 'md') return { summary };
  const pages = { cover: COVER_QUESTIONS, ...REPORT_QUESTIONS };
  return format === 'json' ? { ...pages, summary } : pages;
}

async function readTemplate(templateDir: string | undefined): Promise<string> {
  const text =
    templateDir === undefined
      ? undefined
      : await readFile(join(templateDir, 'offline.html'), 'utf8').catch(() => undefined);
  if (text !== undefined) return text;
  throw new RunError('the web app of the report is not built', {
    remedy: ['build it: npm run build:dashboard', 'or write the report with --format md or json, which do not need it'],
  });
}
