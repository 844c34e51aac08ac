import { describe, expect, test } from 'vitest';
import { purchaseModels } from '../../src/analytics/fit.ts';
import { recover } from './recovery.ts';

/** All 40 seeds are in test/slow/model-recovery.test.ts. */
const seeds = [1, 2, 3, 4, 5];

describe.each(purchaseModels.map((model) => [model.title, model] as const))('%s', (_, model) => {
  const found = seeds.map((seed) => recover(model, seed, 1_000));

  test('known parameters are recovered within 3 standard errors', () => {
    const good = found.filter(({ distances }) => distances.every((distance) => Math.abs(distance) < 3));
    expect(good.length).toBeGreaterThanOrEqual(seeds.length - 1);
  });

  test('80 % intervals of customers cover 75 to 85 %', () => {
    const covered =
      found.reduce((sum, one) => sum + one.covered, 0) / found.reduce((sum, one) => sum + one.customers, 0);
    expect(covered).toBeGreaterThan(0.75);
    expect(covered).toBeLessThan(0.85);
  });
});
