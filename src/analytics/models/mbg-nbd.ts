import { logistic } from '../numeric/log-sum.ts';
import { betaGeometric } from '../processes/beta-geometric.ts';
import type { PurchaseModel } from '../purchase-model.ts';
import { plus, span } from '../units.ts';
import { betaGeometricLogLikelihood } from './beta-geometric-likelihood.ts';
import { leavingParameters } from './bg-nbd.ts';
import { rateParameters } from './nbd.ts';
import { typical } from './typical.ts';

/**
 * MBG/NBD: as the BG/NBD, but a customer may leave after the first purchase too (Batislam, Denizel, Filiztekin 2007;
 * Hoppe and Wagner 2007).
 */
export const mbgNbd: PurchaseModel = {
  name: 'mbg-nbd',
  title: 'MBG/NBD',
  parameters: [...rateParameters, ...leavingParameters],
  dropout: ['a', 'b'],
  logLikelihood: (cells, values, gradient) => betaGeometricLogLikelihood(cells, values, 1, gradient),
  starts: (cells) => {
    const { rate } = typical(cells);
    return [Float64Array.of(0.5, 0.3 / rate, 0.9, 1.6), Float64Array.of(2, 1 / rate, 0.6, 1)];
  },
  stateOf: (unit, [r = 0, alpha = 0, a = 0, b = 0], { frequency, recency, age }) => {
    const silence = Math.log1p(age / alpha) - Math.log1p(recency / alpha);
    return {
      pAlive: logistic(-(Math.log(a / (b + frequency)) + (r + frequency) * silence)),
      whenAlive: betaGeometric(unit, {
        ...{ r: r + frequency, alpha: plus(span(alpha, unit), age) },
        ...{ a, b: b + frequency + 1 },
      }),
    };
  },
};
