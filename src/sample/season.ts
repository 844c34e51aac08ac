import { monthIndex, weekdayIndex } from './calendar.ts';
import type { ShopSettings } from './shop-settings.ts';

const daysPerMonth = 365.25 / 12;

/** Running totals over the days of the shop: entry `d` is what happened before day `d`, the last entry the total. */
export type RunningTotal = Float64Array;

export interface Season {
  /** Weight of new customers. */
  readonly acquisition: RunningTotal;
  /** Time as repeat customers live it: a busy day counts for more than one day, a quiet one for less; 1 on average. */
  readonly repeatClock: RunningTotal;
}

/** When the shop is busy. */
export function season({ firstDay, dayCount, truth }: ShopSettings): Season {
  const months = relativeToMean(truth.monthFactors);
  const weekdays = relativeToMean(truth.weekdayFactors);
  const dailyLogGrowth = Math.log1p(truth.acquisitionGrowthPerMonth) / daysPerMonth;
  const acquisition = new Float64Array(dayCount + 1);
  const repeatClock = new Float64Array(dayCount + 1);
  for (let day = 0; day < dayCount; day++) {
    const busy = (months[monthIndex(firstDay + day)] ?? 1) * (weekdays[weekdayIndex(firstDay + day)] ?? 1);
    acquisition[day + 1] = totalAt(acquisition, day) + busy * Math.exp(dailyLogGrowth * day);
    repeatClock[day + 1] = totalAt(repeatClock, day) + 1 + truth.repeatSeasonality * (busy - 1);
  }
  return { acquisition, repeatClock };
}

export function totalAt(totals: RunningTotal, day: number): number {
  return totals[day] ?? Number.NaN;
}

/** The day on which the running total passes `target`; `target` is at least 0 and below the grand total. */
export function dayOfTotal(totals: RunningTotal, target: number): number {
  let low = 0;
  let high = totals.length - 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (totalAt(totals, middle + 1) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

function relativeToMean(factors: readonly number[]): number[] {
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
  return factors.map((factor) => factor / mean);
}
