import { logistic } from '../numeric/log-sum.ts';
import { betaGeometric } from '../processes/beta-geometric.ts';
import type { PurchaseModel } from '../purchase-model.ts';
import { plus, span } from '../units.ts';
import { betaGeometricLogLikelihood } from './beta-geometric-likelihood.ts';
import { rateParameters } from './nbd.ts';
import { typical } from './typical.ts';

export const leavingParameters = [
  { name: 'a', kind: 'shape', meaning: 'with b: the probability to leave after a purchase is a / (a + b) on average' },
  { name: 'b', kind: 'shape', meaning: 'with a: how alike the customers’ probabilities to leave are' },
] as const;

/**
 * BG/NBD: after each repeat purchase a customer leaves for good with a probability ~ Beta(a, b) (Fader, Hardie, Lee 2005).
 * Nobody leaves after the first purchase, so that P(alive) is 1 for all who bought once: it is no churn score.
 */
export const bgNbd: PurchaseModel = {
  name: 'bg-nbd',
  title: 'BG/NBD',
  parameters: [...rateParameters, ...leavingParameters],
  dropout: ['a', 'b'],
  logLikelihood: (cells, values, gradient) => betaGeometricLogLikelihood(cells, values, 0, gradient),
  starts: (cells) => {
    const { rate } = typical(cells);
    return [Float64Array.of(0.4, 0.3 / rate, 0.8, 2.5), Float64Array.of(2, 2 / rate, 0.2, 2)];
  },
  stateOf: (unit, [r = 0, alpha = 0, a = 0, b = 0], { frequency, recency, age }) => {
    const silence = Math.log1p(age / alpha) - Math.log1p(recency / alpha);
    const logOdds = Math.log(a / (b + frequency - 1)) + (r + frequency) * silence;
    return {
      pAlive: frequency === 0 ? 1 : logistic(-logOdds),
      whenAlive: betaGeometric(unit, { r: r + frequency, alpha: plus(span(alpha, unit), age), a, b: b + frequency }),
    };
  },
};
