import { expect, test } from 'vitest';
import { monthlySeason } from '../../../src/analytics/forecast/monthly-season.ts';
import { randomNumbers } from './simulated-months.ts';

const effect = (month: number) => 0.3 * Math.cos((2 * Math.PI * (month % 12)) / 12);
const season = (length: number, firstMonth: number, noise: number, slope = 0, seed = 1) => {
  const { normal } = randomNumbers(seed);
  return Array.from({ length }, (_, i) => 4 + effect(firstMonth + i) + slope * i + noise * normal());
};
const spreadOf = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / 11);

test('a season without noise is found exactly, whichever month comes first and whatever the slope', () => {
  for (const [firstMonth, length, slope] of [
    [0, 24, 0],
    [5, 31, 0.02],
    [11, 47, -0.01],
  ] as const) {
    const found = monthlySeason(season(length, firstMonth, 0, slope), firstMonth);
    for (const [month, value] of found.entries()) expect(value).toBeCloseTo(effect(month), 9);
  }
});

test('with less than two full years there is none', () => {
  expect(monthlySeason(season(23, 0, 0), 0)).toEqual(Array.from({ length: 12 }, () => 0));
});

test('years that are noise give next to no season: under half of what their means would say', () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed + 1);
  const kept = seeds.map((seed) => {
    const { normal } = randomNumbers(seed);
    return spreadOf(
      monthlySeason(
        Array.from({ length: 24 }, () => 0.1 * normal()),
        0,
      ),
    );
  });
  const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
  // The means of two values with a standard deviation of .1 have one of .07.
  expect(mean).toBeLessThan(0.035);
});

test('a season in noise is drawn in a little, not away', () => {
  const found = monthlySeason(season(48, 0, 0.05), 0);
  for (const [month, value] of found.entries()) expect(Math.abs(value - effect(month))).toBeLessThan(0.08);
  expect(spreadOf(found)).toBeGreaterThan(0.19);
});
