import { Command } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { EXPORT_FORMATS, type ExportFormat, type ExportProgress, type ExportResult } from '../export/export-types.ts';
import { printable } from '../printable.ts';
import { exportCampaigns } from './campaign-export.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { seconds } from './format.ts';
import { renderTable } from './table.ts';

interface ExportFlags extends CommonOptions {
  readonly format: string;
  readonly out?: string;
  readonly exact?: boolean;
  readonly json?: boolean;
  readonly for?: string;
  readonly type?: readonly string[];
}

const HELP = `
Examples:
  $ marketing-pipeline export                                            everything, as CSV
  $ marketing-pipeline export campaign_targets customer_segments --out lists
  $ marketing-pipeline export business --format parquet
  $ marketing-pipeline export --format sqlite                            staging.db, warehouse.db, business.db
  $ marketing-pipeline export campaigns --for csv                        lists of campaigns, a file for each group
  $ marketing-pipeline export campaigns --for meta --type Win-Back       as the platform imports them`;

/** `export`: published tables as files for other programs. */
export function exportCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('export')
      .description('write published tables as files, all of one snapshot')
      .argument(
        '[tables...]',
        'tables as monthly_metrics or business.monthly_metrics, or layers (default: everything)',
      ),
  )
    .option('--format <format>', `${EXPORT_FORMATS.join(', ')}; json is one object a line`, 'csv')
    .option('--out <dir>', 'folder to write to (default: exports in the data folder)')
    .option('--exact', 'CSV: leave text as it is, also where a spreadsheet would take it for a formula')
    .option('--for <platform>', 'with campaigns: lists as klaviyo, mailchimp, google-ads, meta or csv takes them')
    .option('--type <types...>', 'with campaigns: only these, as Win-Back (default: all)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (tables: string[], flags: ExportFlags) => {
      const format = toFormat(flags.format);
      if (isForCampaigns(tables, flags)) return exportCampaigns(flags.for, flags, context);
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const progress = openProgress(context);
      let result: ExportResult;
      try {
        result = await pipeline.export({
          tables,
          format,
          exact: flags.exact === true,
          signal: context.signal,
          onProgress: progress.show,
          ...(flags.out === undefined ? {} : { outDir: flags.out }),
        });
      } finally {
        progress.close();
      }
      await context.stdout.write(flags.json === true ? `${JSON.stringify(result)}\n` : resultText(result, context));
    });
}

/** Whether the word `campaigns` is meant, which is no table. @throws UsageError for half of what it needs. */
function isForCampaigns(
  tables: readonly string[],
  flags: ExportFlags,
): flags is ExportFlags & { readonly for: string } {
  if (flags.for === undefined && tables.includes('campaigns')) {
    throw new UsageError('export campaigns needs --for: for whom the lists are', {
      remedy: [
        'for example: marketing-pipeline export campaigns --for klaviyo',
        'the table as it is: marketing-pipeline export campaign_targets',
      ],
    });
  }
  if (flags.for === undefined && flags.type === undefined) return false;
  if (flags.for === undefined || tables.join() !== 'campaigns') {
    throw new UsageError('--for and --type belong to campaigns, and to nothing else', {
      remedy: 'for example: marketing-pipeline export campaigns --for klaviyo --type Win-Back',
    });
  }
  if (flags.format !== 'csv') {
    throw new UsageError(`lists for ${flags.for} are CSV files: --format ${flags.format} is not possible`, {
      remedy: 'leave --format out; the table itself: marketing-pipeline export campaign_targets --format',
    });
  }
  return true;
}

function toFormat(text: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new UsageError(`"${text}" is not an export format${didYouMean(text, EXPORT_FORMATS)}`, {
    remedy: `one of ${EXPORT_FORMATS.join(', ')}`,
  });
}

/** One line on a terminal that is overwritten; nothing in a pipe. */
function openProgress({ stderr, stderrStream }: CliContext) {
  const clear = '\r\u001b[K';
  let shown = '';
  return {
    show: ({ table, rows, totalRows }: ExportProgress) => {
      if (!stderr.isTerminal || stderr.width === undefined) return;
      const text = `${table}  ${Math.floor((100 * rows) / Math.max(1, totalRows))} %`.slice(0, stderr.width - 1);
      if (text === shown) return;
      shown = text;
      stderrStream.write(`${clear}${text}`);
    },
    close: () => {
      if (shown !== '') stderrStream.write(clear);
    },
  };
}

function resultText({ outDir, files, rows, asOf, snapshotId, durationSeconds }: ExportResult, { stdout }: CliContext) {
  const table = renderTable(
    {
      columns: [
        { name: 'file', type: 'text' },
        { name: 'tables', type: 'integer' },
        { name: 'rows', type: 'integer' },
        { name: 'bytes', type: 'integer' },
      ],
      rows: files.map(({ name, tables, bytes }) => [
        name,
        tables.length,
        tables.reduce((sum, one) => sum + one.rows, 0),
        bytes,
      ]),
    },
    stdout.width,
  );
  const headline = `Wrote ${rows} rows to ${printable(outDir)} in ${seconds(durationSeconds)}`;
  return `${headline}, as of ${asOf}, snapshot ${snapshotId}\n\n${table}`;
}
