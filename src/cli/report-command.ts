import { Command } from 'commander';
import type { Pipeline } from '../api/pipeline.ts';
import { publishedPlace } from '../api/published-place.ts';
import { InputError } from '../errors.ts';
import { printable } from '../printable.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { summaryText } from './summary-text.ts';

interface ReportFlags extends CommonOptions {
  readonly json?: boolean;
}

/** `report`: the figures of the published data. */
export function reportCommand(context: CliContext): Command {
  return withCommonOptions(new Command('report').description('print the report of the published data'))
    .option('--json', 'print one JSON object, the same as run --json')
    .action(async (flags: ReportFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      await printReport(pipeline, { json: flags.json === true }, context);
    });
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
