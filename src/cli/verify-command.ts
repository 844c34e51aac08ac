import { Command } from 'commander';
import type { FigureTables } from '../analytics/published/published-figures.ts';
import { UsageError } from '../errors.ts';
import { countOption } from './common-options.ts';
import type { CliContext } from './context.ts';
import type { SetExitCode } from './program.ts';
import { verifyText } from './verify-text.ts';

interface VerifyFlags {
  readonly cdnow?: string;
  readonly seed?: number;
  readonly json?: boolean;
}

/** The generator takes seeds of 32 bits, and five are used. */
const LARGEST_SEED = 2 ** 31 - 6;

const HELP = `
With --cdnow the figures of the papers are computed from the orders of CDNOW, which go through the
pipeline in a temporary folder: parameters, log-likelihoods, standard errors, the holdout, and what
the customers were worth in 2005. Without it single published evaluations are computed, and
parameters are recovered from simulated customers.
Exit code 0 when everything agrees within the stated tolerance, 1 otherwise.

Examples:
  $ marketing-pipeline verify
  $ marketing-pipeline verify --cdnow downloads/cdnow`;

/** `verify`: are the models right? Exit code 1 when a figure differs. `figures`: others than the published ones. */
export function verifyCommand(context: CliContext, setExitCode: SetExitCode, figures?: FigureTables): Command {
  return new Command('verify')
    .description('compute the published figures of the prediction models again and print paper, ours and difference')
    .option('--cdnow <dir>', 'folder with cdnow_sample_10pct.csv and cdnow_master.csv')
    .option('--seed <n>', 'first seed of the simulated customers (default: 1)', countOption('--seed', 0))
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async ({ cdnow, seed, json }: VerifyFlags) => {
      checkSeed(seed, cdnow);
      const { runVerify } = await import('../selftest/verify/verify.ts');
      const { effects, signal, stdout, stderr } = context;
      const lines: Promise<void>[] = [];
      const result = await runVerify({
        ...{ effects, signal },
        onProgress: (step) => void lines.push(stderr.write(`${step}\n`)),
        ...(cdnow === undefined ? {} : { cdnow }),
        ...(seed === undefined ? {} : { seed }),
        ...(figures === undefined ? {} : { figures }),
      });
      await Promise.all(lines);
      if (result.status === 'differs') setExitCode(1);
      await stdout.write(json === true ? `${JSON.stringify(result)}\n` : verifyText(result, stdout.width));
    });
}

function checkSeed(seed: number | undefined, cdnow: string | undefined): void {
  if (seed === undefined) return;
  if (cdnow !== undefined) {
    throw new UsageError('--seed has no meaning with --cdnow', {
      remedy: 'nothing is simulated where the orders of CDNOW are given: leave it out',
    });
  }
  if (seed > LARGEST_SEED) {
    throw new UsageError(`"${seed}" is too large for --seed`, { remedy: `a whole number from 0 to ${LARGEST_SEED}` });
  }
}
