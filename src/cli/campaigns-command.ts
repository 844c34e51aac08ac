import { Command } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { campaignsHistoryCommand } from './campaigns-history-command.ts';
import { campaignsLaunchCommand } from './campaigns-launch-command.ts';
import { campaignsMeasureCommand } from './campaigns-measure-command.ts';
import { campaignsPlanCommand } from './campaigns-plan-command.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';

interface CampaignsFlags extends CommonOptions {
  readonly json?: boolean;
}

const HELP = `
Examples:
  $ marketing-pipeline campaigns                                             who is on which list
  $ marketing-pipeline campaigns plan --budget 500 --cost-per-contact 0.25   whom a budget pays for
  $ marketing-pipeline campaigns launch --dry-run                            what a launch would record
  $ marketing-pipeline campaigns history                                     what was launched
  $ marketing-pipeline campaigns measure                                     what it brought`;

/** `campaigns`: the lists, and a group of commands around them. */
export function campaignsCommand(context: CliContext): Command {
  const group = withCommonOptions(
    new Command('campaigns').description(
      'print the campaign lists and what each can teach; plan, launch and measure them',
    ),
  )
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .enablePositionalOptions()
    .allowExcessArguments()
    .helpCommand(false);
  const parts = [
    campaignsPlanCommand(context),
    campaignsLaunchCommand(context),
    campaignsHistoryCommand(context),
    campaignsMeasureCommand(context),
  ];
  for (const part of parts) group.addCommand(part);
  return group.action(async (flags: CampaignsFlags) => {
    const [unknown] = group.args;
    if (unknown !== undefined) {
      const names = parts.map((part) => part.name());
      throw new UsageError(`there is no command "campaigns ${unknown}"${didYouMean(unknown, names)}`, {
        remedy: `the commands are campaigns, ${names.map((name) => `campaigns ${name}`).join(', ')}`,
      });
    }
    const { Pipeline } = await import('../api/pipeline.ts');
    const { campaignListsText } = await import('./campaigns-text.ts');
    const pipeline = await Pipeline.open(pipelineOptions(flags, context));
    const lists = await pipeline.campaigns.list();
    const text =
      flags.json === true ? JSON.stringify(lists) : campaignListsText(lists, pipeline.config, context.stdout.width);
    await context.stdout.write(`${text}\n`);
  });
}
