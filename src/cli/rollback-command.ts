import { Command } from 'commander';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';

interface RollbackFlags extends CommonOptions {
  readonly to?: string;
  readonly json?: boolean;
}

/** `rollback`: an earlier snapshot becomes the published one again. */
export function rollbackCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('rollback').description('publish an earlier snapshot again; nothing is copied or lost'),
  )
    .option('--to <snapshot>', 'which one (default: the one before the published one; status lists them)')
    .option('--json', 'print one JSON object')
    .action(async (flags: RollbackFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const { snapshotId, asOf } = await pipeline.rollback(flags.to);
      const text =
        flags.json === true ? JSON.stringify({ snapshotId, asOf }) : `Published again: ${snapshotId}, as of ${asOf}`;
      await context.stdout.write(`${text}\n`);
    });
}
