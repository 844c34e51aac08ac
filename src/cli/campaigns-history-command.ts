import { Command } from 'commander';
import type { ResultSet } from '../engines/result-set.ts';
import type { Launch } from '../run/campaigns/launch-history.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { renderTable } from './table.ts';

interface HistoryFlags extends CommonOptions {
  readonly json?: boolean;
}

const HELP = `
Examples:
  $ marketing-pipeline campaigns history
  $ marketing-pipeline campaigns history --json`;

/** `campaigns history`: what was launched. */
export function campaignsHistoryCommand(context: CliContext): Command {
  return withCommonOptions(new Command('history').description('print the launches in the ledger, newest first'))
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (flags: HistoryFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const launches = pipeline.campaigns.history();
      const text = flags.json === true ? `${JSON.stringify({ launches })}\n` : historyText(launches, context);
      await context.stdout.write(text);
    });
}

function historyText(launches: readonly Launch[], { stdout }: CliContext): string {
  if (launches.length === 0) {
    return 'No campaign has been launched yet. Launch the lists with: marketing-pipeline campaigns launch\n';
  }
  return renderTable(historyTable(launches), stdout.width);
}

function historyTable(launches: readonly Launch[]): ResultSet {
  return {
    columns: [
      { name: 'launch', type: 'text' },
      { name: 'campaign', type: 'text' },
      { name: 'targets', type: 'integer' },
      { name: 'controls', type: 'integer' },
      { name: 'window ends', type: 'text' },
      { name: 'recorded', type: 'text' },
      { name: 'snapshot', type: 'text' },
    ],
    rows: launches.map(({ launchId, campaignType, targets, controls, windowEnds, launchedAt, snapshotId }) => [
      launchId,
      campaignType,
      targets,
      controls,
      windowEnds,
      launchedAt.slice(0, 19).replace('T', ' '),
      snapshotId,
    ]),
  };
}
