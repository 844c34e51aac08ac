import { randomGamma } from 'd3-random';
import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import {
  numericGradient,
  orderInterval,
  orderQuantile,
  sumInterval,
  sumVariance,
  valueInterval,
  valueMoments,
  valueProbability,
  valueQuantile,
} from '../../src/analytics/intervals.ts';
import {
  expectedSpend,
  fitSpend,
  meanSpend,
  spendLogLikelihood,
  updateSpend,
} from '../../src/analytics/models/gamma-gamma.ts';
import { negativeBinomial } from '../../src/analytics/numeric/negative-binomial.ts';
import { spendCells } from '../../src/analytics/spend-cells.ts';
import { relativeError } from './close.ts';

const spend = { p: 6.25, q: 3.74, gamma: 15.44 };

describe('orders', () => {
  test('the interval of a small distribution by hand', () => {
    const probabilities = Float64Array.of(0.05, 0.2, 0.5, 0.2, 0.05);
    expect(orderInterval(probabilities)).toEqual({ low: 1, high: 3 });
    expect(orderInterval(Float64Array.of(0.95, 0.05))).toEqual({ low: 0, high: 0 });
    expect(orderQuantile(probabilities, 0.5)).toBe(2);
  });

  test('covers at least its level', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        fc.double({ min: 0.1, max: 40, noNaN: true }),
        (r, mean) => {
          const probabilities = negativeBinomial(r, r / mean, 1, 3_000);
          const { low, high } = orderInterval(probabilities);
          expect(probabilities.slice(low, high + 1).reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(
            0.8 - 1e-9,
          );
        },
      ),
    );
  });
});

describe('value of a customer', () => {
  test('one order for sure: the amount’s distribution, a beta-prime, is that of its own integral', () => {
    // P(amount <= y) = integral over nu of Gamma(p, nu) <= y; here with p = 1: 1 - (gamma / (gamma + y))^q.
    const one = { p: 1, q: 2.5, gamma: 40 };
    for (const y of [0.1, 10, 300]) {
      expect(valueProbability(Float64Array.of(0, 1), one, y)).toBeCloseTo(1 - (40 / (40 + y)) ** 2.5, 12);
    }
  });

  test('quantiles are where the probability says, 0 where no order is that likely', () => {
    const probabilities = negativeBinomial(0.6, 0.8, 1, 200);
    for (const share of [0.6, 0.8, 0.99]) {
      const amount = valueQuantile(probabilities, spend, share);
      if ((probabilities[0] ?? 0) >= share) expect(amount).toBe(0);
      else expect(valueProbability(probabilities, spend, amount)).toBeCloseTo(share, 7);
    }
    expect(valueInterval(Float64Array.of(0.95, 0.05), spend)).toEqual({ low: 0, high: 0 });
  });

  test('mean, variance and 80 % interval of 200,000 simulated customers with two purchases of 30 on average', () => {
    const generator = xoroshiro128plus(5);
    const gamma = randomGamma.source(() => uniformFloat64(generator));
    const known = updateSpend(spend, 2, 30);
    const probabilities = Float64Array.of(0.3, 0.4, 0.2, 0.1);
    const orders = { mean: 1.1, variance: 0.4 + 0.8 + 0.9 - 1.21 };
    const nu = gamma(known.q, 1 / known.gamma);
    const sums = Array.from({ length: 200_000 }, () => {
      const u = uniformFloat64(generator);
      const n = u < 0.3 ? 0 : u < 0.7 ? 1 : u < 0.9 ? 2 : 3;
      return n === 0 ? 0 : gamma(known.p * n, 1 / nu())();
    });
    const moments = valueMoments(orders, known);
    const mean = sums.reduce((sum, one) => sum + one, 0) / sums.length;
    const variance = sums.reduce((sum, one) => sum + (one - mean) ** 2, 0) / sums.length;
    expect(relativeError(mean, moments?.mean ?? 0)).toBeLessThan(0.01);
    expect(relativeError(variance, moments?.variance ?? 0)).toBeLessThan(0.03);
    expect(moments?.mean).toBeCloseTo(1.1 * (expectedSpend(spend, 2, 30) ?? 0), 10);
    const { low, high } = valueInterval(probabilities, known);
    expect(low).toBe(0);
    expect(sums.filter((sum) => sum <= high).length / sums.length).toBeCloseTo(0.9, 2);
  });

  test('without a finite variance there are no moments', () => {
    expect(valueMoments({ mean: 1, variance: 1 }, { p: 6, q: 2, gamma: 15 })).toBeNull();
  });
});

describe('sums of customers', () => {
  const covariance = [
    [0.04, 0.01],
    [0.01, 0.09],
  ];

  test('the variance is that of the customers plus gradient x covariance x gradient', () => {
    const sum = { mean: 100, variance: 50, gradient: [10, -20], covariance };
    expect(sumVariance(sum)).toBeCloseTo(50 + 4 - 4 + 36, 10);
    expect(sumVariance({ ...sum, covariance: null })).toBe(50);
  });

  test('two halves of a base move together: their joint variance is more than the sum of both', () => {
    const half = { mean: 100, variance: 50, gradient: [10, 20], covariance };
    const both = { mean: 200, variance: 100, gradient: [20, 40], covariance };
    expect(sumVariance(both)).toBeGreaterThan(2 * sumVariance(half));
    expect(sumVariance(both) - 100).toBeCloseTo(4 * (sumVariance(half) - 50), 10);
  });

  test('the interval is that of the normal distribution for large sums, and never below 0 for small ones', () => {
    const large = sumInterval({ mean: 1e6, variance: 1e4, gradient: [0, 0], covariance });
    expect(large.low).toBeCloseTo(1e6 - 128.155, 0);
    expect(large.high).toBeCloseTo(1e6 + 128.155, 0);
    const huge = sumInterval({ mean: 1e9, variance: 1e4, gradient: [0, 0], covariance });
    expect(huge.high - 1e9).toBeCloseTo(128.1552, 3);
    const small = sumInterval({ mean: 1, variance: 4, gradient: [0, 0], covariance });
    expect(small.low).toBeGreaterThanOrEqual(0);
    expect(small.high).toBeGreaterThan(1);
    // The exponential distribution: its quantiles are logarithms.
    const exponential = sumInterval({ mean: 3, variance: 9, gradient: [0, 0], covariance });
    expect(exponential.low).toBeCloseTo(-3 * Math.log(0.9), 8);
    expect(exponential.high).toBeCloseTo(-3 * Math.log(0.1), 8);
    expect(sumInterval({ mean: 0, variance: 0, gradient: [0, 0], covariance })).toEqual({ low: 0, high: 0 });
    expect(sumInterval({ mean: 7, variance: 0, gradient: [0, 0], covariance })).toEqual({ low: 7, high: 7 });
  });

  test('the numeric gradient of a product', () => {
    const gradient = numericGradient(([a = 0, b = 0]) => Math.exp(a) * b, Float64Array.of(0.5, 3));
    expect(gradient[0]).toBeCloseTo(3 * Math.exp(0.5), 6);
    expect(gradient[1]).toBeCloseTo(Math.exp(0.5), 8);
  });
});

describe('Gamma-Gamma', () => {
  test('E[M] lies between the customer’s mean and that of all, nearer to the customer’s with every purchase', () => {
    const all = meanSpend(spend) ?? 0;
    expect(expectedSpend(spend, 0, 0)).toBe(all);
    let last = all;
    for (const purchases of [1, 2, 5, 50, 10_000]) {
      const value = expectedSpend(spend, purchases, 200) ?? 0;
      expect(value).toBeGreaterThan(last);
      expect(value).toBeLessThan(200);
      last = value;
    }
    expect(last).toBeCloseTo(200, 0);
    const updated = meanSpend(updateSpend(spend, 5, 200));
    expect(updated).toBeCloseTo(expectedSpend(spend, 5, 200) ?? 0, 10);
  });

  test('the density of the mean integrates to 1, that of the total is smaller by the number of purchases', () => {
    const values = Float64Array.of(spend.p, spend.q, spend.gamma);
    for (const purchases of [1, 4]) {
      const log = (mean: number, convention: 'mean' | 'total') =>
        spendLogLikelihood(spendCells([{ purchases, mean }]), values, convention);
      let sum = 0;
      const step = 0.01;
      for (let y = -8; y < 16; y += step) sum += step * Math.exp(log(Math.exp(y), 'mean') + y);
      expect(sum).toBeCloseTo(1, 8);
      expect(log(30, 'mean') - log(30, 'total')).toBeCloseTo(Math.log(purchases), 10);
    }
  });

  test('the gradient is the slope', () => {
    const cells = spendCells([
      { purchases: 1, mean: 20 },
      { purchases: 3, mean: 55, customers: 4 },
      { purchases: 10_000, mean: 31 },
    ]);
    const values = Float64Array.of(6.25, 3.74, 15.44);
    const gradient = new Float64Array(3);
    spendLogLikelihood(cells, values, 'mean', gradient);
    for (const [i, value] of values.entries()) {
      const at = (by: number) => spendLogLikelihood(cells, values.with(i, value + by), 'mean');
      const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
      expect(relativeError(gradient[i] ?? 0, slope)).toBeLessThan(1e-4);
    }
  });

  test('simulated spend is recovered within 3 standard errors', () => {
    const generator = xoroshiro128plus(11);
    const gamma = randomGamma.source(() => uniformFloat64(generator));
    const nus = gamma(spend.q, 1 / spend.gamma);
    const rows = Array.from({ length: 4_000 }, (_, i) => {
      const purchases = 1 + (i % 5);
      return { purchases, mean: gamma(spend.p * purchases, 1 / nus())() / purchases };
    });
    const { parameters, isUsable, diagnosis } = fitSpend(spendCells(rows));
    expect([isUsable, diagnosis]).toEqual([true, []]);
    for (const [i, truth] of [spend.p, spend.q, spend.gamma].entries()) {
      const { value = 0, standardError } = parameters[i] ?? {};
      expect(Math.abs(value - truth)).toBeLessThan(3 * (standardError ?? 0));
    }
  });
});
