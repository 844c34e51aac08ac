import { describe, expect, test } from 'vitest';
import { predictor } from '../../src/analytics/customer-outlook.ts';
import { type FittedModel, fitPurchaseModel, fitPurchaseModels } from '../../src/analytics/fit.ts';
import { nbd } from '../../src/analytics/models/nbd.ts';
import { zeroInflatedPoisson } from '../../src/analytics/models/zero-inflated-poisson.ts';
import { meansByFrequency } from '../../src/analytics/published/logged-customer.ts';
import { purchaseCells } from '../../src/analytics/purchase-cells.ts';
import type { ModelName } from '../../src/analytics/purchase-model.ts';
import { weeks } from '../../src/analytics/units.ts';
import { sharedFile } from '../support/shared-data.ts';
import { loggedCustomers } from './shared-customers.ts';

const file = sharedFile('hec_orders.csv');
const lastDay = '2022-11-16';

describe.skipIf(file.isMissing)(`a shop where 86 % bought once${file.note}`, () => {
  const fits = file.isMissing ? [] : fitPurchaseModels(purchaseCells('week', loggedCustomers(file.path, lastDay)));
  const fitOf = (name: ModelName): FittedModel<'week'> => {
    const found = fits.find(({ model }) => model.name === name);
    if (found === undefined) throw new Error(`no fit of ${name}`);
    return found;
  };

  test('zero-inflated Poisson: 61.4 % never return, the others order 0.00984 times a week', () => {
    const { values, logLikelihood, diagnosis } = fitOf('zero-inflated-poisson');
    expect(values[0]).toBeCloseTo(0.00984, 5);
    expect(values[1]).toBeCloseTo(0.614, 3);
    expect(logLikelihood).toBeCloseTo(-41_974.46, 2);
    expect(diagnosis).toEqual([]);
  });

  test('the zero-inflated NBD arrives at it and says so', () => {
    const fit = fitOf('zero-inflated-nbd');
    expect(fit.limit?.model.name).toBe('zero-inflated-poisson');
    expect(fit.logLikelihood).toBeCloseTo(-41_974.46, 2);
    expect(fit.diagnosis[0]).toBe(
      'differences among those who return are not identified: zero-inflated NBD has become its limit, ' +
        'zero-inflated Poisson (log-likelihood -41,974.46 against -41,974.46)',
    );
  });

  test('the MBG/NBD arrives there too: leaving after the first purchase or never is the same model', () => {
    const fit = fitOf('mbg-nbd');
    expect(fit.limit?.model.name).toBe('zero-inflated-poisson');
    expect(fit.logLikelihood).toBeCloseTo(-41_974.475, 2);
  });

  test.each(['bg-nbd', 'pareto-nbd'] as const)(
    '%s is no better than the NBD, and its dropout is not identified',
    (name) => {
      const fit = fitOf(name);
      expect(fitOf('nbd').logLikelihood).toBeCloseTo(-42_038.32, 2);
      expect(fit.logLikelihood).toBeCloseTo(-42_038.32, 2);
      expect(fit.limit?.model.name).toBe('nbd');
      expect(fit.diagnosis[0]).toMatch(/^dropout is not identified: .* is no better than NBD, in which nobody leaves/);
      expect(fit.diagnosis.some((said) => said.includes('ran to its lower bound'))).toBe(true);
      expect(fit.isUsable).toBe(true);
    },
  );

  test('zero-inflated Poisson is chosen by BIC', () => {
    const best = fits.reduce((a, b) => (b.bic < a.bic ? b : a));
    expect(best.model.name).toBe('zero-inflated-poisson');
  });

  test('from a cut at 2022-05-15, 185 days: holdout means by x', () => {
    const customers = loggedCustomers(file.path, '2022-05-15', lastDay);
    const cells = purchaseCells('week', customers);
    const horizon = weeks(185 / 7);
    const actual = meansByFrequency(customers, 4, ({ later }) => later).slice(0, 4);
    const of = (model: typeof nbd) => {
      const { of: outlook } = predictor(fitPurchaseModel(model, cells));
      return meansByFrequency(customers, 4, (customer) => outlook(customer).expectedOrders(horizon)).slice(0, 4);
    };
    const rounded = (means: readonly number[]) => means.map((mean) => Number(mean.toFixed(3)));
    expect(rounded(actual)).toEqual([0.082, 0.265, 0.256, 0.322]);
    expect(rounded(of(zeroInflatedPoisson))).toEqual([0.083, 0.256, 0.256, 0.256]);
    expect(rounded(of(nbd))).toEqual([0.085, 0.213, 0.335, 0.455]);
  });
});
