import { describe, expect, test } from 'vitest';
import { purchaseModels } from '../../src/analytics/fit.ts';
import { recover } from '../../src/selftest/verify/recovery.ts';

const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

describe.each(purchaseModels.map((model) => [model.title, model] as const))('%s, 40 seeds', (_, model) => {
  const found = seeds.map((seed) => recover(model, seed, 1_500));
  const share = (part: 'covered' | 'coveredSums', of: 'customers' | 'sums'): number =>
    found.reduce((sum, one) => sum + one[part], 0) / found.reduce((sum, one) => sum + one[of], 0);

  test('known parameters are recovered within 3 standard errors in 95 % of the seeds', () => {
    const good = found.filter(({ distances }) => distances.every((distance) => Math.abs(distance) < 3));
    expect(good.length).toBeGreaterThanOrEqual(0.95 * seeds.length);
  });

  test('the standard errors are not too wide either: 80 % intervals of parameters cover 65 to 92 %', () => {
    // 40 seeds leave a standard error of 6 % for one parameter; the parameters of a model err together.
    const all = found.flatMap(({ distances }) => distances);
    const covered = all.filter((distance) => Math.abs(distance) < 1.2816).length / all.length;
    expect(covered).toBeGreaterThan(0.65);
    expect(covered).toBeLessThan(0.92);
  });

  test('80 % intervals of customers and of sums of 150 customers cover 75 to 85 %', () => {
    for (const covered of [share('covered', 'customers'), share('coveredSums', 'sums')]) {
      expect(covered).toBeGreaterThan(0.75);
      expect(covered).toBeLessThan(0.85);
    }
  });
});
