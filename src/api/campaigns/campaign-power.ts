import type { PublishedRow } from '../explain/published-row.ts';

/** What the measurement of a list can find, as `campaign_power` says. */
export interface CampaignPower {
  readonly windowDays: number;
  /** Share expected to order in the window without a campaign; null where nobody knows. */
  readonly baseRate: number | null;
  /** `predictions` or `comparable customers`; null without a base rate. */
  readonly baseRateBasis: string | null;
  /** Smallest difference of shares that is found with 80 % power; null where none can be. */
  readonly detectableDifference: number | null;
  /** The same relative to the base rate. */
  readonly detectableLift: number | null;
  /** Probability of finding 10 % more orders. */
  readonly powerLift10: number | null;
  /** Probability of finding 20 % more orders. */
  readonly powerLift20: number | null;
  /** Customers that a list needs to find 20 % more orders with 80 % power. */
  readonly customersNeeded: number | null;
  /** In words. */
  readonly verdict: string;
}

export function campaignPowerOf(row: PublishedRow): CampaignPower {
  return {
    windowDays: row.number('window_days'),
    baseRate: row.numberOrNull('base_rate'),
    baseRateBasis: row.textOrNull('base_rate_basis'),
    detectableDifference: row.numberOrNull('detectable_difference'),
    detectableLift: row.numberOrNull('detectable_lift'),
    powerLift10: row.numberOrNull('power_lift_10'),
    powerLift20: row.numberOrNull('power_lift_20'),
    customersNeeded: row.numberOrNull('customers_needed'),
    verdict: row.text('verdict'),
  };
}
