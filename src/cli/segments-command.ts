import { Command } from 'commander';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { segmentsText } from './segments-text.ts';

interface SegmentsFlags extends CommonOptions {
  readonly json?: boolean;
}

const HELP = `
What the columns mean stands in docs/segments.md; the same as tables: business.segment_profiles,
business.segment_history, business.segment_migration, business.customer_segments.

Examples:
  $ marketing-pipeline segments
  $ marketing-pipeline segments --json
  $ marketing-pipeline query "select * from business.segment_history where customer_segment = 'At Risk'"`;

/** `segments`: what the segments are like, and who moves between them. */
export function segmentsCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('segments').description(
      'print what each segment is like, and who moved in the last month and since the last run',
    ),
  )
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (flags: SegmentsFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const report = await pipeline.segments();
      const text =
        flags.json === true ? JSON.stringify(report) : segmentsText(report, pipeline.config, context.stdout.width);
      await context.stdout.write(`${text}\n`);
    });
}
