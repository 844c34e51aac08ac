import { describe, expect, test } from 'vitest';
import { predictor } from '../../src/analytics/customer-outlook.ts';
import { continuousDiscount } from '../../src/analytics/discount.ts';
import { type FittedModel, fitPurchaseModel, fitPurchaseModels } from '../../src/analytics/fit.ts';
import { bgNbd } from '../../src/analytics/models/bg-nbd.ts';
import { expectedSpend, fitSpend, spendLogLikelihood } from '../../src/analytics/models/gamma-gamma.ts';
import { paretoNbd } from '../../src/analytics/models/pareto-nbd.ts';
import { purchaseCells } from '../../src/analytics/purchase-cells.ts';
import type { ModelName, PurchaseModel } from '../../src/analytics/purchase-model.ts';
import { spendCells } from '../../src/analytics/spend-cells.ts';
import { weeks } from '../../src/analytics/units.ts';
import { sharedFile } from '../support/shared-data.ts';
import { relativeError } from './close.ts';
import { correlation, loggedCustomers, meansByFrequency } from './shared-customers.ts';

const sample = sharedFile('cdnow_sample_10pct.csv');
const master = sharedFile('cdnow_master.csv');

const withValues = (model: PurchaseModel, ...values: readonly number[]) =>
  predictor({ model, unit: 'week', values: Float64Array.from(values) });

describe('published figures of single customers, with the parameters of the papers: no data needed', () => {
  const bg = withValues(bgNbd, 0.2425945, 4.4136019, 0.7929199, 2.4258881);
  const pareto = withValues(paretoNbd, 0.553277, 10.57768, 0.60624, 11.66874);

  test('E[orders in 39 weeks given x 2, tx 30.43, T 38.86] is 1.226: Hardie’s sheet', () => {
    const outlook = bg.of({ frequency: 2, recency: weeks(30.43), age: weeks(38.86) });
    expect(outlook.expectedOrders(weeks(39))).toBeCloseTo(1.226, 3);
  });

  test('E[X(52 weeks)]: BTYD, whose search ends some millionths beside the top', () => {
    expect(relativeError(bg.ofNewcomer().expectedOrders(weeks(52)), 1.444004)).toBeLessThan(1e-5);
    expect(relativeError(pareto.ofNewcomer().expectedOrders(weeks(52)), 1.473434)).toBeLessThan(1e-6);
  });

  test('a customer of 26 purchases: BTYD', () => {
    const history = { frequency: 26, recency: weeks(30.857), age: weeks(31) };
    expect(bg.of(history).expectedOrders(weeks(52))).toBeCloseTo(25.757, 3);
    expect(bg.of(history).pAlive).toBeCloseTo(0.96885, 5);
    expect(pareto.of(history).pAlive).toBeCloseTo(0.99787, 5);
    expect(Math.abs(pareto.of(history).expectedOrders(weeks(52)) - 25.456)).toBeLessThan(0.0015);
  });

  test('P(X = 0 in 39 weeks) with the three digits of BTYD’s example', () => {
    const rounded = withValues(bgNbd, 0.243, 4.414, 0.793, 2.426).ofNewcomer();
    expect(rounded.pNoOrder(weeks(39))).toBeCloseTo(0.5737864, 7);
    expect(rounded.orderProbabilities(weeks(39), 5)[0]).toBeCloseTo(0.5737864, 7);
  });
});

describe.skipIf(sample.isMissing)(`CDNOW, the 1/10 sample${sample.note}`, () => {
  const customers = sample.isMissing ? [] : loggedCustomers(sample.path, '1997-09-30', '1998-06-30');
  const fits = sample.isMissing ? [] : fitPurchaseModels(purchaseCells('week', customers));
  const fitOf = (name: ModelName): FittedModel<'week'> => {
    const found = fits.find(({ model }) => model.name === name);
    if (found === undefined) throw new Error(`no fit of ${name}`);
    return found;
  };

  test('2,357 customers, every fit converged', () => {
    expect(customers.length).toBe(2357);
    for (const { status, isUsable } of fits)
      expect({ status, isUsable }).toEqual({ status: 'converged', isUsable: true });
  });

  test('BG/NBD: Fader, Hardie, Lee 2005 table 2 to its digits; the seven digits of CLVTools to a hundred-thousandth', () => {
    const { values, logLikelihood, diagnosis, limit } = fitOf('bg-nbd');
    for (const [i, printed] of [0.243, 4.414, 0.793, 2.426].entries()) expect(values[i]).toBeCloseTo(printed, 3);
    const longer = [0.2425945, 4.4136019, 0.7929199, 2.4258881];
    for (const [i, printed] of longer.entries()) expect(relativeError(values[i] ?? 0, printed)).toBeLessThan(1e-5);
    expect(logLikelihood).toBeCloseTo(-9582.429, 3);
    // Ours is the higher top of the two, by less than rounding shows.
    const theirs = bgNbd.logLikelihood(purchaseCells('week', customers), Float64Array.from(longer));
    expect(logLikelihood).toBeGreaterThanOrEqual(theirs);
    expect([diagnosis, limit]).toEqual([[], null]);
  });

  test.each([
    ['bg-nbd', [0.012557, 0.378221, 0.185719, 0.705345], 1.5e-4],
    ['pareto-nbd', [0.0476, 0.8427, 0.1873, 6.2105], 6e-4],
  ] as const)('%s: standard errors', (name, printed, precision) => {
    for (const [i, value] of printed.entries()) {
      expect(relativeError(fitOf(name).parameters[i]?.standardError ?? 0, value)).toBeLessThan(precision);
    }
  });

  test.each([
    ['pareto-nbd', [0.553, 10.578, 0.606, 11.669], -9594.976, 3],
    ['mbg-nbd', [0.525, 6.183, 0.891, 1.614], -9582.136, 3],
    ['nbd', [0.385, 12.072], -9763.658, 3],
    ['zero-inflated-poisson', [0.0716, 0.5547], -10187.23, 2],
  ] as const)('%s: parameters and log-likelihood to the printed digits', (name, printed, logLikelihood, digits) => {
    const fit = fitOf(name);
    for (const [i, value] of printed.entries()) {
      expect(fit.values[i]).toBeCloseTo(value, name === 'zero-inflated-poisson' ? 4 : 3);
    }
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood, digits);
  });

  test('the zero-inflated models lose: their share that never returns is not identified', () => {
    const inflated = fitOf('zero-inflated-nbd');
    expect(inflated.limit?.model.name).toBe('nbd');
    expect(inflated.diagnosis[0]).toMatch(/^dropout is not identified: .* pi has no meaning$/);
    const best = fits.reduce((a, b) => (b.bic < a.bic ? b : a));
    expect(best.model.name).toBe('mbg-nbd');
    expect(fitOf('zero-inflated-poisson').bic - best.bic).toBeGreaterThan(1000);
  });

  test.each([
    [
      'BG/NBD',
      bgNbd,
      [0.2425945, 4.4136019, 0.7929199, 2.4258881],
      [0.2251, 0.5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.504, 6.157],
      4,
      0.626,
    ],
    [
      'Pareto/NBD',
      paretoNbd,
      [0.553277, 10.57768, 0.60624, 11.66874],
      [0.138, 0.6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403],
      3,
      0.63,
    ],
  ] as const)('%s: holdout means by x, and the correlation with what came', (_, model, values, printed, digits, r) => {
    const { of } = withValues(model, ...values);
    const expected = (customer: (typeof customers)[number]) => of(customer).expectedOrders(weeks(39));
    for (const [x, mean] of meansByFrequency(customers, 7, expected).entries()) {
      expect(Math.abs(mean - (printed[x] ?? 0))).toBeLessThan(digits === 4 ? 2.5e-4 : 7e-4);
    }
    expect(
      correlation(
        customers.map(expected),
        customers.map(({ later }) => later),
      ),
    ).toBeCloseTo(r, 3);
  });

  test('the actual holdout means by x', () => {
    const printed = [0.2367, 0.697, 1.3925, 1.56, 2.5323, 2.9474, 3.8621, 6.3594];
    const actual = meansByFrequency(customers, 7, ({ later }) => later);
    for (const [x, mean] of actual.entries()) expect(mean).toBeCloseTo(printed[x] ?? 0, 4);
  });

  test('Gamma-Gamma: JMR 2005 in the convention of means; as totals the log-likelihood is lower by the sum of ln x', () => {
    const rows = customers.map(({ repeatSpend }) => repeatSpend).filter(({ mean }) => mean > 0);
    const cells = spendCells(rows);
    const fit = fitSpend(cells);
    expect([fit.p, fit.q, fit.gamma].map((value) => Number(value.toFixed(2)))).toEqual([6.25, 3.74, 15.44]);
    expect(fit.logLikelihood).toBeCloseTo(-4055.918, 3);
    const total = fitSpend(cells, 'total');
    const logs = rows.reduce((sum, { purchases }) => sum + Math.log(purchases), 0);
    expect(total.logLikelihood).toBeCloseTo(-4055.9177 - logs, 3);
    expect(relativeError(total.p, fit.p)).toBeLessThan(1e-6);
    expect(spendLogLikelihood(cells, fit.values, 'total')).toBeCloseTo(total.logLikelihood, 6);
    const first = customers
      .slice(0, 6)
      .map(({ repeatSpend }) => expectedSpend(fit, repeatSpend.purchases, repeatSpend.mean));
    expect(first.map((value) => Number(value?.toFixed(2)))).toEqual([24.65, 18.91, 35.17, 35.17, 35.17, 71.46]);
  });

  test.skipIf(master.isMissing)(`the headline of JMR 2005: the full cohort is worth $1.1 million${master.note}`, () => {
    const watched = loggedCustomers(sample.path, '1998-06-30');
    const orders = fitPurchaseModel(paretoNbd, purchaseCells('week', watched));
    const spend = fitSpend(spendCells(watched.map(({ repeatSpend }) => repeatSpend).filter(({ mean }) => mean > 0)));
    const cohort = loggedCustomers(master.path, '1998-06-30').filter(
      ({ repeatSpend: { purchases, mean } }) => purchases * mean <= 4000,
    );
    const { of } = predictor(orders);
    // The paper counts 52 weeks to the year.
    const discount = continuousDiscount(0.15, 'week', 364);
    const value = (customer: (typeof cohort)[number]): number => {
      const { purchases, mean } = customer.repeatSpend;
      return 0.3 * of(customer).discountedOrdersForGood(discount) * (expectedSpend(spend, purchases, mean) ?? 0);
    };
    const values = cohort.map(value);
    const total = values.reduce((sum, one) => sum + one, 0);
    const once = cohort.filter(({ frequency }) => frequency === 0);
    const worth = once.reduce((sum, customer) => sum + value(customer), 0);
    expect(cohort.length).toBe(23_560);
    expect(once.length).toBe(12_054);
    expect(Math.round(total)).toBe(1_100_623);
    expect(total / cohort.length).toBeCloseTo(46.72, 2);
    expect(Math.round(worth / 100) * 100).toBe(53_100);
    expect(Math.abs(worth - 53_087)).toBeLessThan(1);
    expect(worth / once.length).toBeCloseTo(4.4, 1);
  });
});
