import { type Predictor, predictor } from '../customer-outlook.ts';
import { bgNbd } from '../models/bg-nbd.ts';
import { mbgNbd } from '../models/mbg-nbd.ts';
import { paretoNbd } from '../models/pareto-nbd.ts';
import { type History, purchaseCells } from '../purchase-cells.ts';
import type { PurchaseModel } from '../purchase-model.ts';
import { weeks } from '../units.ts';
import type { PublishedFigure } from './published-figure.ts';

/** Parameters as published with all their digits, in weeks: r, alpha, a, b and r, alpha, s, beta. */
export const publishedBgNbd: readonly number[] = [0.2425945, 4.4136019, 0.7929199, 2.4258881];
export const publishedParetoNbd: readonly number[] = [0.553277, 10.57768, 0.60624, 11.66874];

const withValues = (model: PurchaseModel, values: readonly number[]): Predictor<'week'> =>
  predictor({ model, unit: 'week', values: Float64Array.from(values) });

const history = (frequency: number, recency: number, age: number): History<'week'> => ({
  ...{ frequency, recency: weeks(recency), age: weeks(age) },
});

const noteValues: readonly number[] = [0.25, 4, 0.8, 2.5];
const noteLogLikelihood = (model: PurchaseModel, x: number, tx: number, age: number): number =>
  model.logLikelihood(purchaseCells('week', [history(x, tx, age)]), Float64Array.from(noteValues));

const hardie = 'Hardie’s BG/NBD sheet';
const btyd = 'BTYD';
const searchEnd = 'at parameters of seven digits; their search ends some millionths beside the top';

/** Figures of single customers at published parameters: no data is needed. */
export const singleEvaluations: readonly PublishedFigure<unknown>[] = [
  {
    // The plain formula overflows.
    item: 'BG/NBD log-likelihood, x 200, tx 38, T 40',
    ...{ source: 'Fader, Hardie note 027', printed: 100.7957, decimals: 4 },
    compute: () => noteLogLikelihood(bgNbd, 200, 38, 40),
  },
  {
    item: 'BG/NBD log-likelihood, x 0, T 40',
    ...{ source: 'Fader, Hardie note 027', printed: -0.59947382, decimals: 8 },
    compute: () => noteLogLikelihood(bgNbd, 0, 0, 40),
  },
  {
    item: 'MBG/NBD log-likelihood, x 200, tx 38, T 40',
    ...{ source: 'pymc-marketing, tests', printed: 100.7869, decimals: 4 },
    compute: () => noteLogLikelihood(mbgNbd, 200, 38, 40),
  },
  {
    item: 'MBG/NBD log-likelihood, x 0, T 40',
    ...{ source: 'pymc-marketing, tests', printed: -0.41792826, decimals: 8 },
    compute: () => noteLogLikelihood(mbgNbd, 0, 0, 40),
  },
  {
    item: 'BG/NBD orders, 39 weeks, x 2, tx 30.43',
    ...{ source: hardie, printed: 1.226, decimals: 3 },
    compute: () =>
      withValues(bgNbd, publishedBgNbd)
        .of(history(2, 30.43, 38.86))
        .expectedOrders(weeks(39)),
  },
  {
    item: 'BG/NBD orders of a newcomer, 52 weeks',
    ...{ source: btyd, printed: 1.444004, decimals: 6, allowed: { difference: 1.5e-5, why: searchEnd } },
    compute: () => withValues(bgNbd, publishedBgNbd).ofNewcomer().expectedOrders(weeks(52)),
  },
  {
    item: 'Pareto/NBD orders of a newcomer, 52 weeks',
    ...{ source: btyd, printed: 1.473434, decimals: 6, allowed: { difference: 1.5e-6, why: searchEnd } },
    compute: () => withValues(paretoNbd, publishedParetoNbd).ofNewcomer().expectedOrders(weeks(52)),
  },
  {
    item: 'Pareto/NBD orders, 52 weeks, x 26',
    ...{ source: btyd, printed: 25.456, decimals: 3, allowed: { difference: 1.5e-3, why: searchEnd } },
    compute: () =>
      withValues(paretoNbd, publishedParetoNbd)
        .of(history(26, 30.857, 31))
        .expectedOrders(weeks(52)),
  },
  {
    item: 'Pareto/NBD P(alive), x 26',
    ...{ source: btyd, printed: 0.99787, decimals: 5 },
    compute: () => withValues(paretoNbd, publishedParetoNbd).of(history(26, 30.857, 31)).pAlive,
  },
  {
    item: 'BG/NBD orders, 52 weeks, x 26',
    ...{ source: btyd, printed: 25.757, decimals: 3 },
    compute: () =>
      withValues(bgNbd, publishedBgNbd)
        .of(history(26, 30.857, 31))
        .expectedOrders(weeks(52)),
  },
  {
    item: 'BG/NBD P(alive), x 26',
    ...{ source: btyd, printed: 0.96885, decimals: 5 },
    compute: () => withValues(bgNbd, publishedBgNbd).of(history(26, 30.857, 31)).pAlive,
  },
  {
    item: 'BG/NBD P(no order of a newcomer, 39 weeks)',
    ...{ source: btyd, printed: 0.5737864, decimals: 7 },
    // With the three digits of their example.
    compute: () => withValues(bgNbd, [0.243, 4.414, 0.793, 2.426]).ofNewcomer().pNoOrder(weeks(39)),
  },
];
