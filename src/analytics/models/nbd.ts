import { risingSums } from '../numeric/rising-sums.ts';
import { gammaPoisson } from '../processes/gamma-poisson.ts';
import type { PurchaseCells } from '../purchase-cells.ts';
import type { PurchaseModel } from '../purchase-model.ts';
import { plus, span, type TimeUnit } from '../units.ts';
import { typical } from './typical.ts';

export const rateParameters = [
  { name: 'r', kind: 'shape', meaning: 'how alike the customers’ purchase rates are' },
  { name: 'alpha', kind: 'time', meaning: 'r over the mean purchase rate' },
] as const;

/**
 * NBD: everybody goes on for ever, at a rate ~ Gamma(r, alpha). L = Gamma(r + x) / Gamma(r) alpha^r (alpha + T)^-(r + x)
 * (Ehrenberg 1959; Morrison and Schmittlein 1988).
 */
export const nbd: PurchaseModel = {
  name: 'nbd',
  title: 'NBD',
  parameters: rateParameters,
  dropout: [],
  logLikelihood,
  starts: (cells) => {
    const { rate } = typical(cells);
    return [0.4, 2].map((r) => Float64Array.of(r, r / rate));
  },
  stateOf: (unit, [r = 0, alpha = 0], { frequency, age }) => ({
    pAlive: 1,
    whenAlive: gammaPoisson(unit, r + frequency, plus(span(alpha, unit), age)),
  }),
};

function logLikelihood<U extends TimeUnit>(
  cells: PurchaseCells<U>,
  [r = 0, alpha = 0]: Float64Array,
  gradient?: Float64Array,
): number {
  const { frequencies, groupStarts, ageIndex, counts, times } = cells;
  const rising = risingSums(r, frequencies);
  const logGrowth = times.map((time) => Math.log1p(time / alpha));
  let sum = 0;
  let byR = 0;
  let byAlpha = 0;
  for (let group = 0; group < frequencies.length; group++) {
    const x = frequencies[group] ?? 0;
    const log = (rising.logs[group] ?? 0) - x * Math.log(alpha);
    const slope = rising.slopes[group] ?? 0;
    const end = groupStarts[group + 1] ?? 0;
    for (let cell = groupStarts[group] ?? 0; cell < end; cell++) {
      const count = counts[cell] ?? 0;
      const at = ageIndex[cell] ?? 0;
      const growth = logGrowth[at] ?? 0;
      const age = times[at] ?? 0;
      sum += count * (log - (r + x) * growth);
      byR += count * (slope - growth);
      byAlpha += count * (((r / alpha) * age - x) / (alpha + age));
    }
  }
  if (gradient !== undefined) gradient.set([byR, byAlpha]);
  return sum;
}
