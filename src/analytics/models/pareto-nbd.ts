import { pareto } from '../processes/pareto.ts';
import { lifetimeIntegral } from '../processes/pareto-lifetime.ts';
import type { PurchaseModel } from '../purchase-model.ts';
import { plus, span } from '../units.ts';
import { rateParameters } from './nbd.ts';
import { paretoLogLikelihood } from './pareto-likelihood.ts';
import { typical } from './typical.ts';

/**
 * Pareto/NBD: customers leave for good at a random time, at a rate ~ Gamma(s, beta) (Schmittlein, Morrison, Colombo 1987;
 * Fader and Hardie 2005, "A note on deriving the Pareto/NBD model").
 */
export const paretoNbd: PurchaseModel = {
  name: 'pareto-nbd',
  title: 'Pareto/NBD',
  parameters: [
    ...rateParameters,
    { name: 's', kind: 'shape', meaning: 'how alike the customers’ rates of leaving are' },
    { name: 'beta', kind: 'time', meaning: 's over the mean rate of leaving' },
  ],
  dropout: ['s', 'beta'],
  logLikelihood: paretoLogLikelihood,
  starts: (cells) => {
    const { rate, age } = typical(cells);
    return [Float64Array.of(0.6, 0.4 / rate, 0.6, 0.4 * age), Float64Array.of(2, 1 / rate, 1, 3 * age)];
  },
  stateOf: (unit, [r = 0, alpha = 0, s = 0, beta = 0], { frequency, recency, age }) => {
    const seen = { r: r + frequency, alpha, s, beta };
    const left = s * lifetimeIntegral(seen, recency, age);
    const stayed =
      (beta + age) *
      Math.exp(
        (r + frequency) * Math.log((alpha + recency) / (alpha + age)) +
          (s + 1) * Math.log((beta + recency) / (beta + age)),
      );
    return {
      pAlive: stayed / (stayed + left),
      whenAlive: pareto(unit, {
        ...{ r: r + frequency, alpha: plus(span(alpha, unit), age) },
        ...{ s, beta: plus(span(beta, unit), age) },
      }),
    };
  },
};
