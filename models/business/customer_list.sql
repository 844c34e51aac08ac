/*
What a list of customers shows, put together so that a million of them can be searched, filtered and sorted without joins. One row per customer.

@grain customer_id
@column customer_id - customer as text
@column customer_segment - the marketing segment
@column rfm_segment - one of eleven names, from one ordered list of rules
@column rfm_score - the three scores as text, 555 is best
@column recency_score - 5 for the fifth of customers with the latest orders, down to 1
@column frequency_score - 5 for the most orders, down to 1
@column monetary_score - 5 for the fifth of customers with the most revenue, down to 1
@column value_tier - High, Regular or Low, by lifetime value
@column acquisition_cohort - month of the first order, YYYY-MM; null without orders
@column last_order_date - day of the last order; null without orders
@column days_since_last_order - days from the last order to the as-of date; null without orders
@column total_orders - orders
@column total_spent - revenue, net of returns
@column avg_order_value - revenue per order; null without orders
@column historic_value - value so far: revenue, or margin where grossMargin is set
@column predicted_value - value of the next 365 days, discounted; null where withheld
@column lifetime_value - the sum of the two; where the predicted value is withheld, the value so far
@column churn_risk_score - 0 to 100, probability of no order within the horizon; null where withheld
@column expected_orders_365 - expected purchase days of the next 365 days; null where withheld
@column next_order_date - day by which the next order is as likely as not; null where withheld
@column campaign_type - the campaign on whose list the customer is; null where on none
@column campaign_group - target or control of that campaign; null where on none
@column priority_level - 1 (first) to 5 within that campaign; null where on none
@check not_null(customer_id, customer_segment, rfm_segment, total_orders, total_spent, lifetime_value)
@check unique(customer_id)
@check relationship(customer_id, dim_customer.customer_id)
*/
with

customers as (

    select * from {{ ref('dim_customer') }}

),

segments as (

    select * from {{ ref('customer_segments') }}

),

worth as (

    select * from {{ ref('customer_ltv_analysis') }}

),

predictions as (

    select * from {{ ref('customer_predictions') }}

),

targets as (

    select * from {{ ref('campaign_targets') }}

),

final as (

    select
        customers.customer_id,
        segments.customer_segment,
        segments.rfm_segment,
        segments.rfm_score,
        segments.recency_score,
        segments.frequency_score,
        segments.monetary_score,
        segments.value_tier,
        worth.acquisition_cohort,
        customers.last_order_date,
        worth.days_since_last_order,
        worth.total_orders,
        worth.total_spent,
        worth.avg_order_value,
        worth.historic_value,
        worth.predicted_value,
        segments.lifetime_value,
        worth.churn_risk_score,
        predictions.expected_orders_365,
        predictions.next_order_date,
        targets.campaign_type,
        targets.campaign_group,
        targets.priority_level

    from customers
    inner join segments
        on customers.customer_id = segments.customer_id
    inner join worth
        on customers.customer_id = worth.customer_id
    inner join predictions
        on customers.customer_id = predictions.customer_id
    left join targets
        on customers.customer_id = targets.customer_id

)

select * from final
