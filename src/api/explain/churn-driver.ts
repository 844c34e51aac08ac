import type { PublishedRow } from './published-row.ts';

/** What the churn risk is made of, as `business.customer_predictions` names it. */
export const DRIVERS = [
  'purchase_model',
  'repeat_customer',
  'recency',
  'rhythm',
  'decline',
  'value_trend',
  'cohort',
] as const;
export type DriverName = (typeof DRIVERS)[number];

/** A driver that adds less, up or down, is not worth a word: it changes the odds by a twentieth at most. */
const LEAST_LOG_ODDS = 0.05;

/** What drives the risk of one customer, against a customer with the mean of everything. */
export interface ChurnDriver {
  readonly driver: DriverName;
  /** What it adds to ln(odds) of leaving: above 0 it raises the risk. */
  readonly logOdds: number;
  /** What it multiplies the odds of leaving by: 2 doubles them. */
  readonly oddsRatio: number;
}

/** The drivers worth a word, strongest first, whether they raise the risk or lower it. */
export function churnDrivers(row: PublishedRow): ChurnDriver[] {
  return DRIVERS.map((driver) => ({ driver, logOdds: row.number(`driver_${driver}`) }))
    .filter(({ logOdds }) => Math.abs(logOdds) >= LEAST_LOG_ODDS)
    .sort((one, other) => Math.abs(other.logOdds) - Math.abs(one.logOdds))
    .map(({ driver, logOdds }) => ({ driver, logOdds, oddsRatio: Math.exp(logOdds) }));
}
