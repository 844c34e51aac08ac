/*
What each customer has been worth and how often they order. One row per customer.

Predicted value and churn risk are WITHHELD, that is null with the reason in words, until a model has been shown on this
shop's own past to predict better than a constant. The columns are here so that reports need not change then.

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
@column predicted_value - value of the next 12 months; withheld
@column lifetime_value - the sum of the two; withheld
@column predicted_ltv_score - 1 to 5 by fifths of the predicted value; withheld
@column churn_risk_score - 0 to 100, probability of no order within the horizon; withheld
@column prediction_status - WITHHELD or the grade of the model
@column prediction_reason - why
@check not_null(customer_id, total_orders, total_spent, historic_value, prediction_status)
@check unique(customer_id)
@check relationship(customer_id, dim_customer.customer_id)
@check range(churn_risk_score, 0, 100)
@check range(predicted_ltv_score, 1, 5)
@check accepted_values(prediction_status, 'A', 'B', 'C', 'D', 'WITHHELD')
*/
with

customers as (

    select * from {{ ref('dim_customer') }}

),

segments as (

    select * from {{ ref('customer_segments') }}

),

settings as (

    select
        cast({{ var('asOf') }} as date) as as_of_date,
        {{ var('minBuyersForPrediction') }} as min_buyers,
        {{ var('minHistoryDaysForPrediction') }} as min_history_days,
        {{ var('minEventsForPrediction') }} as min_events

),

evidence as (

    select
        count(*) filter (where customers.total_orders > 0) as buyers,
        count(*) filter (where customers.purchase_days > 1) as repeat_buyers,
        coalesce(max(customers.days_since_first_order), 0) as history_days

    from customers

),

gate as (

    select
        'WITHHELD' as prediction_status,
        case
            when evidence.buyers < settings.min_buyers
                then cast(settings.min_buyers - evidence.buyers as varchar)
                    || ' more buyers are needed before anything can be predicted'
            when evidence.history_days < settings.min_history_days
                then cast(
                    settings.min_history_days - evidence.history_days as varchar
                ) || ' more days of history are needed before anything can be predicted'
            when evidence.repeat_buyers < settings.min_events
                then cast(settings.min_events - evidence.repeat_buyers as varchar)
                    || ' more repeat buyers are needed before anything can be predicted'
            else 'no model has been tested against this shop''s own past yet'
        end as prediction_reason

    from evidence
    cross join settings

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
        segments.lifetime_value as historic_value,
        cast(null as decimal(18, 2)) as predicted_value,
        cast(null as decimal(18, 2)) as lifetime_value,
        cast(null as integer) as predicted_ltv_score,
        cast(null as decimal(5, 2)) as churn_risk_score,
        gate.prediction_status,
        gate.prediction_reason

    from customers
    inner join segments
        on customers.customer_id = segments.customer_id
    cross join gate

)

select * from final
