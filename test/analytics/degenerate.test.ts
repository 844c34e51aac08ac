import { describe, expect, test } from 'vitest';
import { predictor } from '../../src/analytics/customer-outlook.ts';
import { type FittedModel, fitPurchaseModel, fitPurchaseModels } from '../../src/analytics/fit.ts';
import { valueInterval, valueMoments } from '../../src/analytics/intervals.ts';
import { expectedSpend, fitSpend, meanSpend } from '../../src/analytics/models/gamma-gamma.ts';
import { nbd } from '../../src/analytics/models/nbd.ts';
import { cellRows, type PurchaseRow, purchaseCells } from '../../src/analytics/purchase-cells.ts';
import { spendCells } from '../../src/analytics/spend-cells.ts';
import { type Days, days, rate } from '../../src/analytics/units.ts';

type Row = PurchaseRow<'day'>;
const row = (frequency: number, recency: number, age: number, customers = 1): Row => ({
  ...{ frequency, recency: days(recency), age: days(age), customers },
});

/** Every number of a fit that is shown or used: null where there is none, but never NaN or infinite. */
function numbersOf({ parameters, values, logLikelihood, aic, bic, conditionNumber }: FittedModel<'day'>): number[] {
  const errors = parameters.map(({ standardError }) => standardError ?? 0);
  return [...values, ...errors, logLikelihood, aic, bic, conditionNumber ?? 0];
}

function outlookNumbers(fit: FittedModel<'day'>, customer: Row): number[] {
  const outlook = predictor(fit).of(customer);
  const horizon = days(365);
  const { nextOrder } = outlook;
  return [
    ...[outlook.pAlive, outlook.pNeverReturns, outlook.pNoOrder(horizon), outlook.expectedOrders(horizon)],
    ...[outlook.orderVariance(horizon), outlook.discountedOrders(horizon, rate(0.0003, 'day'))],
    ...[outlook.discountedOrdersForGood(rate(0.0003, 'day')), ...outlook.orderProbabilities(horizon, 5)],
    ...[nextOrder.median ?? 0, nextOrder.quantile(0.1) ?? 0, nextOrder.quantileIfReturning(0.9) ?? 0],
  ];
}

const shops: readonly (readonly [string, readonly Row[], RegExp])[] = [
  [
    'everybody bought once',
    Array.from({ length: 300 }, (_, i) => row(0, 0, i)),
    /^nothing to learn from: none of the 300 customers bought again$/,
  ],
  ['one customer who bought once', [row(0, 0, 100)], /^nothing to learn from: none of the 1 customers bought again$/],
  ['one customer', [row(3, 50, 100)], /^1 customer does not determine the \d parameters of /],
  ['two customers', [row(3, 50, 100), row(0, 0, 10)], /^2 customers do not determine the \d parameters of /],
  [
    'one day of history',
    [row(0, 0, 0, 500)],
    /^nothing to learn from: no customer was watched for longer than the day of the first purchase$/,
  ],
];

describe.each(shops)('%s', (_, rows, reason) => {
  const fits = fitPurchaseModels(purchaseCells('day', rows));

  test('no model can be used, and each says why', () => {
    for (const { model, isUsable, diagnosis, customers } of fits) {
      if (customers > model.parameters.length) expect(isUsable, model.title).toBe(false);
      if (!isUsable) expect(diagnosis[0]).toMatch(reason);
    }
    expect(fits.filter(({ isUsable }) => !isUsable).length).toBeGreaterThanOrEqual(6 - 1);
  });

  test('all numbers are finite, predictions too', () => {
    for (const fit of fits) {
      for (const number of numbersOf(fit)) expect(number, fit.model.title).toSatisfy(Number.isFinite);
      for (const customer of rows.slice(0, 5)) {
        for (const number of outlookNumbers(fit, customer)) expect(number, fit.model.title).toSatisfy(Number.isFinite);
      }
    }
  });
});

describe.each([
  ['a customer with 10,000 orders among ordinary ones', [row(10_000, 700, 720), ...ordinary()]],
  ['everybody orders every day', Array.from({ length: 50 }, (_, i) => row(100 + i, 100 + i, 100 + i))],
  ['everybody bought twice and is silent since', Array.from({ length: 50 }, (_, i) => row(1, 1, 300 + i))],
  ['all of one age and one history', [row(2, 30, 60, 1_000)]],
  ['one customer came back of a million', [row(0, 0, 300, 999_999), row(1, 5, 300)]],
] as const)('%s', (_, rows) => {
  test('every number is finite', () => {
    for (const fit of fitPurchaseModels(purchaseCells('day', rows))) {
      for (const number of numbersOf(fit)) expect(number, fit.model.title).toSatisfy(Number.isFinite);
      for (const customer of rows.slice(0, 3)) {
        for (const number of outlookNumbers(fit, customer)) expect(number, fit.model.title).toSatisfy(Number.isFinite);
      }
      // What cannot be told has no standard error or is said in words.
      const isVague = fit.parameters.some(({ standardError }) => standardError === null);
      if (isVague) expect(fit.diagnosis, fit.model.title).not.toEqual([]);
    }
  });
});

function ordinary(): Row[] {
  return Array.from({ length: 200 }, (_, i) => {
    const frequency = i % 5;
    const age = 100 + ((i * 31) % 600);
    return row(frequency, frequency === 0 ? 0 : 1 + ((i * 17) % age), age);
  });
}

test('no customers at all is an error in words', () => {
  expect(() => fitPurchaseModel(nbd, purchaseCells('day', []))).toThrow('no customers to fit a model to');
  expect(() => fitSpend(spendCells([]))).toThrow('no customers with repeat purchases');
});

test('cells of customers give the same fit when the times are in weeks: only the unit of the parameters changes', () => {
  const inDays = purchaseCells('day', ordinary());
  const fit = fitPurchaseModel(nbd, inDays);
  const weekRows = [...cellRows(inDays)].map((one) => ({
    ...one,
    recency: days(one.recency / 7),
    age: days(one.age / 7),
  }));
  const other = fitPurchaseModel(nbd, purchaseCells('day', weekRows));
  expect(other.values[0]).toBeCloseTo(fit.values[0] ?? 0, 6);
  expect((other.values[1] ?? 0) * 7).toBeCloseTo(fit.values[1] ?? 0, 4);
});

describe('spend', () => {
  const spend = (list: readonly (readonly [number, number])[]) =>
    fitSpend(spendCells(list.map(([purchases, mean]) => ({ purchases, mean }))));

  test.each([
    [
      'all amounts equal',
      Array.from({ length: 50 }, (_, i) => [1 + (i % 4), 20] as const),
      /^all mean amounts are equal \(20\)/,
    ],
    ['one customer', [[3, 20]] as const, /^1 customers with repeat purchases do not determine the 3 parameters/],
    [
      'two customers',
      [
        [3, 20],
        [1, 5],
      ] as const,
      /^2 customers with repeat purchases do not determine/,
    ],
  ] as const)('%s', (_, list, reason) => {
    const fit = spend(list);
    expect(fit.isUsable).toBe(false);
    expect(fit.diagnosis[0]).toMatch(reason);
    const errors = fit.parameters.map(({ standardError }) => standardError ?? 0);
    for (const number of [...fit.values, ...errors, fit.logLikelihood]) expect(number).toSatisfy(Number.isFinite);
    for (const value of [meanSpend(fit), expectedSpend(fit, 2, 1e7), expectedSpend(fit, 0, 0)]) {
      expect(value ?? 0).toSatisfy(Number.isFinite);
    }
    expect(valueMoments({ mean: 2, variance: 3 }, fit)?.variance ?? 0).toSatisfy(Number.isFinite);
    const { low, high } = valueInterval(Float64Array.of(0.05, 0.5, 0.45), fit);
    expect([low, high].every(Number.isFinite)).toBe(true);
    expect(high).toBeGreaterThanOrEqual(low);
  });

  test('amounts of 0.01 and 10 million: everything is finite, and the parameter at its bound is named', () => {
    const fit = spend(Array.from({ length: 40 }, (_, i) => [1 + (i % 3), i % 2 === 0 ? 0.01 : 1e7] as const));
    expect(fit.diagnosis[0]).toMatch(/^q ran to its upper bound 10000 /);
    const figures = [
      ...fit.values,
      fit.logLikelihood,
      meanSpend(fit),
      expectedSpend(fit, 2, 1e7),
      expectedSpend(fit, 3, 0.01),
    ];
    const { low, high } = valueInterval(Float64Array.of(0.05, 0.5, 0.45), fit);
    for (const figure of [...figures, low, high]) expect(figure).toSatisfy(Number.isFinite);
  });

  test('an amount of 0 or a count of 0 is refused', () => {
    expect(() => spendCells([{ purchases: 1, mean: 0 }])).toThrow('mean amount 0 is not above 0 (row 1)');
    expect(() => spendCells([{ purchases: 0, mean: 5 }])).toThrow('0 purchases are no count from 1 (row 1)');
  });
});

test('a median date further away than a century is no date', () => {
  const { of } = predictor({ model: nbd, unit: 'day', values: Float64Array.of(0.01, 100) });
  const { nextOrder } = of({ frequency: 0, recency: days(0), age: days(0) });
  expect(nextOrder.median).toBeNull();
  expect(nextOrder.reason).toBe('the next order is more likely than not more than 100 years away');
  const age: Days = days(10);
  expect(nextOrder.survival(age)).toBeGreaterThan(0.99);
});
