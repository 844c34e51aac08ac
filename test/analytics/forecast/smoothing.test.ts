import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseSmoothing } from '../../../src/analytics/forecast/choose-smoothing.ts';
import { meanAbsoluteError, naiveScale } from '../../../src/analytics/forecast/scaled-error.ts';
import { smooth, smoothedAhead } from '../../../src/analytics/forecast/smoothing.ts';
import { randomNumbers } from './simulated-months.ts';

// Oil production of Saudi Arabia, 1996 to 2013, and air passengers in Australia, 1990 to 2016, with the parameters and results that
// Hyndman and Athanasopoulos print in Forecasting: Principles and Practice, 2nd edition, sections 7.1 and 7.2.
const oil = [
  ...[445.36, 453.2, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43],
  ...[521.28, 508.95, 488.89, 509.87, 456.72, 473.82, 525.95, 549.83, 542.34],
];
const air = [
  ...[17.55, 21.86, 23.89, 26.93, 26.89, 28.83, 30.08, 30.95, 30.19, 31.58, 32.58, 33.48, 39.02, 41.39],
  ...[41.6, 44.66, 46.95, 48.73, 51.49, 50.03, 60.64, 63.36, 66.36, 68.2, 68.12, 69.78, 72.6],
];
const level = { alpha: 0.8339, beta: 0, phi: 0 };

describe('exponential smoothing', () => {
  test('the published level of oil production: 542.68, errors 22.26 and 0.93 of those of the naive forecast', () => {
    const { state, errors } = smooth(oil, { level: 446.5868, trend: 0 }, level);
    for (const lead of [1, 5]) expect(smoothedAhead(state, level.phi, lead)).toBeCloseTo(542.68, 1);
    expect(meanAbsoluteError(errors)).toBeCloseTo(22.26, 1);
    expect(meanAbsoluteError(errors) / (naiveScale(oil) ?? 0)).toBeCloseTo(0.93, 2);
  });

  test('the published linear trend of air passengers: 74.60 to 83.01 in five years', () => {
    const holt = { alpha: 0.8321, beta: 0.0001, phi: 1 };
    const { state } = smooth(air, { level: 15.5715, trend: 2.1017 }, holt);
    const ahead = [1, 2, 3, 4, 5].map((lead) => smoothedAhead(state, holt.phi, lead));
    for (const [i, value] of [74.6, 76.7, 78.8, 80.91, 83.01].entries()) expect(ahead[i]).toBeCloseTo(value, 1);
  });

  test('a damped trend fades: the sum of phi, phi squared ... never passes phi / (1 - phi)', () => {
    expect(smoothedAhead({ level: 10, trend: 2 }, 0.9, 2)).toBeCloseTo(10 + 2 * (0.9 + 0.81), 12);
    expect(smoothedAhead({ level: 0, trend: 1 }, 0.8, 500)).toBeCloseTo(4, 9);
  });
});

describe('the choice between a level and a damped trend', () => {
  const series = (slope: number, noise: number, seed: number) => {
    const { normal } = randomNumbers(seed);
    return Array.from({ length: 36 }, (_, month) => 5 + slope * month + noise * normal());
  };

  test('a clear slope is found in most series, noise around a level is hardly ever taken for one', () => {
    const seeds = Array.from({ length: 100 }, (_, seed) => seed + 1);
    const trends = (slope: number) =>
      seeds.filter((seed) => chooseSmoothing(series(slope, 0.05, seed), { mayTrend: true }).hasTrend).length;
    expect(trends(0.05)).toBeGreaterThan(90);
    expect(trends(0)).toBeLessThan(10);
  });

  test('a constant is foreseen as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: -9, max: 9, noNaN: true }), (length, value) => {
        const constant = Array.from({ length }, () => value);
        const { state, smoothing } = chooseSmoothing(constant, { mayTrend: true });
        expect(smoothedAhead(state, smoothing.phi, 12)).toBeCloseTo(value, 9);
      }),
    );
  });
});
