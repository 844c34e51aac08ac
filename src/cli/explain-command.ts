import { Command } from 'commander';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { explainText } from './explain-text.ts';

interface ExplainFlags extends CommonOptions {
  readonly json?: boolean;
}

const HELP = `
Ids are text: 00012 and 12 are two customers.

Examples:
  $ marketing-pipeline explain 123456
  $ marketing-pipeline explain -- 123456        behind -- an id may begin with a dash
  $ marketing-pipeline explain 123456 --json`;

/** `explain`: one customer in plain words. */
export function explainCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('explain')
      .description('print what is known and foreseen of one customer, in words, with the reasons')
      .argument('<customer>', 'customer id as it stands in the data'),
  )
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (customer: string, flags: ExplainFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const explanation = await pipeline.explain(customer);
      const text =
        flags.json === true
          ? JSON.stringify(explanation)
          : explainText(explanation, pipeline.config, context.stdout.width);
      await context.stdout.write(`${text}\n`);
    });
}
