import { Command } from 'commander';
import { printable } from '../printable.ts';
import { countResults } from '../quality/check-result.ts';
import { describeFailure } from '../quality/describe-failure.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import type { SetExitCode } from './program.ts';

interface CheckFlags extends CommonOptions {
  readonly json?: boolean;
}

/** `check`: the declared checks once more, on what is published. Exit code 3 when one of severity error fails. */
export function checkCommand(context: CliContext, setExitCode: SetExitCode): Command {
  return withCommonOptions(new Command('check').description('run all quality checks again on the published data'))
    .option('--json', 'print one JSON object')
    .action(async (flags: CheckFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const results = await pipeline.check();
      const totals = countResults(results);
      if (totals.failed > 0) setExitCode(3);
      if (flags.json === true) {
        await context.stdout.write(`${JSON.stringify({ ...totals, checks: results })}\n`);
        return;
      }
      const broken = results.filter(({ status }) => status !== 'passed');
      const lines = broken.flatMap((result) => {
        const [first = '', ...examples] = describeFailure(result);
        return [`${result.status.toUpperCase()}  ${first}`, ...examples];
      });
      const { total, passed, warned, failed } = totals;
      lines.push(`${passed} of ${total} checks passed, ${warned} warned, ${failed} failed`);
      await context.stdout.write(`${lines.map((line) => printable(line)).join('\n')}\n`);
    });
}
