import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { purchaseModels } from '../../analytics/fit.ts';
import {
  bgNbdLogLikelihoods,
  cdnowEvidence,
  type LogLikelihoods,
  type Pace,
} from '../../analytics/published/cdnow-evidence.ts';
import { type ComparedFigure, compareFigure } from '../../analytics/published/published-figure.ts';
import { type FigureTables, publishedFigures } from '../../analytics/published/published-figures.ts';
import { type Effects, systemEffects } from '../../effects.ts';
import { CancelledError } from '../../errors.ts';
import { cdnowHistories, findCdnowFiles } from './cdnow-histories.ts';
import { type RecoveryResult, recoveryOf } from './recovery.ts';

export interface VerifyOptions {
  /** Folder with the files of CDNOW, relative to the working folder. Without it simulations take their place. */
  readonly cdnow?: string;
  /** First of the five seeds of the simulations. Default 1. */
  readonly seed?: number;
  /** Default: everything that is published and known here. */
  readonly figures?: FigureTables;
  readonly effects?: Effects;
  readonly signal?: AbortSignal;
  /** Told each step that takes a while before it begins. */
  readonly onProgress?: (step: string) => void;
}

export interface VerifyResult {
  /** `agrees`: every figure within its tolerance, every simulation recovered. */
  readonly status: 'agrees' | 'differs';
  /** Whether the log of CDNOW was there. */
  readonly withCdnow: boolean;
  readonly figures: readonly ComparedFigure[];
  /** Whose maximum is higher; empty without the log. */
  readonly logLikelihoods: readonly LogLikelihoods[];
  /** Empty with the log. */
  readonly recovery: readonly RecoveryResult[];
  readonly durationSeconds: number;
}

const DEFAULT_SEED = 1;

/**
 * Computes what others have published about the models again. A figure that differs is part of the result, not an error.
 * @throws InputError when the files are not there, CancelledError when cancelled.
 */
export async function runVerify({
  cdnow,
  seed = DEFAULT_SEED,
  figures = publishedFigures,
  effects = systemEffects(),
  signal,
  onProgress,
}: VerifyOptions = {}): Promise<VerifyResult> {
  const start = effects.monotonicMs();
  const pace: Pace = async (step) => {
    onProgress?.(step);
    // The fits are one long computation each: here Ctrl-C is heard.
    await nextTurn();
    if (signal?.aborted) throw new CancelledError();
  };
  const { published, logLikelihoods, recovery } =
    cdnow === undefined
      ? { published: [], logLikelihoods: [], recovery: await recoverAll(seed, pace) }
      : await compareCdnow(resolve(effects.cwd, cdnow), figures, { effects, pace, ...(signal && { signal }) });
  const compared = [...published, ...figures.single.map((figure) => compareFigure(figure, undefined))];
  const agrees =
    compared.every(({ agreement }) => agreement !== 'different') &&
    logLikelihoods.every(({ isAsHigh }) => isAsHigh) &&
    recovery.every(({ passed }) => passed);
  return {
    status: agrees ? 'agrees' : 'differs',
    ...{ withCdnow: cdnow !== undefined, figures: compared, logLikelihoods, recovery },
    durationSeconds: (effects.monotonicMs() - start) / 1000,
  };
}

interface Parts extends Pick<VerifyResult, 'logLikelihoods' | 'recovery'> {
  readonly published: readonly ComparedFigure[];
}

async function recoverAll(seed: number, pace: Pace): Promise<RecoveryResult[]> {
  const results: RecoveryResult[] = [];
  for (const model of purchaseModels) {
    await pace(`simulating and recovering ${model.title}`);
    results.push(recoveryOf(model, seed));
  }
  return results;
}

async function compareCdnow(
  folder: string,
  { cdnow }: FigureTables,
  options: Parameters<typeof cdnowHistories>[1],
): Promise<Parts> {
  const evidence = await cdnowEvidence(await cdnowHistories(findCdnowFiles(folder), options), options.pace);
  await options.pace('comparing');
  return {
    published: cdnow.map((figure) => compareFigure(figure, evidence)),
    logLikelihoods: [bgNbdLogLikelihoods(evidence)],
    recovery: [],
  };
}
