/**
 * What is asked about one customer: SQL that every engine takes. `$1` is the customer id, as text; `$2`, where there is one,
 * the as-of date.
 */
export const queries = {
  profile: `
    select
      customer_id, first_order_date, last_order_date, days_since_last_order, total_orders, purchase_days, total_spent,
      avg_order_value, first_order_cohort_month
    from warehouse.dim_customer
    where customer_id = $1`,

  segment: `
    select
      customer_segment, segment_description, recommended_strategy, value_tier, days_since_last_order,
      expected_gap_limit_days, rfm_score, rfm_segment
    from business.customer_segments
    where customer_id = $1`,

  predictions: `
    select
      historic_value, predicted_value, predicted_value_low, predicted_value_high, lifetime_value, residual_value,
      expected_spend, expected_orders_365, orders_low_365, orders_high_365, p_no_order_365, p_alive, p_never_returns,
      next_order_date, next_order_from, next_order_until, next_order_reason,
      churn_horizon_days, churn_risk_score, churn_risk_percentile, driver_purchase_model, driver_repeat_customer,
      driver_recency, driver_rhythm, driver_decline, driver_value_trend, driver_cohort, withheld_reason
    from business.customer_predictions
    where customer_id = $1`,

  grades: 'select score, grade, reason, horizon_days, backtested_days from business.prediction_grades',

  history: `
    select
      histories.frequency, histories.recency_days, histories.age_days, histories.days_since_last_purchase,
      histories.amount_to_date, histories.first_purchase_month, histories.cohort_level,
      purchase_days.days_since_previous_purchase, purchase_days.purchase_amount
    from business.customer_histories as histories
    inner join warehouse.agg_purchase_days as purchase_days
      on histories.customer_id = purchase_days.customer_id
      and histories.frequency = purchase_days.purchase_number - 1
    where histories.cut_date = cast($2 as date) and histories.customer_id = $1`,

  campaign: `
    select
      campaign_type, campaign_group, priority_level, estimated_value, estimated_value_basis, reason, recommended_action
    from business.campaign_targets
    where customer_id = $1`,

  /** `$1` is the cohort's month. */
  cohort: `
    select
      months_since_acquisition, cohort_size, active_customers, retention_rate_percent, cumulative_revenue_per_customer,
      is_immature
    from business.cohort_analysis
    where cohort_month = $1
    order by months_since_acquisition`,
} as const;

/** The newest orders and returns, and how many there are in all. `orderId` is SQL for the exact text of the id. */
export function ordersQuery(orderId: string, limit: number): string {
  return `
    select
      order_date, ${orderId} as exact_order_id, is_return, order_amount, returned_amount, days_since_previous_order,
      count(*) over () as entries
    from warehouse.dim_order
    where customer_id = $1
    order by order_date desc, coalesce(customer_order_sequence, 0) desc, length(order_id) desc, order_id desc
    limit ${limit}`;
}

/**
 * Customers whose id is nearly `$1`: it has other leading zeros or capitals; if there is none, it begins with `$1`; else it
 * lacks the last one or two characters. `customerId` is SQL for the exact text of the id.
 */
export function similarQuery(customerId: string, limit: number): string {
  return `
    with

    typed as (

      select lower(cast($1 as varchar)) as typed_id

    ),

    candidates as (

      select
        customers.customer_id,
        case
          when ltrim(lower(customers.customer_id), '0') = ltrim(typed.typed_id, '0') then 1
          when starts_with(lower(customers.customer_id), typed.typed_id) then 2
          when
            starts_with(typed.typed_id, lower(customers.customer_id))
            and length(customers.customer_id) between length(typed.typed_id) - 2 and length(typed.typed_id)
            then 3
        end as likeness

      from warehouse.dim_customer as customers
      cross join typed

    )

    select ${customerId} as exact_customer_id from candidates
    where likeness = (select min(likeness) from candidates)
    order by length(customer_id), customer_id
    limit ${limit}`;
}
