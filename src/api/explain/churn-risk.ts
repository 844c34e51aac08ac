import { type BuyingHabits, buyingHabits } from './buying-habits.ts';
import { type ChurnDriver, churnDrivers } from './churn-driver.ts';
import { foreseen } from './outlook.ts';
import { onlyRow, type PublishedRow } from './published-row.ts';

/** How likely the customer is to be gone, and why. */
export interface ChurnRisk {
  /** So many days without an order count as churn. */
  readonly horizonDays: number;
  /** 0 to 100: the probability of no order within the horizon, in percent. */
  readonly score: number;
  /** Percent of the customers whose risk is lower. */
  readonly percentile: number;
  /** Strongest first; those of hardly any effect are left out. */
  readonly drivers: readonly ChurnDriver[];
  /** The facts behind the drivers. */
  readonly habits: BuyingHabits;
}

export function churnRisk(row: PublishedRow, histories: readonly PublishedRow[]): ChurnRisk | null {
  return foreseen(row, 'churn_risk_score', (score) => ({
    horizonDays: row.number('churn_horizon_days'),
    score,
    percentile: row.number('churn_risk_percentile'),
    drivers: churnDrivers(row),
    habits: buyingHabits(onlyRow(histories, 'history of the customer on the as-of date')),
  }));
}
