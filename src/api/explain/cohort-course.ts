import type { PublishedRow } from './published-row.ts';

/** Months after the first order that are looked at. */
const MONTHS: readonly number[] = [1, 3, 6, 12];

/** What usually becomes of the customers who first ordered in the same month. */
export interface CohortCourse {
  /** YYYY-MM. */
  readonly cohortMonth: string;
  readonly customers: number;
  /** Months that are over: how many of the cohort ordered in them. */
  readonly active: readonly CohortMonth[];
  /** The month since the first order that the as-of date is in; 0 is the month of the first order. */
  readonly currentMonth: number;
  /** Of the whole cohort up to the as-of date, ordering or not, net of returns. */
  readonly revenuePerCustomer: number;
}

export interface CohortMonth {
  /** Calendar months since that of the first order. */
  readonly month: number;
  readonly customers: number;
  readonly percent: number;
}

/** Nothing for a customer without orders, who is in no cohort. */
export function cohortCourse(cohortMonth: string, rows: readonly PublishedRow[]): CohortCourse | null {
  const current = rows.at(-1);
  if (current === undefined) return null;
  const looked = rows.filter(
    (row) => MONTHS.includes(row.number('months_since_acquisition')) && !row.isTrue('is_immature'),
  );
  return {
    cohortMonth,
    customers: current.number('cohort_size'),
    active: looked.map((row) => ({
      month: row.number('months_since_acquisition'),
      customers: row.number('active_customers'),
      percent: row.number('retention_rate_percent'),
    })),
    currentMonth: current.number('months_since_acquisition'),
    revenuePerCustomer: current.number('cumulative_revenue_per_customer'),
  };
}
