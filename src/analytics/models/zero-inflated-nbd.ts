import { logAddExp } from '../numeric/log-sum.ts';
import { risingSums } from '../numeric/rising-sums.ts';
import { gammaPoisson } from '../processes/gamma-poisson.ts';
import type { PurchaseCells } from '../purchase-cells.ts';
import type { PurchaseModel } from '../purchase-model.ts';
import { plus, span, type TimeUnit } from '../units.ts';
import { rateParameters } from './nbd.ts';
import { typical } from './typical.ts';

export const neverReturnsShare = {
  name: 'pi',
  kind: 'share',
  meaning: 'the share of first-time buyers who never return',
} as const;

/** Starting shares of those who never return, below the share without a repeat so far. */
export function startingShares(repeaters: number): readonly number[] {
  return [0.3, 0.8].map((part) => Math.min(0.95, Math.max(0.02, part * (1 - repeaters))));
}

/**
 * Zero-inflated NBD: a share pi never returns, the others follow the NBD (Greene 1994). L(x = 0) = pi + (1 - pi) L_NBD, otherwise (1 - pi) L_NBD. For r to infinity with r / alpha fixed it becomes
 * the zero-inflated Poisson, which is a model of its own here because no search arrives at infinity.
 */
export const zeroInflatedNbd: PurchaseModel = {
  name: 'zero-inflated-nbd',
  title: 'zero-inflated NBD',
  parameters: [...rateParameters, neverReturnsShare],
  dropout: ['pi'],
  logLikelihood,
  starts: (cells) => {
    const { rate, repeaters } = typical(cells);
    return startingShares(repeaters).flatMap((pi) =>
      [0.8, 8].map((r) => Float64Array.of(r, (r * (1 - pi)) / rate, pi)),
    );
  },
  stateOf: (unit, [r = 0, alpha = 0, pi = 0], { frequency, age }) => ({
    pAlive: frequency > 0 ? 1 : stillToReturn(pi, -r * Math.log1p(age / alpha)),
    whenAlive: gammaPoisson(unit, r + frequency, plus(span(alpha, unit), age)),
  }),
};

/** Probability that a one-time buyer will return when those who do are silent for so long with e^`logSilence`. */
export function stillToReturn(pi: number, logSilence: number): number {
  return ((1 - pi) * Math.exp(logSilence)) / (pi + (1 - pi) * Math.exp(logSilence));
}

function logLikelihood<U extends TimeUnit>(
  cells: PurchaseCells<U>,
  [r = 0, alpha = 0, pi = 0]: Float64Array,
  gradient?: Float64Array,
): number {
  const { frequencies, groupStarts, ageIndex, counts, times } = cells;
  const rising = risingSums(r, frequencies);
  const logGrowth = times.map((time) => Math.log1p(time / alpha));
  const logPi = Math.log(pi);
  const logReturns = Math.log1p(-pi);
  let sum = 0;
  let byR = 0;
  let byAlpha = 0;
  let byPi = 0;
  for (let group = 0; group < frequencies.length; group++) {
    const x = frequencies[group] ?? 0;
    const log = logReturns + (rising.logs[group] ?? 0) - x * Math.log(alpha);
    const slope = rising.slopes[group] ?? 0;
    const end = groupStarts[group + 1] ?? 0;
    for (let cell = groupStarts[group] ?? 0; cell < end; cell++) {
      const count = counts[cell] ?? 0;
      const at = ageIndex[cell] ?? 0;
      const growth = logGrowth[at] ?? 0;
      const age = times[at] ?? 0;
      const returning = log - (r + x) * growth;
      const one = x === 0 ? logAddExp(logPi, returning) : returning;
      const share = x === 0 ? Math.exp(returning - one) : 1;
      sum += count * one;
      byR += count * share * (slope - growth);
      byAlpha += count * share * (((r / alpha) * age - x) / (alpha + age));
      byPi += count * ((1 - share) / pi - share / (1 - pi));
    }
  }
  if (gradient !== undefined) gradient.set([byR, byAlpha, byPi]);
  return sum;
}
