/*
What each customer has been worth, will be worth, and how likely they are to be gone. One row per customer.

A score that was not shown on this shop's own past to be better than knowing nothing is WITHHELD, that is null with the reason in
words. Intervals, drivers and dates are in customer_predictions.

@grain customer_id
@column customer_id - customer as text
@column acquisition_cohort - month of the first order, YYYY-MM; null without orders
@column customer_segment - the marketing segment
@column total_orders - orders
@column total_spent - revenue, net of returns
@column avg_order_value - revenue per order; null without orders
@column days_active - days from the first to the last order; null without orders
@column avg_days_between_orders - days active per gap between purchase days; null for one purchase day
@column orders_per_year - orders after the first, per year since the first; null in the first 30 days and without orders
@column days_since_last_order - days from the last order to the as-of date; null without orders
@column historic_value - value so far: revenue, or margin where grossMargin is set
@column predicted_value - value of the next 365 days, discounted; null where withheld
@column lifetime_value - the sum of the two; null where withheld
@column predicted_ltv_score - 1 to 5 by fifths of the predicted value, equal values share one; null where withheld
@column churn_risk_score - 0 to 100, probability of no order within the horizon; null where withheld
@column prediction_status - grade of the predicted value, A to D, or WITHHELD
@column prediction_reason - why, with the figures of the backtests or what is missing
@column churn_status - grade of the churn risk, A to D, or WITHHELD
@column churn_reason - why
@check not_null(customer_id, total_orders, total_spent, historic_value, prediction_status)
@check unique(customer_id)
@check relationship(customer_id, dim_customer.customer_id)
@check range(churn_risk_score, 0, 100)
@check range(predicted_ltv_score, 1, 5)
@check accepted_values(prediction_status, 'A', 'B', 'C', 'D', 'WITHHELD')
@check accepted_values(churn_status, 'A', 'B', 'C', 'D', 'WITHHELD')
*/
with

customers as (

    select * from {{ ref('dim_customer') }}

),

segments as (

    select * from {{ ref('customer_segments') }}

),

predictions as (

    select * from {{ ref('customer_predictions') }}

),

grades as (

    select * from {{ ref('prediction_grades') }}

),

reasons as (

    select
        max(reason) filter (where score = 'predicted_value')
            as prediction_reason,
        max(reason) filter (where score = 'churn_risk') as churn_reason

    from grades

),

ranked as (

    select
        *,
        percent_rank() over (order by predicted_value) as value_rank

    from predictions

),

final as (

    select
        customers.customer_id,
        customers.first_order_cohort_month as acquisition_cohort,
        segments.customer_segment,
        customers.total_orders,
        customers.total_spent,
        customers.avg_order_value,
        customers.days_since_first_order - customers.days_since_last_order
            as days_active,
        {{ money_divide('customers.days_since_first_order - customers.days_since_last_order', 'customers.purchase_days - 1') }}
            as avg_days_between_orders,
        case
            when customers.days_since_first_order >= 30
                then {{ divide('365.25 * (customers.purchase_days - 1)', 'customers.days_since_first_order') }}
        end as orders_per_year,
        customers.days_since_last_order,
        ranked.historic_value,
        ranked.predicted_value,
        ranked.lifetime_value,
        case
            when ranked.predicted_value is not null
                then cast(least(5, 1 + floor(5 * ranked.value_rank)) as integer)
        end as predicted_ltv_score,
        ranked.churn_risk_score,
        ranked.predicted_value_grade as prediction_status,
        reasons.prediction_reason,
        ranked.churn_risk_grade as churn_status,
        reasons.churn_reason

    from customers
    inner join segments
        on customers.customer_id = segments.customer_id
    inner join ranked
        on customers.customer_id = ranked.customer_id
    cross join reasons

)

select * from final
