/** What each customer is worth. */
export const worth = 'business.customer_ltv_analysis';
/** What may be lost of the predicted value. */
export const atRisk = 'round(cast(sum(predicted_value * churn_risk_score) / 100 as decimal(38, 6)), 2)';
/** Customers by a column, with size and worth. */
export const figures = (group: string) => `
  select
    ${group}, count(*) as customers,
    round(100.0 * count(*) / (select count(*) from ${worth}), 2) as customers_percent,
    sum(total_orders) as total_orders, sum(total_spent) as revenue,
    round(cast(100 * sum(total_spent) as decimal(38, 10)) / (select sum(total_spent) from ${worth}), 2) as revenue_percent,
    round(sum(total_spent) / count(*), 2) as revenue_per_customer,
    sum(historic_value) as historic_value, sum(predicted_value) as predicted_value, ${atRisk} as value_at_risk,
    round(avg(days_since_last_order), 2) as avg_days_since_last_order
  from ${worth} inner join (select customer_id, rfm_segment, recency_score, frequency_score, value_tier from business.customer_segments) as s using (customer_id)
  group by ${group} order by customers desc, ${group}`;
