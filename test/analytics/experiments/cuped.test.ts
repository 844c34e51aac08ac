import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArmSums, adjustDifference } from '../../../src/analytics/experiments/cuped.ts';
import { seeded } from './simulated-campaign.ts';

type Point = readonly [x: number, y: number];

function sumsOf(points: readonly Point[]): ArmSums {
  const sum = (of: (x: number, y: number) => number) => points.reduce((total, [x, y]) => total + of(x, y), 0);
  return {
    customers: points.length,
    y: sum((_, y) => y),
    x: sum((x) => x),
    xy: sum((x, y) => x * y),
    yy: sum((_, y) => y * y),
    xx: sum((x) => x * x),
  };
}

describe('by hand', () => {
  test('y is twice x, and 3 more in the first arm: the difference is 3, without any variance', () => {
    const a: Point[] = [1, 2, 6].map((x) => [x, 2 * x + 3]);
    const b: Point[] = [2, 4, 5, 9].map((x) => [x, 2 * x]);
    const { theta, difference, variance, reductionPercent } = adjustDifference(sumsOf(a), sumsOf(b));
    // Without x: 9 less 10. The means of x are 3 and 5.
    expect(theta).toBeCloseTo(2, 12);
    expect(difference).toBeCloseTo(-1 - 2 * (3 - 5), 12);
    expect(difference).toBeCloseTo(3, 12);
    expect(variance).toBeCloseTo(0, 12);
    expect(reductionPercent).toBeCloseTo(100, 10);
  });

  test('x that is the same for all, or says nothing of y, is not used: the plain difference with its variance', () => {
    const plain = { theta: 0, difference: 3 - 2, variance: 1 / 3 + 4 / 3, reductionPercent: 0 };
    const ys = [
      [2, 3, 4],
      [0, 2, 4],
    ];
    const with_ = (xs: readonly number[]) =>
      ys.map((values) => sumsOf(values.map((y, index): Point => [xs[index] ?? 0, y])));
    for (const xs of [
      [7, 7, 7],
      [0, 0, 0],
      [1, -2, 1],
    ]) {
      const [a, b] = with_(xs);
      if (a === undefined || b === undefined) throw new Error('two arms');
      const found = adjustDifference(a, b);
      expect(found.theta).toBe(0);
      expect(found.difference).toBeCloseTo(plain.difference, 12);
      expect(found.variance).toBeCloseTo(plain.variance, 12);
      expect(found.reductionPercent).toBe(0);
    }
  });
});

test('the variance falls by the square of the correlation, as Deng et al. derive (equation 4)', () => {
  const uniform = seeded(3);
  const arm = (shift: number): Point[] =>
    Array.from({ length: 40_000 }, () => {
      const x = uniform();
      return [x, 3 * x + 2 * uniform() + shift];
    });
  // Of 3x + 2u: 9 of 13 parts of the variance come from x.
  const { theta, difference, reductionPercent } = adjustDifference(sumsOf(arm(0.5)), sumsOf(arm(0)));
  expect(theta).toBeCloseTo(3, 1);
  expect(difference).toBeCloseTo(0.5, 1);
  expect(Math.abs(reductionPercent - 100 * (9 / 13))).toBeLessThan(1);
});

test('for any customers: the variance is never larger with x than without it, and a shift of x changes nothing', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }));
  const arm = fc.array(point, { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(arm, arm, fc.integer({ min: -50, max: 50 }), (a, b, shift) => {
      const plain = (points: readonly Point[]) => sumsOf(points.map(([, y]): Point => [0, y]));
      const without = adjustDifference(plain(a), plain(b));
      const found = adjustDifference(sumsOf(a), sumsOf(b));
      expect(found.variance).toBeLessThanOrEqual(without.variance * (1 + 1e-12) + 1e-12);
      expect(found.reductionPercent).toBeGreaterThanOrEqual(0);
      expect(found.reductionPercent).toBeLessThanOrEqual(100);
      const shifted = (points: readonly Point[]) => sumsOf(points.map(([x, y]): Point => [x + shift, y]));
      expect(adjustDifference(shifted(a), shifted(b)).difference).toBeCloseTo(found.difference, 6);
    }),
  );
});
