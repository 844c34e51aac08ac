import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newcombeInterval, wilsonInterval } from '../../../src/analytics/experiments/newcombe.ts';
import { normalQuantile } from '../../../src/analytics/numeric/normal.ts';

const z95 = normalQuantile(0.975);

describe('the difference of two shares, method 10 of Newcombe 1998, table II', () => {
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i of %i less %i of %i: %d', (a, m, b, n, low, high) => {
    const interval = newcombeInterval({ successes: a, total: m }, { successes: b, total: n }, z95);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('a single share: 81 of 263, Newcombe 1998 on single proportions, table I, method 3', () => {
    const { low, high } = wilsonInterval({ successes: 81, total: 263 }, z95);
    expect([low, high].map((end) => end.toFixed(4))).toEqual(['0.2553', '0.3662']);
  });
});

const share = fc
  .tuple(fc.nat(2000), fc.nat(2000))
  .map(([one, other]) => ({ successes: Math.min(one, other), total: Math.max(one, other) }));

describe('for any shares and any level', () => {
  const level = fc.double({ min: 0.1, max: 6, noNaN: true });

  test('the interval holds the difference, stays within -1 and 1, and the other way round it is its mirror', () => {
    fc.assert(
      fc.property(share, share, level, (a, b, z) => {
        const { low, high } = newcombeInterval(a, b, z);
        const mirrored = newcombeInterval(b, a, z);
        const of = ({ successes, total }: typeof a) => (total === 0 ? 0.5 : successes / total);
        expect(low).toBeLessThanOrEqual(of(a) - of(b) + 1e-12);
        expect(high).toBeGreaterThanOrEqual(of(a) - of(b) - 1e-12);
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual(1);
        expect(mirrored.low).toBeCloseTo(-high, 12);
        expect(mirrored.high).toBeCloseTo(-low, 12);
      }),
    );
  });

  test('a higher level gives a wider interval', () => {
    fc.assert(
      fc.property(share, share, level, (a, b, z) => {
        const [narrow, wide] = [newcombeInterval(a, b, z), newcombeInterval(a, b, z * 1.5)];
        expect(wide.low).toBeLessThanOrEqual(narrow.low);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
      }),
    );
  });
});
