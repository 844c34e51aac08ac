import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import type { SetExitCode } from './program.ts';
import { cleanupText, selftestText, stepText, warehouseText } from './selftest-text.ts';

interface SelftestFlags extends CommonOptions {
  readonly quick?: boolean;
  readonly comprehensive?: boolean;
  readonly debugWarehouse?: boolean;
  readonly cleanup?: boolean;
  readonly csvFile?: string;
  readonly json?: boolean;
}

const MODES = ['quick', 'comprehensive', 'debugWarehouse', 'cleanup'] as const;
type Mode = (typeof MODES)[number];

const HELP = `
--quick and --comprehensive work with default settings in a temporary folder of their own and touch no other data.
With --engine postgres they try your server: in schemas of their own, which are dropped at the end.
--data-dir, --config and --set are for --debug-warehouse and --cleanup.`;

/** `selftest`: does this installation do what it promises? Exit code 1 when it does not. */
export function selftestCommand(context: CliContext, setExitCode: SetExitCode): Command {
  return withCommonOptions(new Command('selftest').description('try the program out in a temporary folder'))
    .option('--quick', 'run over a small sample of known truth and compare the figures (default; seconds)')
    .option('--comprehensive', 'run over the bundled sample; also appends, skipped layers, rollback, all exports')
    .option('--debug-warehouse', 'print tables, columns, key checks and first rows of the published data')
    .option('--cleanup', 'remove what killed runs, exports and self-tests have left behind')
    .option('--csv-file <file>', 'orders of your own instead of the sample')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (flags: SelftestFlags) => {
      const mode = toMode(flags);
      if (mode === 'debugWarehouse') return debug(flags, context, setExitCode);
      if (mode === 'cleanup') return cleanUpAll(flags, context);
      const { runSelftest } = await import('../selftest/run-selftest.ts');
      const lines: Promise<void>[] = [];
      const result = await runSelftest(mode, {
        effects: context.effects,
        signal: context.signal,
        // Only the command line chooses it: a self-test is the same wherever it is started.
        engine: pipelineOptions(flags, context).settings ?? {},
        ...(flags.csvFile === undefined ? {} : { csvFile: flags.csvFile }),
        ...(flags.json === true ? {} : { onStep: (step) => void lines.push(context.stdout.write(stepText(step))) }),
      });
      await Promise.all(lines);
      if (result.status === 'failed') setExitCode(1);
      await context.stdout.write(flags.json === true ? `${JSON.stringify(result)}\n` : selftestText(result));
    });
}

function toMode(flags: SelftestFlags): Mode {
  const [mode = 'quick', second] = MODES.filter((name) => flags[name] === true);
  if (second !== undefined) {
    throw new UsageError(`${flagOf(mode)} and ${flagOf(second)} do not go together`, { remedy: 'give one of them' });
  }
  if (mode === 'cleanup' && flags.csvFile !== undefined) {
    throw new UsageError('--csv-file has no meaning with --cleanup', { remedy: 'leave it out' });
  }
  if (mode === 'quick' || mode === 'comprehensive') {
    const given = (['dataDir', 'config', 'set'] as const).find((name) => flags[name] !== undefined);
    if (given !== undefined) {
      throw new UsageError(`${flagOf(given)} has no meaning with ${flagOf(mode)}`, {
        remedy: 'the self-test works with default settings in a folder of its own: leave it out',
      });
    }
  }
  return mode;
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Published data if there is any and no file is given; else that of a temporary run. */
async function debug(flags: SelftestFlags, context: CliContext, setExitCode: SetExitCode): Promise<void> {
  const { Pipeline } = await import('../api/pipeline.ts');
  const { debugWarehouse, debugTemporaryRun } = await import('../selftest/debug-warehouse.ts');
  const { effects, signal, stdout, stderr } = context;
  const pipeline = await Pipeline.open(pipelineOptions(flags, context));
  const published = flags.csvFile === undefined ? await debugWarehouse(pipeline) : undefined;
  if (published === undefined) await stderr.write('note: this is the data of a temporary run\n');
  const { engine, connection, passwordFile } = pipeline.config;
  const choice = { engine, connection, passwordFile };
  const report = published ?? (await debugTemporaryRun({ csvFile: flags.csvFile, engine: choice, effects, signal }));
  const isBroken = report.tables.some(({ keyChecks, checkError, rows, publishedRows }) => {
    return checkError !== undefined || rows !== publishedRows || keyChecks.some(({ status }) => status === 'failed');
  });
  if (isBroken) setExitCode(1);
  await stdout.write(flags.json === true ? `${JSON.stringify(report)}\n` : warehouseText(report, stdout.width));
}

async function cleanUpAll(flags: SelftestFlags, context: CliContext): Promise<void> {
  const { Pipeline } = await import('../api/pipeline.ts');
  const { cleanUp } = await import('../selftest/clean-up.ts');
  const report = await cleanUp(await Pipeline.open(pipelineOptions(flags, context)));
  await context.stdout.write(flags.json === true ? `${JSON.stringify(report)}\n` : cleanupText(report));
}
