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

predictions as (

    select * from {{ ref('customer_predictions') }}

),

timeline as (

    select * from {{ ref('customer_timeline') }}

),

given as (

    select
        cast({{ var('asOf') }} as date) as as_of_date,
        {{ var('segmentHistoryMonths') }} as history_months,
        {{ var('expectedGapPercentile') }} as gap_percentile

),

months as (

    select
        {{ month_start('as_of_date') }} as month_start,
        history_months

    from given

),

bounds as (

    select
        {{ add_months('month_start', '-history_months - 1') }} as first_day,
        {{ add_days('month_start', '-1') }} as last_day

    from months

),

calendar as (

    select full_date
    from {{ date_series('(select first_day from bounds)', '(select last_day from bounds)', 'full_date') }} as days

),

month_ends as (

    select full_date as as_of_date
    from calendar
    where full_date = {{ month_end('full_date') }}

),

present as (

    select
        given.as_of_date,
        timeline.customer_id,
        true as is_as_of,
        timeline.orders_to_date as total_orders,
        timeline.purchase_days_to_date as purchase_days,
        timeline.revenue_to_date as revenue,
        coalesce(predictions.lifetime_value, predictions.historic_value)
            as lifetime_value,
        {{ days_between('timeline.first_order_date', 'given.as_of_date') }}
            as days_since_first_order,
        {{ days_between('timeline.last_order_date', 'given.as_of_date') }}
            as days_since_last_order

    from timeline
    inner join predictions
        on timeline.customer_id = predictions.customer_id
    cross join given
    where timeline.valid_until is null

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
        * (-1) * {{ ln('1 - given.gap_percentile') }}
            as expected_gap_limit_days

    from days
    cross join given

)

select * from final
