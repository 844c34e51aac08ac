import { logAddExp } from '../numeric/log-sum.ts';
import { poissonProcess } from '../processes/poisson.ts';
import type { PurchaseCells } from '../purchase-cells.ts';
import type { PurchaseModel } from '../purchase-model.ts';
import { rate as perUnit, type TimeUnit } from '../units.ts';
import { typical } from './typical.ts';
import { neverReturnsShare, startingShares, stillToReturn } from './zero-inflated-nbd.ts';

/**
 * Zero-inflated Poisson: a share pi never returns, all others buy at the same rate lambda (Lambert 1992). The limit of
 * the zero-inflated NBD when r grows without end.
 */
export const zeroInflatedPoisson: PurchaseModel = {
  name: 'zero-inflated-poisson',
  title: 'zero-inflated Poisson',
  parameters: [{ name: 'lambda', kind: 'rate', meaning: 'the purchase rate of those who return' }, neverReturnsShare],
  dropout: ['pi'],
  logLikelihood,
  starts: (cells) => {
    const { rate, repeaters } = typical(cells);
    return startingShares(repeaters).map((pi) => Float64Array.of(rate / (1 - pi), pi));
  },
  stateOf: (unit, [lambda = 0, pi = 0], { frequency, age }) => ({
    pAlive: frequency > 0 ? 1 : stillToReturn(pi, -lambda * age),
    whenAlive: poissonProcess(unit, perUnit(lambda, unit)),
  }),
};

function logLikelihood<U extends TimeUnit>(
  cells: PurchaseCells<U>,
  [lambda = 0, pi = 0]: Float64Array,
  gradient?: Float64Array,
): number {
  const { frequencies, groupStarts, ageIndex, counts, times } = cells;
  const logPi = Math.log(pi);
  const logReturns = Math.log1p(-pi);
  let sum = 0;
  let byLambda = 0;
  let byPi = 0;
  for (let group = 0; group < frequencies.length; group++) {
    const x = frequencies[group] ?? 0;
    const log = logReturns + x * Math.log(lambda);
    const end = groupStarts[group + 1] ?? 0;
    for (let cell = groupStarts[group] ?? 0; cell < end; cell++) {
      const count = counts[cell] ?? 0;
      const age = times[ageIndex[cell] ?? 0] ?? 0;
      const returning = log - lambda * age;
      const one = x === 0 ? logAddExp(logPi, returning) : returning;
      const share = x === 0 ? Math.exp(returning - one) : 1;
      sum += count * one;
      byLambda += count * share * (x / lambda - age);
      byPi += count * ((1 - share) / pi - share / (1 - pi));
    }
  }
  if (gradient !== undefined) gradient.set([byLambda, byPi]);
  return sum;
}
