import { Command } from 'commander';
import type { Pipeline } from '../api/pipeline.ts';
import { publishedPlace } from '../api/published-place.ts';
import { didYouMean } from '../did-you-mean.ts';
import { InputError, UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import { CUSTOMER_DETAILS, type CustomerDetail } from '../report/customer-detail.ts';
import { REPORT_FORMATS, type ReportFormat } from '../report/report-types.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { summaryText } from './summary-text.ts';

interface ReportFlags extends CommonOptions {
  readonly format: string;
  readonly output?: string;
  readonly customers?: string | true;
  readonly browser?: string;
  readonly json?: boolean;
}

const FORMATS = ['text', ...REPORT_FORMATS] as const;

const HELP = `
text is printed. The other formats are written to a file: html is the web app in one file that needs no server and no
network; pdf is the same, printed by a Chromium, Chrome or Edge that is found on this machine.

Examples:
  $ marketing-pipeline report
  $ marketing-pipeline report --format html                         report-<as-of date>.html in this folder
  $ marketing-pipeline report --format html --customers --output lists.html
  $ marketing-pipeline report --format json --output -              to the standard output`;

/** `report`: the figures of the published data, on the terminal or as a file for others. */
export function reportCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('report').description('print the report of the published data, or write it as one file for others'),
  )
    .option('--format <format>', FORMATS.join(', '), 'text')
    .option('--output <file>', 'file to write; - for the standard output (default: report-<as-of date>.<format>)')
    .option(
      '--customers [how]',
      'also list single customers: pseudonyms numbers them (the default of the option), ids names them',
    )
    .option('--browser <file>', 'pdf: the browser that prints (default: CHROME_PATH, or one that is found)')
    .option('--json', 'text: print one JSON object, the same as run --json; else: what was written, as JSON')
    .addHelpText('after', HELP)
    .action(async (flags: ReportFlags) => {
      const format = toFormat(flags.format);
      const customers = toDetail(flags.customers);
      refuseForText(format, flags);
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      if (format === 'text') return printReport(pipeline, { json: flags.json === true }, context);
      const { output, browser } = flags;
      const options = { format, customers, browser, signal: context.signal };
      if (output === '-') return printContent((await pipeline.makeReport(options)).content, format, context);
      const written = await pipeline.writeReport({ ...options, output });
      const { path, bytes, asOf, snapshotId } = written;
      const text = `Wrote ${printable(path)}: ${megabytes(bytes)}, as of ${asOf}, snapshot ${snapshotId}`;
      await context.stdout.write(`${flags.json === true ? JSON.stringify(written) : text}\n`);
    });
}

function toFormat(text: string): ReportFormat | 'text' {
  const format = FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new UsageError(`"${text}" is not a format of reports${didYouMean(text, FORMATS)}`, {
    remedy: `one of ${FORMATS.join(', ')}`,
  });
}

function toDetail(given: string | true | undefined): CustomerDetail {
  if (given === undefined) return 'none';
  const detail = given === true ? 'pseudonyms' : CUSTOMER_DETAILS.find((known) => known === given);
  if (detail !== undefined) return detail;
  throw new UsageError(`"${given}" is not a way to list customers`, {
    remedy: `--customers, or --customers with one of ${CUSTOMER_DETAILS.join(', ')}`,
  });
}

/** @throws UsageError for options that would do nothing. */
function refuseForText(format: ReportFormat | 'text', { output, customers, browser }: ReportFlags): void {
  if (browser !== undefined && format !== 'pdf') {
    throw new UsageError('--browser belongs to --format pdf', { remedy: 'no other format is printed by a browser' });
  }
  if (format !== 'text' || (output === undefined && customers === undefined)) return;
  throw new UsageError(`${output === undefined ? '--customers' : '--output'} does not belong to --format text`, {
    remedy: `say which file it is to be: --format ${REPORT_FORMATS.join(', ')}`,
  });
}

/** Bytes as they are: a PDF is no text. */
async function printContent(content: Buffer, format: ReportFormat, { stdout }: CliContext): Promise<void> {
  if (format === 'pdf' && stdout.isTerminal) {
    throw new UsageError('a PDF is not for a terminal', { remedy: 'send it to a file or to another program' });
  }
  await stdout.write(content);
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** @throws InputError before the first run. */
export async function printReport(
  pipeline: Pipeline,
  { json }: { readonly json: boolean },
  { stdout }: CliContext,
): Promise<void> {
  const summary = await pipeline.report();
  if (summary === undefined) {
    throw new InputError(`nothing has been published in ${publishedPlace(pipeline.config)} yet`, {
      remedy: 'run the pipeline first: marketing-pipeline run FILE',
    });
  }
  if (json) {
    await stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  const { asOf, snapshotId } = summary;
  const headline = `Published data of ${printable(pipeline.config.dataDir)}, as of ${asOf}, snapshot ${snapshotId}`;
  await stdout.write(`${headline}\n\n${summaryText(summary, pipeline.config)}\n`);
}
