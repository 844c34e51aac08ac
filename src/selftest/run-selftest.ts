import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundledSample } from '../api/folders.ts';
import { type Effects, systemEffects } from '../effects.ts';
import { InputError } from '../errors.ts';
import { writeSample } from '../sample/sample-csv.ts';
import { type SampleTruth, sampleTruth } from '../sample/sample-truth.ts';
import { type EngineChoice, type IsolatedShop, withIsolatedShop } from './isolated-shop.ts';
import { runSteps } from './run-steps.ts';
import type { SelftestResult, SelftestStep } from './selftest-types.ts';
import { basicSteps, thoroughSteps } from './steps.ts';

export interface SelftestOptions {
  /** Orders of your own, relative to the working folder. Default: a small generated sample, or the bundled one. */
  readonly csvFile?: string;
  /** Default: DuckDB. On a server all is done in schemas of its own, which are dropped at the end. */
  readonly engine?: EngineChoice;
  readonly effects?: Effects;
  readonly signal?: AbortSignal;
  /** Told each step when it is over. */
  readonly onStep?: (step: SelftestStep) => void;
}

/** Enough for every kind of dirt and every segment, and done in a second or two. */
const QUICK_CUSTOMERS = 1_500;

/**
 * Tries the program out in a temporary folder, with default settings; no other data folder is touched.
 * `quick` runs over a small sample whose truth is known and compares the figures; `comprehensive` runs over the bundled
 * sample and goes through repeated runs, appends, skipped layers, rollback and all exports as well. A step that fails
 * is part of the result, not an error.
 * @throws InputError when `csvFile` is not there, CancelledError when cancelled.
 */
export async function runSelftest(
  mode: SelftestResult['mode'],
  { csvFile, engine, effects = systemEffects(), signal, onStep }: SelftestOptions = {},
): Promise<SelftestResult> {
  const start = effects.monotonicMs();
  const given = csvFile === undefined ? undefined : existingFile(resolve(effects.cwd, csvFile));
  return withIsolatedShop({ effects, engine }, async (shop) => {
    const { input, truth } = await chooseInput(mode, given, shop);
    const bench = { ...shop, input, truth, signal };
    const steps = [...basicSteps(bench), ...(mode === 'comprehensive' ? thoroughSteps(bench) : [])];
    const results = await runSteps(steps, {
      effects,
      ...(signal === undefined ? {} : { signal }),
      ...(onStep === undefined ? {} : { onStep }),
    });
    return {
      mode,
      status: results.every(({ status }) => status === 'passed') ? 'passed' : 'failed',
      durationSeconds: (effects.monotonicMs() - start) / 1000,
      steps: results,
    };
  });
}

function existingFile(path: string): string {
  if (existsSync(path)) return path;
  throw new InputError(`${path} is not there`, { remedy: 'give the path of a file with orders to --csv-file' });
}

async function chooseInput(
  mode: SelftestResult['mode'],
  given: string | undefined,
  { folder }: IsolatedShop,
): Promise<{ readonly input: string; readonly truth: SampleTruth | undefined }> {
  if (given !== undefined) return { input: given, truth: undefined };
  if (mode === 'comprehensive') return { input: bundledSample(), truth: sampleTruth() };
  const input = join(folder, 'sample.csv');
  return { input, truth: await writeSample(input, { customers: QUICK_CUSTOMERS }) };
}
