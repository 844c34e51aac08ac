import type { QueryRow } from '../../api/source.ts';

export type MatrixRow = QueryRow<'cohorts/matrix'>;
export type AverageRow = QueryRow<'cohorts/average'>;

/** What the heatmap shows of a cohort: who ordered in a month, who ordered then or later, what they have brought. */
export type MeasureName = 'in' | 'on-or-after' | 'revenue';

/** Shares of the cohort or numbers of customers. */
export type Show = 'percent' | 'customers';

export interface Measure {
  readonly label: string;
  readonly title: string;
  readonly about: string;
  /** Percent of the cohort, or money per customer. */
  readonly value: (row: MatrixRow) => number | null;
  /** Customers who are counted, of the cohort. */
  readonly customers: (row: MatrixRow) => number | null;
  readonly interval: (row: MatrixRow) => readonly [number | null, number | null] | undefined;
  readonly average: (row: AverageRow) => number | null;
}

export const MEASURES: Readonly<Record<MeasureName, Measure>> = {
  in: {
    label: 'In the month',
    title: 'Retention in the month',
    about:
      'Customers of the cohort with an order in that month, in percent of the cohort. A cohort is everyone whose first order was in the same month.',
    value: (row) => row.retention_rate_percent,
    customers: (row) => row.active_customers,
    interval: (row) => [row.retention_low_percent, row.retention_high_percent],
    average: (row) => row.retention_rate_percent,
  },
  'on-or-after': {
    label: 'In or after',
    title: 'Retention in or after the month',
    about:
      'Customers of the cohort with an order in that month or any later one, in percent of the cohort. The latest months are low for every cohort, because there has been little time to order after them.',
    value: (row) => row.retention_on_or_after_percent,
    customers: (row) => row.customers_on_or_after,
    interval: (row) => [row.on_or_after_low_percent, row.on_or_after_high_percent],
    average: (row) => row.retention_on_or_after_percent,
  },
  revenue: {
    label: 'Revenue',
    title: 'Cumulative revenue per customer',
    about:
      'Revenue of the cohort from its first month to the end of that month, net of returns, divided by all customers of the cohort, ordering or not.',
    value: (row) => row.cumulative_revenue_per_customer,
    customers: (row) => row.cohort_size,
    interval: () => undefined,
    average: (row) => row.cumulative_revenue_per_customer,
  },
};
