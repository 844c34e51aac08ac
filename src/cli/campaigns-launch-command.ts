import { Command } from 'commander';
import type { LaunchResult } from '../api/campaigns/campaigns.ts';
import { printable } from '../printable.ts';
import { type BudgetFlags, budgetOptions } from './campaigns-options.ts';
import { type CommonOptions, givenOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { renderTable } from './table.ts';

interface LaunchFlags extends CommonOptions, BudgetFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const HELP = `
A launch records who was assigned to which group, so that later orders can be measured and nobody is addressed too often.
It sends nothing. With a budget only those of the plan are launched, with the control customers of the same worth.

Examples:
  $ marketing-pipeline campaigns launch --dry-run                                          all lists
  $ marketing-pipeline campaigns launch Win-Back Loyalty
  $ marketing-pipeline campaigns launch Retention --budget 500 --cost-per-contact 4`;

/** `campaigns launch`: the lists go into the ledger. */
export function campaignsLaunchCommand(context: CliContext): Command {
  const command = withCommonOptions(
    new Command('launch')
      .description('record campaign lists in the ledger: who is to be addressed and who is left alone')
      .argument('[campaigns...]', 'which campaigns (default: all on the list)'),
  );
  for (const option of budgetOptions()) command.addOption(option);
  return command
    .option('--dry-run', 'print what would be recorded, and record nothing')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (types: string[], flags: LaunchFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const { budget, costPerContact } = flags;
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const result = await pipeline.campaigns.launch({
        types,
        dryRun: flags.dryRun === true,
        ...(budget === undefined ? {} : { budget }),
        ...(costPerContact === undefined ? {} : { costPerContact }),
      });
      const text = flags.json === true ? `${JSON.stringify(result)}\n` : launchText(result, flags, context);
      await context.stdout.write(text);
    });
}

function launchText(result: LaunchResult, flags: LaunchFlags, { stdout }: CliContext): string {
  const { campaigns, snapshotId, asOf, dryRun } = result;
  if (campaigns.length === 0) {
    return 'Nobody is on these lists; nothing was launched. Who was launched lately rests: marketing-pipeline campaigns history\n';
  }
  const table = renderTable(
    {
      columns: [
        { name: 'launch', type: 'text' },
        { name: 'campaign', type: 'text' },
        { name: 'targets', type: 'integer' },
        { name: 'controls', type: 'integer' },
        { name: 'recorded', type: 'text' },
      ],
      rows: campaigns.map(({ launchId, campaignType, targets, controls, isNew }) => [
        launchId,
        campaignType,
        targets,
        controls,
        isNew ? (dryRun ? 'not yet: a dry run' : 'now') : 'before; nothing was changed',
      ]),
    },
    stdout.width,
  );
  const isNew = campaigns.some((campaign) => campaign.isNew);
  const options = givenOptions(flags);
  const next =
    isNew && !dryRun
      ? `\nLeave the control groups alone. The lists:\n  npx marketing-pipeline export campaigns --for csv${printable(options)}\n`
      : '';
  return `Lists of ${asOf}, snapshot ${snapshotId}\n\n${table}${next}`;
}
