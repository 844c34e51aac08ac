/*
What the segments are made from, at the as-of date and at the month ends before it. One row per day and customer who had ordered or returned by then.

Month ends: the last segmentHistoryMonths, and one more for the moves into the first of them. Lifetime value at the as-of date
is the value so far and the predicted value; where that is withheld, the value so far. At past month ends it is the value so
far: predictions of past days do not exist for every customer.

@materialized view
@grain as_of_date, customer_id
@column as_of_date - the day looked at: the as-of date, or the last day of a month
@column customer_id - customer as text
@column is_as_of - whether it is the as-of date
@column total_orders - orders up to then, returns not counted
@column revenue - revenue up to then, net of returns
@column lifetime_value - the value by which customers are ranked
@column days_since_first_order - days from the first order to that day; null without orders
@column days_since_last_order - days from the last order to that day; null without orders
@column expected_gap_limit_days - silence that would be unusual for this customer; null for one purchase day
@check not_null(as_of_date, customer_id, is_as_of, total_orders, revenue, lifetime_value)
@check unique(as_of_date, customer_id)
*/
with

customers as (

    select * from {{ ref('dim_customer') }}

),

predictions as (

    select * from {{ ref('customer_predictions') }}

),

timeline as (

    select * from {{ ref('customer_timeline') }}

),

calendar as (

    select * from {{ ref('dim_date') }}

),

given as (

    select cast({{ var('asOf') }} as date) as as_of_date

),

settings as (

    select
        as_of_date,
        {{ month_start('as_of_date') }} as month_start,
        {{ var('segmentHistoryMonths') }} as history_months,
        {{ var('expectedGapPercentile') }} as gap_percentile

    from given

),

month_ends as (

    select calendar.full_date as as_of_date
    from calendar
    cross join settings
    where
        calendar.is_month_end
        and calendar.full_date < settings.month_start
        and calendar.full_date
        >= {{ add_months('settings.month_start', '-1 - settings.history_months') }}

),

present as (

    select
        settings.as_of_date,
        customers.customer_id,
        true as is_as_of,
        customers.total_orders,
        customers.purchase_days,
        customers.total_spent as revenue,
        coalesce(predictions.lifetime_value, predictions.historic_value)
            as lifetime_value,
        customers.days_since_first_order,
        customers.days_since_last_order

    from customers
    inner join predictions
        on customers.customer_id = predictions.customer_id
    cross join settings

),

past as (

    select
        month_ends.as_of_date,
        timeline.customer_id,
        false as is_as_of,
        timeline.orders_to_date as total_orders,
        timeline.purchase_days_to_date as purchase_days,
        timeline.revenue_to_date as revenue,
        timeline.value_to_date as lifetime_value,
        {{ days_between('timeline.first_order_date', 'month_ends.as_of_date') }}
            as days_since_first_order,
        {{ days_between('timeline.last_order_date', 'month_ends.as_of_date') }}
            as days_since_last_order

    from timeline
    inner join month_ends
        on
            timeline.valid_from <= month_ends.as_of_date
            and (
                timeline.valid_until is null
                or timeline.valid_until >= month_ends.as_of_date
            )

),

days as (

    select * from present

    union all

    select * from past

),

final as (

    select
        days.as_of_date,
        days.customer_id,
        days.is_as_of,
        days.total_orders,
        days.revenue,
        days.lifetime_value,
        days.days_since_first_order,
        days.days_since_last_order,
        {{ divide('days.days_since_first_order - days.days_since_last_order', 'days.purchase_days - 1') }}
        * (-1) * {{ ln('1 - settings.gap_percentile') }}
            as expected_gap_limit_days

    from days
    cross join settings

)

select * from final
