/** Columns of `customer_histories` that say what was known on the day, not what came after it. */
export const knownColumns = [
  ...['frequency', 'recency_days', 'age_days', 'cell_recency_days', 'cell_age_days', 'days_since_last_purchase'],
  ...['paid_purchases', 'amount_to_date', 'paid_repeats', 'repeat_amount_to_date', 'amount_level', 'is_left_truncated'],
  ...['first_purchase_month', 'recency_level', 'rhythm_level', 'decline_level', 'value_trend_level', 'cohort_level'],
] as const;

export interface LeakQuestion {
  /** Relation of the histories as they were built. */
  readonly histories: string;
  /** The SQL by which they were built, with other relations in the place of some that it reads. */
  sqlOf(inPlaceOf: Readonly<Record<string, string>>): string;
  readonly purchaseDays: string;
  readonly cuts: string;
  /** The day to ask about. */
  readonly cutDate: string;
}

/**
 * Counts, for each known column, the customers for whom it would have been another one if the data had ended on the day: 0 where
 * nothing of the future is in it. The histories are built a second time, from purchase days of which all that came later has been taken away.
 */
export function leakSql({ histories, sqlOf, purchaseDays, cuts, cutDate }: LeakQuestion): string {
  const day = `date '${cutDate}'`;
  const known = (column: string) => `case when next_purchase_date <= ${day} then ${column} end`;
  const past = `(
    select customer_id, purchase_date, purchase_number, order_count, purchase_amount, first_purchase_date, first_amount,
      days_since_first_purchase, days_since_previous_purchase, amount_to_date, paid_purchases_to_date,
      ${known('next_purchase_date')} as next_purchase_date, ${known('days_to_next_purchase')} as days_to_next_purchase
    from ${purchaseDays} where purchase_date <= ${day}) as past_days`;
  const oneCut = `(select * from ${cuts} where cut_date = ${day}) as one_cut`;
  const rebuilt = sqlOf({ agg_purchase_days: past, backtest_cuts: oneCut });
  const differs = (column: string) => `built.${column} is distinct from rebuilt.${column}`;
  return `
    select count(*) as customers,
      ${knownColumns.map((column) => `count(*) filter (where ${differs(column)}) as ${column}`).join(',\n      ')}
    from (select * from ${histories} where cut_date = ${day}) as built
    full join (${rebuilt}) as rebuilt on built.customer_id = rebuilt.customer_id`;
}
