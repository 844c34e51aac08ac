import { Command } from 'commander';
import type { Pipeline } from '../api/pipeline.ts';
import { publishedPlace } from '../api/published-place.ts';
import { unusedConnectionWarnings } from '../config/unused-connection.ts';
import { didYouMean } from '../did-you-mean.ts';
import { isLayer, LAYERS, type Layer } from '../engines/layer.ts';
import { UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { RunListener } from '../run/events.ts';
import type { RunSummary } from '../run/summary.ts';
import { type CommonOptions, givenOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { seconds } from './format.ts';
import { printPlan } from './plan-text.ts';
import {
  filesAfterMap,
  type ReadingFlags,
  readingSettings,
  type TableFlags,
  withReadingFlags,
  withTableFlag,
} from './reading-flags.ts';
import { printReport } from './report-command.ts';
import { summaryText } from './summary-text.ts';

interface RunFlags extends CommonOptions, ReadingFlags, TableFlags {
  readonly allowSchemaDrift?: boolean;
  readonly asOf?: string;
  readonly append?: boolean;
  readonly skipLayers?: readonly string[];
  readonly reportOnly?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly logLevel?: string;
}

const HELP = `
Examples:
  $ marketing-pipeline run                                   the bundled sample
  $ marketing-pipeline run orders.csv                        replaces what was loaded before
  $ marketing-pipeline run may.csv.gz --append               adds to it; orders that changed are replaced
  $ marketing-pipeline run shop.xlsx --date-format DD/MM/YYYY --timezone Europe/Berlin
  $ marketing-pipeline run shop.csv --map date="Order Date" amount="Quantity*UnitPrice"
  $ marketing-pipeline run "exports/*.csv" --as-of 2025-06-30
  $ marketing-pipeline run --source-table shop.orders --connection postgres://shop@localhost/shop
  $ marketing-pipeline run --skip-layers staging warehouse   builds the business layer only
  $ marketing-pipeline run orders.csv --json > summary.json`;

/** `run`: orders in, published layers out. */
export function runCommand(context: CliContext): Command {
  const command = withCommonOptions(
    new Command('run')
      .description('load orders, build and check all layers, and publish them as a whole')
      .argument(
        '[files...]',
        'exports of orders (CSV, TSV, Excel, JSON, Parquet, zip, gz) and globs; none: the bundled sample',
      ),
  )
    .option('--as-of <date>', 'the day that counts as today, YYYY-MM-DD (default: the last date in the data)')
    .option('--append', 'keep what was loaded before and add the files')
    .option('--skip-layers <layers...>', 'take staging, or staging and warehouse, as published')
    .option('--report-only', 'process nothing, print the report of the published data')
    .option('--dry-run', 'print what would be done, and do nothing')
    .option('--json', 'print one JSON object on stdout, nothing else')
    .option('--quiet', 'print nothing but errors')
    .option('--log-level <level>', 'of data/logs/pipeline.log: debug, info, warn or error (default: info)')
    .option('--allow-schema-drift', 'append a file even if its columns are not those of any file before');
  return withReadingFlags(withTableFlag(command))
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: RunFlags) => runOrders([...files, ...filesAfterMap(flags)], flags, context));
}

/** Runs over files as the command does with these flags. */
export async function runOrders(files: readonly string[], flags: RunFlags, context: CliContext): Promise<void> {
  const { Pipeline } = await import('../api/pipeline.ts');
  const { asOf, logLevel } = flags;
  const schemaDrift = flags.allowSchemaDrift === true ? 'allow' : undefined;
  const named = { asOf, logLevel, schemaDrift, ...readingSettings(flags) };
  const pipeline = await Pipeline.open(pipelineOptions(flags, context, named));
  const sourceTables = flags.sourceTable ?? [];
  const { loadedConfig } = pipeline;
  const unused = sourceTables.length === 0 ? unusedConnectionWarnings(loadedConfig) : [];
  for (const warning of [...loadedConfig.warnings, ...unused]) {
    await context.stderr.write(`note: ${printable(warning)}\n`);
  }
  if (flags.reportOnly === true) return printReport(pipeline, { json: flags.json === true }, context);
  const skipLayers = (flags.skipLayers ?? []).flatMap((text) => text.split(',')).map(toLayer);
  const options = { sourceTables, append: flags.append === true, skipLayers };
  if (flags.dryRun === true) return printPlan(await pipeline.plan(files, options), flags.json === true, context);
  if (skipLayers.includes('staging') && files.length + sourceTables.length > 0 && flags.quiet !== true) {
    const unread = files.length > 0 ? 'files' : 'tables';
    await context.stderr.write(`note: the ${unread} are not read, because staging is skipped\n`);
  }
  const progress = await openProgress(flags, context);
  let summary: RunSummary;
  try {
    summary = await pipeline.run(files, { ...options, signal: context.signal, listener: progress.listener });
  } finally {
    await progress.close();
  }
  await printSummary(summary, pipeline, flags, context);
}

function toLayer(text: string): Layer {
  if (isLayer(text)) return text;
  throw new UsageError(`"${text}" is not a layer${didYouMean(text, LAYERS)}`, {
    remedy: ['layers are staging, warehouse and business', 'put files before --skip-layers'],
  });
}

interface Progress {
  readonly listener: RunListener;
  close(): Promise<void>;
}

/** Drawn on a terminal whose width is known; a pipe gets the notices, --quiet nothing. */
async function openProgress({ quiet }: RunFlags, { stderr, stderrStream, effects }: CliContext): Promise<Progress> {
  if (quiet === true) return { listener: () => {}, close: async () => {} };
  if (stderr.isTerminal && stderr.width !== undefined) {
    const { TerminalProgress } = await import('./terminal-progress.ts');
    return new TerminalProgress(stderrStream, effects.env);
  }
  const listener: RunListener = (event) => {
    if (event.type === 'notice') void stderr.write(`note: ${printable(event.message)}\n`);
  };
  return { listener, close: async () => {} };
}

async function printSummary(
  summary: RunSummary,
  { config }: Pipeline,
  flags: RunFlags,
  { stdout }: CliContext,
): Promise<void> {
  const { json, quiet } = flags;
  if (json === true) {
    await stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  if (quiet === true) return;
  const headline = summary.changed
    ? `Pipeline completed successfully in ${seconds(summary.durationSeconds)}`
    : `Nothing new: the published data stays as it is (${seconds(summary.durationSeconds)})`;
  const next = [
    'query "select * from business.monthly_metrics"',
    'query "select * from business.campaign_targets where priority_level = 1"',
    'serve',
    'export --format csv',
    'status',
  ].map((command) => `  npx marketing-pipeline ${command}${givenOptions(flags)}\n`);
  await stdout.write(
    `${headline}, as of ${summary.asOf}\n\n${summaryText(summary, config)}\n\n` +
      `Published in ${printable(publishedPlace(config))} as ${summary.snapshotId}. Next:\n${next.join('')}`,
  );
}
