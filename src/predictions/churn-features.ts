/** A thing that the churn model looks at, as a column of `customer_outlooks`. */
export interface ChurnFeature {
  readonly name: string;
  /** The SQL of its value; 0 where it does not apply. */
  readonly sql: string;
  readonly meaning: string;
}

/**
 * What the churn model looks at. All of it is known on the day on which is predicted. The same expressions stand in
 * customer_scores.sql; a test compares them.
 */
export const churnFeatures: readonly ChurnFeature[] = [
  {
    name: 'purchase_model',
    sql: 'no_order_logit',
    meaning: 'what the purchase model makes of frequency, recency and age',
  },
  {
    name: 'repeat_customer',
    sql: 'case when frequency > 0 then 1 else 0 end',
    meaning: 'having bought on more than one day',
  },
  { name: 'recency', sql: 'recency_level', meaning: 'silence so far, in half doublings of 30 days' },
  {
    name: 'rhythm',
    sql: 'coalesce(rhythm_level, 0)',
    meaning: 'silence against the own mean gap between purchases, in half doublings',
  },
  {
    name: 'decline',
    sql: 'coalesce(decline_level, 0)',
    meaning: 'the last gap against the gaps before it, in half doublings',
  },
  {
    name: 'value_trend',
    sql: 'coalesce(value_trend_level, 0)',
    meaning: 'the last amount against the amounts before it, in half doublings',
  },
  {
    name: 'cohort',
    sql: 'cohort_level',
    meaning:
      'repeat purchases of the customers who began in the same month against the rate of all, in quarter doublings',
  },
];
