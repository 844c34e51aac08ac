import { expect, test } from 'vitest';
import { betaMean } from '../../src/analytics/numeric/beta-mean.ts';
import { gaussLegendre } from '../../src/analytics/numeric/gauss-legendre.ts';
import { hypergeometric2F1 } from '../../src/analytics/numeric/hypergeometric.ts';
import { negativeBinomial, poisson } from '../../src/analytics/numeric/negative-binomial.ts';
import { risingSums } from '../../src/analytics/numeric/rising-sums.ts';
import { eigen, invertPositive } from '../../src/analytics/numeric/symmetric-matrix.ts';
import { relativeError } from './close.ts';

/** 2F1(a, b; c; -z) to 15 digits, from an arbitrary-precision library with 40. */
const references: readonly (readonly [number, number, number, number, number])[] = [
  [1.25, 0.8, 3.2, 0.01, 0.996889979642036],
  [1.25, 0.8, 3.2, 1, 0.784271251121021],
  [1.25, 0.8, 3.2, 30, 0.186280592562164],
  [1.25, 0.8, 3.2, 40, 0.155462267397914],
  [1.25, 0.8, 3.2, 1e6, 0.0000669140391361622],
  [1, 1, 2, 3, 0.462098120373297],
  [50.3, 0.8, 202.5, 9, 0.392887316434783],
  [10_000.5, 0.9, 10_003, 0.7, 0.620349159921444],
  [0.3, 0.05, 0.1, 12, 0.711140627176342],
  [3, 5, 5.001, 100, 9.71614928876355e-7],
  [2, 0.0001, 3, 5, 0.999858001700116],
  [200, 2, 2.5, 0.5, 0.0000769296270930037],
  [10_001, 0.8, 3.3, 35, 0.0000740961882002269],
  [1.5, 300, 301, 20, 0.0104410393878716],
];

test.each(references)('2F1(%d, %d; %d; -%d) is right to 11 digits', (a, b, c, z, value) => {
  expect(relativeError(hypergeometric2F1(a, b, c, z), value)).toBeLessThan(1e-11);
});

test('2F1: the series and the integral agree over a wide grid, whichever of them is in use', () => {
  for (const a of [0.2, 1, 3.7, 40]) {
    for (const b of [0.02, 0.8, 5, 90]) {
      for (const rest of [0.03, 1, 7, 400]) {
        for (const z of [1e-9, 0.1, 2, 32, 33, 1e4]) {
          const at = (p: number) => Math.exp(-a * Math.log1p(z * p));
          const integral = betaMean(b, rest, { at, atZero: 1, atOne: at(1) });
          expect(relativeError(hypergeometric2F1(a, b, b + rest, z), integral)).toBeLessThan(2e-10);
        }
      }
    }
  }
});

test('2F1(1, 1; 2; -z) = ln(1 + z) / z, 2F1(a, b; b + 1; 0) = 1', () => {
  for (const z of [1e-6, 0.5, 10, 1e5]) {
    expect(relativeError(hypergeometric2F1(1, 1, 2, z), Math.log1p(z) / z)).toBeLessThan(1e-12);
  }
  expect(hypergeometric2F1(3, 2, 3, 0)).toBe(1);
});

test('Gauss-Legendre integrates polynomials up to twice its nodes exactly', () => {
  for (const count of [4, 7, 12, 16]) {
    const { nodes, weights } = gaussLegendre(count);
    for (let power = 0; power < 2 * count; power++) {
      const sum = nodes.reduce((total, node, i) => total + (weights[i] ?? 0) * node ** power, 0);
      expect(sum).toBeCloseTo(1 / (power + 1), 13);
    }
  }
});

test('ln Gamma(r + n) - ln Gamma(r) by sums, by jumps and where r is so large that a difference of log-gammas has no digit left', () => {
  const { logs, slopes } = risingSums(0.5, Float64Array.of(0, 1, 3, 100, 10_000));
  // Gamma(1/2 + 3) / Gamma(1/2) = 1/2 3/2 5/2; the others from an arbitrary-precision library.
  expect(logs[0]).toBe(0);
  expect(logs[1]).toBeCloseTo(Math.log(0.5), 14);
  expect(logs[2]).toBeCloseTo(Math.log(1.875), 14);
  expect(slopes[2]).toBeCloseTo(2 + 2 / 3 + 2 / 5, 14);
  const steps = risingSums(
    0.5,
    Float64Array.from({ length: 10_001 }, (_, n) => n),
  );
  expect(relativeError(logs[4] ?? 0, steps.logs[10_000] ?? 0)).toBeLessThan(1e-13);
  expect(relativeError(slopes[4] ?? 0, steps.slopes[10_000] ?? 0)).toBeLessThan(1e-13);
  expect(relativeError(risingSums(1e12, Float64Array.of(3)).logs[0] ?? 0, 3 * Math.log(1e12) + 3e-12)).toBeLessThan(
    1e-15,
  );
});

test('the counts of a negative binomial sum to 1 and have its mean, also where the first would underflow', () => {
  for (const [r, alpha, t] of [
    [0.25, 4, 39],
    [200, 44, 39],
    [10_000, 104, 52],
    [1e-3, 1, 1],
    [1e4, 1e6, 5],
  ] as const) {
    const mean = (r * t) / alpha;
    const upTo = Math.ceil(mean + 40 * Math.sqrt(mean * (1 + t / alpha)) + 300);
    const counts = negativeBinomial(r, alpha, t, upTo);
    expect(counts.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    expect(
      relativeError(
        counts.reduce((sum, value, n) => sum + n * value, 0),
        mean,
      ),
    ).toBeLessThan(1e-9);
  }
  expect([...negativeBinomial(2, 3, 0, 2)]).toEqual([1, 0, 0]);
  expect([...poisson(0, 2)]).toEqual([1, 0, 0]);
  expect(poisson(2_000, 5_000).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
});

test('eigenvalues and inverse of a matrix with known ones', () => {
  const { values, vectors } = eigen([
    [2, 1],
    [1, 2],
  ]);
  expect(values[0]).toBeCloseTo(1, 14);
  expect(values[1]).toBeCloseTo(3, 14);
  expect(Math.abs(vectors[1]?.[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 14);
  const inverse = invertPositive([
    [4, 2, 0],
    [2, 5, 1],
    [0, 1, 3],
  ]);
  const expected = [
    [14 / 44, -6 / 44, 2 / 44],
    [-6 / 44, 12 / 44, -4 / 44],
    [2 / 44, -4 / 44, 16 / 44],
  ];
  for (const [i, row] of expected.entries()) {
    for (const [j, entry] of row.entries()) expect(inverse?.[i]?.[j]).toBeCloseTo(entry, 13);
  }
  expect(invertPositive([[1, 2], [2, 1]])).toBeNull(); // biome-ignore format: a matrix
});
