import { Command } from 'commander';
import { campaignsMeasureCommand } from './campaigns-measure-command.ts';
import type { CliContext } from './context.ts';

/** `campaigns`: a group of commands. */
export function campaignsCommand(context: CliContext): Command {
  return new Command('campaigns')
    .description('what launched campaigns brought')
    .addCommand(campaignsMeasureCommand(context));
}
