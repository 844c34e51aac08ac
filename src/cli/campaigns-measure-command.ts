import { Command } from 'commander';
import { campaignsMeasureText } from './campaigns-measure-text.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';

interface MeasureFlags extends CommonOptions {
  readonly json?: boolean;
}

const HELP = `
Targets are compared with controls, whether they were contacted or not. How to read it: docs/measuring.md

Examples:
  $ marketing-pipeline campaigns measure
  $ marketing-pipeline campaigns measure --json`;

/** `campaigns measure`: what each launched campaign brought, in words, with intervals. */
export function campaignsMeasureCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('measure').description(
      'print what launched campaigns brought, with intervals, or that it cannot be told',
    ),
  )
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (flags: MeasureFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const readouts = await pipeline.campaigns.measure();
      const text =
        flags.json === true
          ? JSON.stringify(readouts)
          : campaignsMeasureText(readouts, pipeline.config, context.stdout.width);
      await context.stdout.write(`${text}\n`);
    });
}
