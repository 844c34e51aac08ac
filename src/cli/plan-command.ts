import { Command } from 'commander';
import { printable } from '../printable.ts';
import type { RunListener } from '../run/events.ts';
import { changesText } from './changes-text.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import {
  filesAfterMap,
  type ReadingFlags,
  readingSettings,
  type TableFlags,
  withReadingFlags,
  withTableFlag,
} from './reading-flags.ts';

interface PlanFlags extends CommonOptions, ReadingFlags, TableFlags {
  readonly asOf?: string;
  readonly append?: boolean;
  readonly json?: boolean;
}

const HELP = `
The run is built to its end in a private folder and thrown away: it takes about as long as a run, longer where code,
settings and data have all changed. The published data and the run history stay as they are. The steps of a run,
without building anything: marketing-pipeline run --dry-run.

Examples:
  $ marketing-pipeline plan --set lostDays=400               other settings on the published records
  $ marketing-pipeline plan orders.csv                       files in the place of those that are published
  $ marketing-pipeline plan may.csv.gz --append              files added to them
  $ marketing-pipeline plan may.csv.gz --append --json`;

/** `plan`: who would change segment, and why, before it is published. */
export function planCommand(context: CliContext): Command {
  const command = withCommonOptions(
    new Command('plan')
      .description('say how many customers a run would move to another segment, and why; publishes nothing')
      .argument('[files...]', 'as for run; none: the published records once more'),
  )
    .option('--as-of <date>', 'the day that counts as today, YYYY-MM-DD (default: the last date in the data)')
    .option('--append', 'keep what was loaded before and add the files')
    .option('--json', 'print one JSON object on stdout, nothing else');
  return withReadingFlags(withTableFlag(command))
    .addHelpText('after', HELP)
    .action(async (given: string[], flags: PlanFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const named = { asOf: flags.asOf, ...readingSettings(flags) };
      const pipeline = await Pipeline.open(pipelineOptions(flags, context, named));
      const listener: RunListener = (event) => {
        if (event.type === 'notice') void context.stderr.write(`note: ${printable(event.message)}\n`);
      };
      const changes = await pipeline.planChanges([...given, ...filesAfterMap(flags)], {
        sourceTables: flags.sourceTable ?? [],
        append: flags.append === true,
        signal: context.signal,
        listener,
      });
      const text =
        flags.json === true ? JSON.stringify(changes) : changesText(changes, pipeline.config, context.stdout.width);
      await context.stdout.write(`${text}\n`);
    });
}
