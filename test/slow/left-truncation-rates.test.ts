import { describe, expect, test } from 'vitest';
import { detectLeftTruncation } from '../../src/analytics/observation/left-truncation.ts';
import { oldShop, type Shop, simulateExport } from '../analytics/observation/simulated-shop.ts';
import { numbersIn, tableOf } from '../docs/methods-page.ts';

const seeds = Array.from({ length: 200 }, (_, i) => i + 1);

const launch = { weeksBefore: 0 };

/** The shops of the table in docs/methods.md, in its order; one that begins in another season with each seed. */
const shops: readonly ((seed: number) => Partial<Shop>)[] = [
  () => ({}),
  () => ({ ratePerWeek: 0.03, lifetimeWeeks: 150 }),
  () => ({ neverReturns: () => 0.8 }),
  () => ({ weeks: 52 }),
  () => ({ weeks: 26 }),
  () => launch,
  () => ({ ...launch, newPerWeek: (week) => 60 * (1 + 2 * Math.exp(-week / 4)) }),
  () => ({ ...launch, newPerWeek: (week) => 30 * Math.exp(0.02 * week) }),
  (seed) => ({
    ...{ ...launch, weeks: 104, newPerWeek: () => 150, busiest: 1.6 },
    season: (week) => 1 + 0.6 * Math.cos((2 * Math.PI * (week - 1.3 * seed)) / 52),
  }),
  () => ({
    ...launch,
    newPerWeek: (week) => (week < 1 ? 360 : 60),
    neverReturns: (week) => (week < 1 ? 0.9 : 0.5),
  }),
  () => ({ ...launch, newPerWeek: (week) => 150 * Math.exp(-0.02 * week) }),
  () => ({
    ...launch,
    newPerWeek: (week) => 60 * (1 + 2 * Math.exp(-week / 4)),
    neverReturns: (week) => 0.5 - 0.2 * Math.exp(-week / 8),
  }),
  () => ({
    ...launch,
    newPerWeek: (week) => 60 * (1 + Math.exp(-week / 16)),
    neverReturns: (week) => 0.5 - 0.3 * Math.exp(-week / 16),
  }),
];

describe('docs/methods.md says how often shops are called truncated, over 200 seeds', () => {
  const rows = tableOf('Shop');

  test('every row has its shop', () => {
    expect(rows).toHaveLength(shops.length);
  });

  test.each(
    shops.map((shop, index) => [rows[index]?.get('Shop'), rows[index]?.get('Called truncated'), shop] as const),
  )('%s: %s', (_, cell = '', shop) => {
    const called = seeds.filter((seed) => {
      return detectLeftTruncation(simulateExport({ ...oldShop, ...shop(seed) }, seed).weeks).isTruncated;
    });
    expect(Math.abs(Number(numbersIn(cell)[0]) - (100 * called.length) / seeds.length)).toBeLessThanOrEqual(1);
  });
});
