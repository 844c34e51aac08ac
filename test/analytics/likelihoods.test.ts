import { describe, expect, test } from 'vitest';
import { purchaseModels } from '../../src/analytics/fit.ts';
import { paretoNbd } from '../../src/analytics/models/pareto-nbd.ts';
import { zeroInflatedNbd } from '../../src/analytics/models/zero-inflated-nbd.ts';
import { zeroInflatedPoisson } from '../../src/analytics/models/zero-inflated-poisson.ts';
import { purchaseCells } from '../../src/analytics/purchase-cells.ts';
import type { PurchaseModel } from '../../src/analytics/purchase-model.ts';
import { weeks } from '../../src/analytics/units.ts';
import { relativeError } from './close.ts';

const one = (frequency: number, recency: number, age: number) =>
  purchaseCells('week', [{ frequency, recency: weeks(recency), age: weeks(age) }]);

const logLikelihood = (model: PurchaseModel, values: readonly number[], x: number, tx: number, age: number) =>
  model.logLikelihood(one(x, tx, age), Float64Array.from(values));

/** r, alpha, s, beta, x, tx, T and the value from an arbitrary-precision library, integrating with 40 digits. */
const paretoReferences: readonly (readonly number[])[] = [
  [0.55, 10.6, 0.6, 11.7, 0, 0, 39, -0.520898143882108],
  [0.55, 10.6, 0.6, 11.7, 2, 30.43, 38.86, -9.54852813452234],
  [0.55, 10.6, 0.6, 11.7, 200, 38, 40, 76.1975682153359],
  [0.55, 10.6, 0.6, 11.7, 10_000, 700, 720, 16428.7057458091],
  [0.55, 10.6, 0.6, 11.7, 10_000, 5, 720, 54621.3785683746],
  [0.55, 10.6, 0.6, 11.7, 3, 20, 20, -10.667605745289],
  [0.55, 10.6, 0.6, 11.7, 3, 20, 20.0000001, -10.6676057568903],
  [0.55, 10.6, 0.6, 11.7, 0, 0, 1e-9, -5.18867924490523e-11],
  [0.55, 10.6, 0.6, 11.7, 1, 1e-9, 2e-9, -2.95869100221738],
  [0.3, 0.001, 2, 50, 4, 3, 30, -9.26732229788234],
  [0.3, 50, 2, 0.001, 4, 3, 30, -30.9969107136772],
  [0.3, 50, 2, 0.001, 0, 0, 30, -5.99844825148351e-6],
  [1000, 30_000, 0.05, 10_000, 2, 9, 100, -10.1333878324542],
];

test.each(paretoReferences)('Pareto/NBD with r %d, alpha %d, s %d, beta %d of x %d, tx %d, T %d', (...row) => {
  const [x = 0, tx = 0, age = 0, value = 0] = row.slice(4);
  const found = logLikelihood(paretoNbd, row.slice(0, 4), x, tx, age);
  expect(Math.abs(found - value)).toBeLessThan(1e-10 * Math.max(Math.abs(value), 0.001));
});

test('Pareto/NBD: a customer among thousands of others, where integrals come from a table, has the same likelihood as alone', () => {
  const values = Float64Array.of(0.55, 10.6, 0.6, 11.7);
  const rows = Array.from({ length: 3_000 }, (_, i) => {
    const frequency = i % 4;
    const age = 1 + ((i * 37) % 700) / 7;
    return { frequency, recency: weeks(frequency === 0 ? 0 : (age * ((i * 13) % 97 + 1)) / 98), age: weeks(age) }; // biome-ignore format: one row
  });
  const alone = rows.reduce((sum, { frequency, recency, age }) => {
    const cells = purchaseCells('week', [{ frequency, recency, age }]);
    return sum + paretoNbd.logLikelihood(cells, values);
  }, 0);
  expect(relativeError(paretoNbd.logLikelihood(purchaseCells('week', rows), values), alone)).toBeLessThan(1e-12);
});

test('zero-inflated NBD with customers all alike is the zero-inflated Poisson', () => {
  for (const [x, tx, age] of [
    [0, 0, 30],
    [3, 20, 30],
    [10_000, 30, 30],
  ] as const) {
    const limit = logLikelihood(zeroInflatedPoisson, [0.0716, 0.55], x, tx, age);
    expect(relativeError(logLikelihood(zeroInflatedNbd, [1e12, 1e12 / 0.0716, 0.55], x, tx, age), limit)).toBeLessThan(
      1e-6,
    );
  }
});

const someValues: Readonly<Record<string, readonly (readonly number[])[]>> = {
  nbd: [[0.385, 12.07], [7, 100]], // biome-ignore format: rows
  'zero-inflated-nbd': [[0.8, 9, 0.4], [5_000, 400_000, 0.61]], // biome-ignore format: rows
  'zero-inflated-poisson': [[0.0716, 0.555], [0.5, 0.01]], // biome-ignore format: rows
  'bg-nbd': [[0.243, 4.41, 0.79, 2.43], [3, 50, 1e-3, 200]], // biome-ignore format: rows
  'mbg-nbd': [[0.525, 6.18, 0.89, 1.61], [3, 50, 1e-3, 1e-3]], // biome-ignore format: rows
  'pareto-nbd': [[0.553, 10.58, 0.606, 11.67], [2, 0.1, 1.5, 300], [2, 300, 1.5, 0.1]], // biome-ignore format: rows
};

describe.each(purchaseModels.map((model) => [model.title, model] as const))('%s', (_, model) => {
  const cells = purchaseCells('week', [
    { frequency: 0, recency: weeks(0), age: weeks(39), customers: 50 },
    { frequency: 0, recency: weeks(0), age: weeks(0) },
    { frequency: 1, recency: weeks(1 / 7), age: weeks(30), customers: 9 },
    { frequency: 2, recency: weeks(30.43), age: weeks(38.86), customers: 4 },
    { frequency: 7, recency: weeks(31), age: weeks(31), customers: 2 },
    { frequency: 200, recency: weeks(38), age: weeks(40) },
    { frequency: 10_000, recency: weeks(37), age: weeks(39) },
    ...Array.from({ length: 30 }, (__, i) => ({ frequency: 3, recency: weeks(1 + i / 7), age: weeks(20 + i / 7) })),
  ]);

  test.each((someValues[model.name] ?? []).map((values) => [values]))('the gradient is the slope, at %j', (values) => {
    const gradient = new Float64Array(values.length);
    model.logLikelihood(cells, Float64Array.from(values), gradient);
    for (const [i, value] of values.entries()) {
      const at = (factor: number) =>
        model.logLikelihood(cells, Float64Array.from(values).with(i, value * (1 + factor)));
      const h = 1e-3;
      const slope = (at(-2 * h) - 8 * at(-h) + 8 * at(h) - at(2 * h)) / (12 * h * value);
      const scale = Math.abs(model.logLikelihood(cells, Float64Array.from(values)) / value) * 1e-8;
      expect(Math.abs((gradient[i] ?? 0) - slope)).toBeLessThan(1e-7 * Math.abs(slope) + scale);
    }
  });

  test('times in days only add x ln 7', () => {
    const [values = []] = someValues[model.name] ?? [];
    const inDays = values.map((value, i) => {
      const kind = model.parameters[i]?.kind;
      return kind === 'time' ? value * 7 : kind === 'rate' ? value / 7 : value;
    });
    const week = logLikelihood(model, values, 3, 10, 20);
    const day = logLikelihood(model, inDays, 3, 70, 140);
    expect(day).toBeCloseTo(week - 3 * Math.log(7), 10);
  });
});
