import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { chooseModel } from '../../../src/analytics/backtest/choose-model.ts';
import { scoreHoldout } from '../../../src/analytics/backtest/log-score.ts';
import { fitPurchaseModel, purchaseModels } from '../../../src/analytics/fit.ts';
import { zeroInflatedPoisson } from '../../../src/analytics/models/zero-inflated-poisson.ts';
import { purchaseCells } from '../../../src/analytics/purchase-cells.ts';
import type { ModelName } from '../../../src/analytics/purchase-model.ts';
import { simulateCustomers } from '../../../src/analytics/simulate-customers.ts';
import { weeks } from '../../../src/analytics/units.ts';

test('the score of a known Poisson customer is the logarithm of the Poisson probability', () => {
  // Nobody leaves: 0.2 a week for 10 weeks are 2 on average.
  const fit = { model: zeroInflatedPoisson, unit: 'week', values: Float64Array.of(0.2, 1e-12) } as const;
  const held = [0, 1, 5].map((future) => ({ frequency: 2, recency: weeks(5), age: weeks(20), customers: 1, future }));
  const { logScore, expected, actual } = scoreHoldout(fit, held, weeks(10));
  const probabilities = [Math.exp(-2), 2 * Math.exp(-2), (2 ** 5 / 120) * Math.exp(-2)];
  expect(logScore).toBeCloseTo(probabilities.reduce((sum, p) => sum + Math.log(p), 0) / 3, 10);
  expect(expected).toBeCloseTo(2, 10);
  expect(actual).toBe(2);
});

test('a count that a model holds for impossible costs much, but not everything', () => {
  const fit = { model: zeroInflatedPoisson, unit: 'week', values: Float64Array.of(1e-6, 0.5) } as const;
  const held = [{ frequency: 0, recency: weeks(0), age: weeks(20), future: 40 }];
  expect(scoreHoldout(fit, held, weeks(1)).logScore).toBeCloseTo(Math.log(1e-12), 6);
});

const shops: readonly (readonly [ModelName, readonly number[]])[] = [
  ['zero-inflated-nbd', [1.5, 15, 0.5]],
  ['pareto-nbd', [0.8, 8, 0.8, 20]],
  ['bg-nbd', [0.6, 6, 0.8, 2.4]],
];

test.each(shops)('customers of a %s shop are foreseen best by its own model, or as well by another', (name, values) => {
  const generator = xoroshiro128plus(11);
  const uniform = () => uniformFloat64(generator);
  const age = () => weeks(20 + 60 * uniform());
  const simulation = { unit: 'week', name, values, customers: 12_000, age, horizon: weeks(26), uniform } as const;
  const base = [...simulateCustomers(simulation)];
  const cells = purchaseCells('week', base);
  const candidates = purchaseModels
    .map((model) => fitPurchaseModel(model, cells))
    .filter(({ limit }) => limit === null)
    .map((fit) => ({
      ...{ name: fit.model.name, title: fit.model.title, parameters: fit.model.parameters.length },
      scores: [scoreHoldout(fit, base, weeks(26))],
    }));
  const scoreOf = (one: string) => candidates.find((candidate) => candidate.name === one)?.scores[0]?.logScore ?? -9;
  const choice = chooseModel(candidates);
  // Of 12,000 customers: less than five in all.
  expect(scoreOf(choice?.name ?? '') - scoreOf(name)).toBeLessThan(5 / 12_000);
  expect(scoreOf(name) - scoreOf('zero-inflated-poisson')).toBeGreaterThan(0.001);
  expect(choice?.reason).toContain('mean log score');
});

test('of two models that cannot be told apart the simpler one is chosen, and without candidates none', () => {
  const score = (logScore: number) => ({ customers: 1_000, logScore, expected: 1, actual: 1 });
  const rich = { name: 'rich', title: 'Rich', parameters: 4, scores: [score(-0.5)] };
  const plain = { name: 'plain', title: 'Plain', parameters: 2, scores: [score(-0.5004)] };
  expect(chooseModel([rich, plain])?.name).toBe('plain');
  expect(chooseModel([rich, { ...plain, scores: [score(-0.501)] }])?.name).toBe('rich');
  expect(chooseModel([])).toBeUndefined();
});
