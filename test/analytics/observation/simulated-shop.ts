import { randomExponential, randomGamma, randomPoisson } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { NewcomerWeek } from '../../../src/analytics/observation/newcomer-week.ts';
import { newcomerWeeks } from './newcomer-weeks.ts';

/** A shop of known truth. Week 0 is the first of the export; weeks before it have negative numbers. */
export interface Shop {
  /** Length of the export. */
  readonly weeks: number;
  /** How long the shop had existed when the export began; 0 is a launch. */
  readonly weeksBefore: number;
  /** Mean number of truly new customers in a week, before the season. */
  readonly newPerWeek: (week: number) => number;
  /** Variance of that number over its mean. */
  readonly dispersion: number;
  /** Share of the new customers of a week who never order again. */
  readonly neverReturns: (week: number) => number;
  /** Repeat orders per week of the others: Gamma with this mean and shape. */
  readonly ratePerWeek: number;
  readonly rateShape: number;
  /** Mean time until one of them leaves. */
  readonly lifetimeWeeks: number;
  /** How busy a time is, for new and for repeat orders alike; about 1 on average, never above `busiest`. */
  readonly season: (week: number) => number;
  readonly busiest: number;
}

/** In the middle of its life: three years old, 60 new customers a week, half of whom come back about four times a year. */
export const oldShop: Shop = {
  weeks: 78,
  weeksBefore: 156,
  newPerWeek: () => 60,
  dispersion: 2,
  neverReturns: () => 0.5,
  ratePerWeek: 0.08,
  rateShape: 1,
  lifetimeWeeks: 52,
  season: () => 1,
  busiest: 1,
};

export interface Export {
  readonly weeks: readonly NewcomerWeek[];
  /** How many of the newcomers of each week are customers from before the export. */
  readonly old: readonly number[];
}

export function simulateExport(shop: Shop, seed: number): Export {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  const count = randomPoisson.source(uniform);
  const gamma = randomGamma.source(uniform);
  const wait = randomExponential.source(uniform);
  const rates = gamma(shop.rateShape, shop.ratePerWeek / shop.rateShape);
  const lifetimes = wait(1 / shop.lifetimeWeeks);
  const lastDay = shop.weeks * 7 - 1;
  const overdispersion = shop.dispersion - 1;
  const purchases: number[][] = [];
  const old = new Array<number>(shop.weeks).fill(0);
  for (let week = -shop.weeksBefore; week < shop.weeks; week++) {
    const mean = shop.newPerWeek(week) * shop.season(week);
    const newcomers = count(overdispersion > 0 ? gamma(mean / overdispersion, overdispersion)() : mean)();
    for (let i = 0; i < newcomers; i++) {
      const first = week + uniform();
      const days = [Math.floor(first * 7)];
      if (uniform() >= shop.neverReturns(week)) {
        const next = wait(rates() * shop.busiest);
        const end = Math.min(shop.weeks, first + lifetimes());
        for (let time = first + next(); time < end; time += next()) {
          if (uniform() * shop.busiest < shop.season(time)) days.push(Math.floor(time * 7));
        }
      }
      const seen = days.filter((day) => day >= 0 && day <= lastDay);
      const firstSeen = Math.floor((seen[0] ?? 0) / 7);
      if (seen.length > 0 && week < 0) old[firstSeen] = (old[firstSeen] ?? 0) + 1;
      purchases.push(seen);
    }
  }
  return { weeks: newcomerWeeks(purchases, 0, lastDay), old };
}
