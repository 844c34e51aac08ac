import { Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { type BudgetFlags, budgetOptions } from './campaigns-options.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';

interface PlanFlags extends CommonOptions, BudgetFlags {
  readonly type?: readonly string[];
  readonly json?: boolean;
}

const HELP = `
Those with the most value at stake come first. Customers of a control group are never addressed.

Examples:
  $ marketing-pipeline campaigns plan --budget 500 --cost-per-contact 0.25
  $ marketing-pipeline campaigns plan --budget 2000 --cost-per-contact 4 --type Win-Back --type Retention
  $ marketing-pipeline campaigns plan --budget 500 --cost-per-contact 0.25 --set grossMargin=0.4`;

/** `campaigns plan`: whom a budget pays for, and what the campaign must bring. */
export function campaignsPlanCommand(context: CliContext): Command {
  const [budget, cost] = budgetOptions();
  const command = withCommonOptions(
    new Command('plan').description('choose whom to address within a budget; print what the campaign must bring'),
  );
  for (const option of [budget, cost]) if (option !== undefined) command.addOption(option);
  return command
    .addOption(
      new Option('--type <campaign>', 'a campaign to choose from, may be repeated (default: all)').argParser(
        (value: string, before: readonly string[] = []) => [...before, value],
      ),
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (flags: PlanFlags) => {
      const { budget: money, costPerContact, type: types = [] } = flags;
      if (money === undefined || costPerContact === undefined) {
        throw new UsageError('a plan needs a budget and a cost per contact', {
          remedy: 'for example: marketing-pipeline campaigns plan --budget 500 --cost-per-contact 0.25',
        });
      }
      const { Pipeline } = await import('../api/pipeline.ts');
      const { campaignPlanText } = await import('./campaigns-plan-text.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const plan = await pipeline.campaigns.plan({ budget: money, costPerContact, types });
      const text =
        flags.json === true ? JSON.stringify(plan) : campaignPlanText(plan, pipeline.config, context.stdout.width);
      await context.stdout.write(`${text}\n`);
    });
}
