import type { PublishedRow } from './published-row.ts';

/** The facts behind the drivers of the churn risk. Orders are purchase days: several of one day are one. */
export interface BuyingHabits {
  readonly purchaseDays: number;
  readonly daysSinceFirstPurchase: number;
  readonly daysSinceLastPurchase: number;
  /** Mean gap between purchases; null without a repeat. */
  readonly usualGapDays: number | null;
  /** The last gap, and the mean of those before it; null with fewer than three purchase days. */
  readonly gapTrend: Trend | null;
  /** The last amount, and the mean of those before it; null without a repeat or without amounts. */
  readonly amountTrend: Trend | null;
  /** Month of the first purchase, YYYY-MM. */
  readonly cohortMonth: string;
  /**
   * Repeat purchases of the customers who began in that month, against those to be expected at the rate of all: 1.2 is a
   * fifth more. In steps of a quarter doubling, from 0.5 (or less) to 2 (or more).
   */
  readonly cohortRepeatRatio: number;
}

export interface Trend {
  readonly last: number;
  readonly before: number;
}

export function buyingHabits(row: PublishedRow): BuyingHabits {
  const repeats = row.number('frequency');
  const recencyDays = row.number('recency_days');
  return {
    purchaseDays: repeats + 1,
    daysSinceFirstPurchase: row.number('age_days'),
    daysSinceLastPurchase: row.number('days_since_last_purchase'),
    usualGapDays: repeats === 0 ? null : recencyDays / repeats,
    gapTrend: trend(row.numberOrNull('days_since_previous_purchase'), recencyDays, repeats - 1),
    amountTrend: trend(row.number('purchase_amount'), row.number('amount_to_date'), repeats),
    cohortMonth: row.text('first_purchase_month'),
    cohortRepeatRatio: 2 ** (row.number('cohort_level') / 4),
  };
}

/** The last of several figures against the mean of the `countBefore` before it; nothing to compare where one of them is 0. */
function trend(last: number | null, sum: number, countBefore: number): Trend | null {
  if (last === null || countBefore < 1) return null;
  const before = (sum - last) / countBefore;
  return last > 0 && before > 0 ? { last, before } : null;
}
