import gammaln from '@stdlib/math-base-special-gammaln';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gammaAbove, gammaBelow, gammaQuantile } from '../../../src/analytics/numeric/gamma-distribution.ts';

/** For whole shapes: fewer than `shape` events of a Poisson process, each probability by itself. */
function poissonBelow(x: number, shape: number): number {
  let sum = 0;
  for (let n = 0; n < shape; n++) sum += Math.exp(n * Math.log(x) - x - gammaln(n + 1));
  return sum;
}

describe('the Gamma distribution', () => {
  // Tables of chi-square, whose half with half the degrees of freedom this is: NIST handbook 1.3.6.7.4 and its formula for more degrees.
  test.each([
    [1, 0.95, 3.841],
    [10, 0.05, 3.94],
    [100, 0.95, 124.342],
    [100, 0.05, 77.929],
  ])('%i degrees of freedom at %f: %f, as tables have it', (degrees, p, quantile) => {
    expect(2 * gammaQuantile(p, degrees / 2)).toBeCloseTo(quantile, 2);
  });

  test('with whole shapes it is that of a Poisson process, also where the library is off', () => {
    for (const shape of [50, 499, 501, 900, 1045, 1100, 1600, 2500, 9000]) {
      for (const away of [-3, -1.36, -0.5, 0, 0.2, 1, 2.5, 4]) {
        const x = shape + away * Math.sqrt(shape);
        expect(gammaAbove(x, shape), `${shape} at ${x}`).toBeCloseTo(poissonBelow(x, shape), 9);
      }
    }
  });

  test('laws: both tails make one, more is more probable, the quantile turns it round', () => {
    const shapes = fc.double({ min: 0.5, max: 7, noNaN: true }).map((digits) => 10 ** digits);
    fc.assert(
      fc.property(shapes, fc.double({ min: 0.0001, max: 0.9999, noNaN: true }), (shape, p) => {
        const x = gammaQuantile(p, shape);
        expect(gammaBelow(x, shape)).toBeCloseTo(p, 8);
        expect(gammaBelow(x, shape) + gammaAbove(x, shape)).toBeCloseTo(1, 10);
        expect(gammaBelow(x * 1.01, shape)).toBeGreaterThanOrEqual(gammaBelow(x, shape));
      }),
    );
  });

  test('far out it is nothing or everything', () => {
    expect(gammaBelow(0, 5000)).toBe(0);
    expect(gammaBelow(-1, 3)).toBe(0);
    expect(gammaAbove(20_000, 5000)).toBeLessThan(1e-300);
    expect(gammaBelow(20_000, 5000)).toBe(1);
  });
});
