import { describe, expect, test } from 'vitest';
import { detectLeftTruncation } from '../../../src/analytics/observation/left-truncation.ts';
import { newcomersOf } from '../../../src/analytics/observation/newcomer-week.ts';
import { oldShop, type Shop, simulateExport } from './simulated-shop.ts';

const seeds = Array.from({ length: 40 }, (_, i) => i + 1);
/** A shop, the same with every seed or one that begins in another season with each. */
type Shops = (seed: number) => Partial<Shop>;

/** Busy around one week of the year. */
const yearly = (amplitude: number, peak: number): Partial<Shop> => ({
  season: (week) => 1 + amplitude * Math.cos((2 * Math.PI * (week - peak)) / 52),
  busiest: 1 + amplitude,
});

/** Three times as busy for four weeks before Christmas, quiet after it. The export begins in this week of the year. */
const christmas = (firstWeek: number): Partial<Shop> => ({
  season: (week) => {
    const ofYear = (((week + firstWeek) % 52) + 52) % 52;
    if (ofYear >= 46 && ofYear < 50) return 3;
    return ofYear >= 50 || ofYear < 7 ? 0.7 : 1;
  },
  busiest: 3,
});

describe('an export that begins in the middle of the life of a shop', () => {
  const shops: readonly (readonly [string, Shops])[] = [
    ['4 orders a year', () => ({})],
    ['15 orders a year', () => ({ ratePerWeek: 0.3, lifetimeWeeks: 40 })],
    ['18 months, 1.5 orders a year for 3 years', () => ({ ratePerWeek: 0.03, lifetimeWeeks: 150 })],
    ['3 years, 1.5 orders a year for 3 years', () => ({ ratePerWeek: 0.03, lifetimeWeeks: 150, weeks: 156 })],
    ['customers who are much alike', () => ({ rateShape: 3 })],
    ['four of five never return', () => ({ neverReturns: () => 0.8, newPerWeek: () => 200 })],
    ['20 new customers a week', () => ({ newPerWeek: () => 20 })],
    ['growing by 30 % a year', () => ({ newPerWeek: (week) => 60 * Math.exp(0.005 * week) })],
    ['a campaign every quarter', (seed) => ({ newPerWeek: (week) => ((week + seed) % 13 === 0 ? 180 : 60) })],
    ['Christmas in any week', (seed) => ({ ...christmas(seed), weeks: 104 })],
  ];
  test.each(shops)('%s: recognized with 36 of 40 seeds or more, and how long', (_, shop) => {
    const found = seeds.flatMap((seed) => {
      const { weeks, old } = simulateExport({ ...oldShop, ...shop(seed) }, seed);
      const truncation = detectLeftTruncation(weeks);
      if (!truncation.isTruncated) return [];
      const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
      const inSpan = sum(old.slice(0, truncation.weeks));
      const next = truncation.weeks + 8;
      return {
        ofTruth: truncation.excess / inSpan,
        oldShare: inSpan / newcomersOf(weeks.slice(0, truncation.weeks)),
        oldShareAfter: sum(old.slice(truncation.weeks, next)) / newcomersOf(weeks.slice(truncation.weeks, next)),
      };
    });
    expect(found.length).toBeGreaterThanOrEqual(0.9 * seeds.length);
    const wrong = found.filter(({ ofTruth }) => ofTruth < 1 / 3 || ofTruth > 2);
    expect(wrong).toEqual([]);
    // What is called affected is where the old customers are.
    expect(found.filter(({ oldShare, oldShareAfter }) => oldShare <= oldShareAfter)).toEqual([]);
  });

  test('the excess is the number of old customers, where they come back within the span', () => {
    const ratios = seeds.map((seed) => {
      const { weeks, old } = simulateExport({ ...oldShop, ratePerWeek: 0.3, lifetimeWeeks: 40 }, seed);
      const { weeks: affected, excess } = detectLeftTruncation(weeks);
      return excess / old.slice(0, affected).reduce((sum, count) => sum + count, 0);
    });
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    expect(mean).toBeGreaterThan(0.9);
    expect(mean).toBeLessThan(1.1);
  });
});

describe('a shop without customers from before', () => {
  const shops: readonly (readonly [string, Shops])[] = [
    ['a launch', () => ({})],
    ['a launch of a large shop', () => ({ newPerWeek: () => 400 })],
    ['a launch that takes off slowly', () => ({ newPerWeek: (week) => 60 * (1 - Math.exp(-(week + 1) / 10)) })],
    ['an opening rush', () => ({ newPerWeek: (week) => 60 * (1 + 2 * Math.exp(-week / 4)) })],
    [
      'an opening rush of better customers',
      () => ({
        newPerWeek: (week) => 60 * (1 + 2 * Math.exp(-week / 4)),
        neverReturns: (week) => 0.5 - 0.2 * Math.exp(-week / 8),
      }),
    ],
    ['growing', () => ({ newPerWeek: (week) => 30 * Math.exp(0.02 * week) })],
    ['growing since week 30', () => ({ newPerWeek: (week) => 60 + 3 * Math.max(0, week - 30) })],
    ['fading', () => ({ newPerWeek: (week) => 150 * Math.exp(-0.02 * week) })],
    [
      'fading, with newcomers who return less and less',
      () => ({ newPerWeek: (week) => 150 * (1 - week / 80), neverReturns: (week) => 0.3 + (0.6 * week) / 78 }),
    ],
    ['half as many newcomers from week 30 on', () => ({ newPerWeek: (week) => (week < 30 ? 100 : 50) })],
    [
      'a first-week campaign for buyers who come once',
      () => ({
        newPerWeek: (week) => (week < 1 ? 360 : 60),
        neverReturns: (week) => (week < 1 ? 0.9 : 0.5),
      }),
    ],
    ['very uneven weeks', () => ({ dispersion: 8 })],
    ['a season, any week, 2 years', (seed) => ({ ...yearly(0.6, 1.3 * seed), weeks: 104, newPerWeek: () => 150 })],
    ['a season, any week, 40 weeks', (seed) => ({ ...yearly(0.6, 1.3 * seed), weeks: 40, newPerWeek: () => 150 })],
    ['near the peak, 18 months', (seed) => ({ ...yearly(0.6, (seed % 10) - 2), newPerWeek: () => 150 })],
    [
      'near the peak, 40 weeks',
      (seed) => ({ ...yearly(0.6, (seed % 10) - 2), ratePerWeek: 0.2, weeks: 40, newPerWeek: () => 150 }),
    ],
    ['before Christmas, 2 years', (seed) => ({ ...christmas(44 + (seed % 7)), weeks: 104, newPerWeek: () => 300 })],
    ['in December, 40 weeks', () => ({ ...christmas(48), weeks: 40, newPerWeek: () => 300 })],
  ];
  test.each(shops)('%s: called truncated with 2 of 40 seeds or fewer', (_, shop) => {
    const called = seeds.filter((seed) => {
      const { weeks } = simulateExport({ ...oldShop, weeksBefore: 0, ...shop(seed) }, seed);
      return detectLeftTruncation(weeks).isTruncated;
    });
    expect(called.length).toBeLessThanOrEqual(0.05 * seeds.length);
  });
});
