import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { predictor } from '../../src/analytics/customer-outlook.ts';
import { purchaseModels } from '../../src/analytics/fit.ts';
import { purchaseCells } from '../../src/analytics/purchase-cells.ts';
import { rate, weeks } from '../../src/analytics/units.ts';
import { relativeError } from './close.ts';

const logUniform = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);

const ranges = { shape: logUniform(0.02, 50), time: logUniform(0.05, 2_000), rate: logUniform(1e-4, 5), share: fc.double({ min: 0.001, max: 0.999, noNaN: true }) }; // biome-ignore format: one line

const history = fc
  .record({
    frequency: fc.oneof(fc.constant(0), fc.nat(5), fc.nat(300)),
    age: fc.oneof(fc.constant(0), logUniform(0.1, 300)),
    share: fc.oneof(fc.constant(1), fc.double({ min: 0.01, max: 1, noNaN: true })),
  })
  .map(({ frequency, age, share }) => {
    const x = age === 0 ? 0 : frequency;
    return { frequency: x, recency: weeks(x === 0 ? 0 : age * share), age: weeks(age) };
  });

const between = (value: number, low: number, high: number) => {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
};

describe.each(purchaseModels.map((model) => [model.title, model] as const))('%s', (_, model) => {
  const values = fc.tuple(...model.parameters.map(({ kind }) => ranges[kind])).map((all) => Float64Array.from(all));

  test('probabilities lie in [0, 1], orders sum to 1, silence and orders go with the horizon', () => {
    fc.assert(
      fc.property(values, history, logUniform(0.1, 100), (parameters, customer, time) => {
        const outlook = predictor({ model, unit: 'week', values: parameters }).of(customer);
        const [near, far] = [weeks(time), weeks(time * 1.7)];
        between(outlook.pAlive, 0, 1);
        between(outlook.pNeverReturns, 0, 1 + 1e-12);
        expect(outlook.pNeverReturns).toBeGreaterThanOrEqual(1 - outlook.pAlive - 1e-12);
        between(outlook.pNoOrder(far), outlook.pNeverReturns - 1e-9, outlook.pNoOrder(near) + 1e-12);
        between(outlook.pNoOrder(near), 0, 1 + 1e-12);
        expect(outlook.pNoOrder(weeks(0))).toBeCloseTo(1, 10);
        const [soon, later] = [outlook.expectedOrders(near), outlook.expectedOrders(far)];
        expect(soon).toBeGreaterThanOrEqual(0);
        expect(later).toBeGreaterThanOrEqual(soon * (1 - 1e-10));
        expect(outlook.expectedOrders(weeks(0))).toBe(0);
        if (soon < 500) {
          const probabilities = outlook.allOrderProbabilities(near);
          for (const probability of probabilities) between(probability, 0, 1 + 1e-12);
          expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 7);
          expect(probabilities[0]).toBeCloseTo(outlook.pNoOrder(near), 7);
        }
        // A mean of a whole number is at least the probability that it is not 0.
        expect(soon).toBeGreaterThanOrEqual((1 - outlook.pNoOrder(near)) * (1 - 1e-7) - 1e-10);
      }),
      { numRuns: 150 },
    );
  });

  test('discounting shrinks, more for a higher rate, and less orders come within a horizon than for good', () => {
    fc.assert(
      fc.property(
        values,
        history,
        logUniform(1, 100),
        logUniform(1e-4, 0.1),
        (parameters, customer, time, discount) => {
          const outlook = predictor({ model, unit: 'week', values: parameters }).of(customer);
          const at = (d: number) => outlook.discountedOrders(weeks(time), rate(d, 'week'));
          const plain = outlook.expectedOrders(weeks(time));
          between(at(discount), plain * Math.exp(-discount * time) * (1 - 1e-7), plain * (1 + 1e-7));
          expect(at(2 * discount)).toBeLessThanOrEqual(at(discount) * (1 + 1e-9));
          expect(outlook.discountedOrdersForGood(rate(discount, 'week'))).toBeGreaterThanOrEqual(
            at(discount) * (1 - 1e-7),
          );
          const weekly = outlook.weeklyDiscountedOrders(weeks(time), 0.1);
          expect(weekly).toBeLessThanOrEqual(plain * (1 + 1e-9));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('the next order: survival falls from 1, quantiles are where it says, null where it is not likely', () => {
    fc.assert(
      fc.property(values, history, (parameters, customer) => {
        const { nextOrder, pNeverReturns } = predictor({ model, unit: 'week', values: parameters }).of(customer);
        expect(nextOrder.pEver).toBeCloseTo(1 - pNeverReturns, 9);
        expect(nextOrder.median === null).toBe(nextOrder.reason !== null);
        if (nextOrder.pEver <= 0.5) expect(nextOrder.reason).toMatch(/ever ordering again is \d+ %/);
        if (nextOrder.median === null) return;
        expect(nextOrder.survival(nextOrder.median)).toBeCloseTo(0.5, 7);
        const low = nextOrder.quantileIfReturning(0.1);
        if (low === null) throw new Error('a median without a tenth');
        expect(low).toBeLessThanOrEqual(nextOrder.median);
        expect(1 - nextOrder.survival(low)).toBeCloseTo(0.1 * nextOrder.pEver, 7);
        expect(nextOrder.quantile(nextOrder.pEver + 1e-9)).toBeNull();
      }),
      { numRuns: 80 },
    );
  });

  test('merging and splitting customers changes no likelihood, nor does their order', () => {
    fc.assert(
      fc.property(
        values,
        fc.array(fc.tuple(history, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 8 }),
        (parameters, base) => {
          const merged = base.map(([customer, customers]) => ({ ...customer, customers }));
          const split = base.flatMap(([customer, customers]) => Array.from({ length: customers }, () => customer));
          const whole = model.logLikelihood(purchaseCells('week', merged), parameters);
          expect(model.logLikelihood(purchaseCells('week', split.reverse()), parameters)).toBe(whole);
          const sum = split.reduce(
            (total, one) => total + model.logLikelihood(purchaseCells('week', [one]), parameters),
            0,
          );
          expect(Math.abs(sum - whole)).toBeLessThan(1e-9 * split.length + 1e-9 * Math.abs(whole));
          expect(Number.isFinite(whole)).toBe(true);
        },
      ),
      { numRuns: 80 },
    );
  });

  test('the gradient is the slope', () => {
    fc.assert(
      fc.property(values, history, (parameters, customer) => {
        const cells = purchaseCells('week', [customer]);
        const gradient = new Float64Array(parameters.length);
        const value = model.logLikelihood(cells, parameters, gradient);
        for (const [i, at] of parameters.entries()) {
          // In a share's own space, where both ends are far away.
          const room = model.parameters[i]?.kind === 'share' ? 1 - at : 1;
          const h = 1e-4;
          const there = (factor: number) => model.logLikelihood(cells, parameters.with(i, at * (1 + factor * room)));
          const slope = (there(-2 * h) - 8 * there(-h) + 8 * there(h) - there(2 * h)) / (12 * h);
          const found = (gradient[i] ?? 0) * at * room;
          expect(Math.abs(found - slope)).toBeLessThan(1e-5 * Math.abs(slope) + 1e-9 * (1 + Math.abs(value)));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('longer silence never makes a customer more alive', () => {
    fc.assert(
      fc.property(values, history, logUniform(0.1, 100), (parameters, customer, more) => {
        const { of } = predictor({ model, unit: 'week', values: parameters });
        const later = of({ ...customer, age: weeks(customer.age + more) });
        expect(later.pAlive).toBeLessThanOrEqual(of(customer).pAlive * (1 + 1e-9));
      }),
      { numRuns: 100 },
    );
  });
});

test('two ways to the same variance: the sum over probabilities', () => {
  for (const model of purchaseModels) {
    const parameters = { shape: 0.8, time: 9, rate: 0.07, share: 0.4 };
    const values = Float64Array.from(model.parameters, ({ kind }) => parameters[kind]);
    const outlook = predictor({ model, unit: 'week', values }).of({ frequency: 3, recency: weeks(20), age: weeks(25) });
    const probabilities = outlook.allOrderProbabilities(weeks(39), 1e-13);
    const mean = probabilities.reduce((sum, one, n) => sum + n * one, 0);
    const variance = probabilities.reduce((sum, one, n) => sum + (n - mean) ** 2 * one, 0);
    expect(relativeError(outlook.orderVariance(weeks(39)), variance)).toBeLessThan(1e-7);
  }
});
