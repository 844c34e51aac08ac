import { Command } from 'commander';
import { printable } from '../printable.ts';
import { countOption } from './common-options.ts';
import type { CliContext } from './context.ts';

interface SampleFlags {
  readonly customers?: number;
  readonly seed?: number;
  readonly start?: string;
  readonly end?: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `sample`: a simulated shop with known truth. */
export function sampleCommand(context: CliContext): Command {
  return new Command('sample')
    .description('write the orders of a simulated shop whose truth is known, the same for the same seed')
    .option('--customers <n>', 'customers (default: as the bundled sample)', countOption('--customers'))
    .option('--seed <n>', 'seed of the random numbers', countOption('--seed', 0))
    .option('--start <date>', 'first day, YYYY-MM-DD')
    .option('--end <date>', 'last day, YYYY-MM-DD')
    .option('--out <file>', 'file to write', 'sample_orders.csv')
    .option('--json', 'print the truth as one JSON object')
    .action(async ({ customers, seed, start, end, out, json }: SampleFlags) => {
      const { resolve } = await import('node:path');
      const { writeSample } = await import('../sample/sample-csv.ts');
      const truth = await writeSample(resolve(context.effects.cwd, out), {
        ...(customers === undefined ? {} : { customers }),
        ...(seed === undefined ? {} : { seed }),
        ...(start === undefined ? {} : { startDate: start }),
        ...(end === undefined ? {} : { endDate: end }),
      });
      const text =
        json === true
          ? JSON.stringify(truth)
          : `Wrote ${printable(out)}. Load it with: marketing-pipeline run ${printable(out)}`;
      await context.stdout.write(`${text}\n`);
    });
}
