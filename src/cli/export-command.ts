import { Command } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { EXPORT_FORMATS, type ExportFormat, type ExportProgress, type ExportResult } from '../export/export-types.ts';
import { printable } from '../printable.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { seconds } from './format.ts';
import { renderTable } from './table.ts';

interface ExportFlags extends CommonOptions {
  readonly format: string;
  readonly out?: string;
  readonly exact?: boolean;
  readonly json?: boolean;
}

const HELP = `
Examples:
  $ marketing-pipeline export                                            everything, as CSV
  $ marketing-pipeline export campaign_targets customer_segments --out lists
  $ marketing-pipeline export business --format parquet
  $ marketing-pipeline export --format sqlite                            staging.db, warehouse.db, business.db`;

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
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (tables: string[], flags: ExportFlags) => {
      const format = toFormat(flags.format);
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
