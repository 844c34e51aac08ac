/*
The marketing segment of every customer at the as-of date and at the month ends before it, and the scores at the as-of date: the one place with the five rules. One row per day and customer.

The first rule that fits decides. Lost: no order for more than lostDays, or no order at all. New: first order less than newDays
ago. High Value: lifetime value in the top highValueShare (or from ltvHighThreshold on) and an order within activeDays. At Risk:
no order for more than atRiskDays, or a repeat customer silent for longer than the expectedGapPercentile of the own gaps, taken
as exponential around the own mean. Regular: the rest.

@materialized view
@grain as_of_date, customer_id
@column as_of_date - the day looked at: the as-of date, or the last day of a month
@column customer_id - customer as text
@column is_as_of - whether it is the as-of date
@column customer_segment - Lost, New, High Value, At Risk or Regular
@column value_decides - whether the customer is or would be High Value by lifetime value alone, neither Lost nor New and active
@column total_orders - orders up to then
@column revenue - revenue up to then, net of returns
@column lifetime_value - the value by which customers are ranked
@column days_since_last_order - days from the last order to that day; null without orders
@column expected_gap_limit_days - silence that would be unusual for this customer; null for one purchase day
@column recency_score - 1 to 5; null at past days
@column frequency_score - 1 to 5; null at past days
@column frequency_score_method - quintiles, or thresholds; null at past days
@column monetary_score - 1 to 5; null at past days
@check not_null(as_of_date, customer_id, customer_segment, value_decides)
@check unique(as_of_date, customer_id)
@check accepted_values(customer_segment, 'Lost', 'New', 'High Value', 'At Risk', 'Regular')
*/
with

inputs as (

    select * from {{ ref('segment_inputs') }}

),

cutoffs as (

    select * from {{ ref('segment_cutoffs') }}

),

settings as (

    select
        {{ var('newDays') }} as new_days,
        {{ var('activeDays') }} as active_days,
        {{ var('atRiskDays') }} as at_risk_days,
        {{ var('lostDays') }} as lost_days

),

judged as (

    select
        inputs.*,
        cutoffs.frequency_score_method,
        inputs.days_since_last_order is null
        or inputs.days_since_last_order > settings.lost_days as is_lost,
        coalesce(inputs.days_since_first_order < settings.new_days, false)
            as is_new,
        coalesce(inputs.days_since_last_order <= settings.active_days, false)
            as is_active,
        coalesce(inputs.lifetime_value >= cutoffs.high_value_from, false)
            as has_high_value,
        inputs.days_since_last_order > settings.at_risk_days
        or coalesce(
            inputs.days_since_last_order > inputs.expected_gap_limit_days,
            false
        ) as is_silent,
        case
            when not inputs.is_as_of then null
            when coalesce(inputs.days_since_last_order, 1000000) <= cutoffs.recency_5
                then 5
            when coalesce(inputs.days_since_last_order, 1000000) <= cutoffs.recency_4
                then 4
            when coalesce(inputs.days_since_last_order, 1000000) <= cutoffs.recency_3
                then 3
            when coalesce(inputs.days_since_last_order, 1000000) <= cutoffs.recency_2
                then 2
            else 1
        end as recency_score,
        case
            when not inputs.is_as_of then null
            when cutoffs.frequency_score_method = 'thresholds'
                then greatest(1, least(5, inputs.total_orders))
            when inputs.total_orders >= cutoffs.frequency_5 then 5
            when inputs.total_orders >= cutoffs.frequency_4 then 4
            when inputs.total_orders >= cutoffs.frequency_3 then 3
            when inputs.total_orders >= cutoffs.frequency_2 then 2
            else 1
        end as frequency_score,
        case
            when not inputs.is_as_of then null
            when inputs.revenue >= cutoffs.monetary_5 then 5
            when inputs.revenue >= cutoffs.monetary_4 then 4
            when inputs.revenue >= cutoffs.monetary_3 then 3
            when inputs.revenue >= cutoffs.monetary_2 then 2
            else 1
        end as monetary_score

    from inputs
    inner join cutoffs
        on inputs.as_of_date = cutoffs.as_of_date
    cross join settings

),

final as (

    select
        as_of_date,
        customer_id,
        is_as_of,
        case
            when is_lost then 'Lost'
            when is_new then 'New'
            when has_high_value and is_active then 'High Value'
            when is_silent then 'At Risk'
            else 'Regular'
        end as customer_segment,
        not is_lost and not is_new and is_active as value_decides,
        total_orders,
        revenue,
        lifetime_value,
        days_since_last_order,
        expected_gap_limit_days,
        recency_score,
        frequency_score,
        frequency_score_method,
        monetary_score

    from judged

)

select * from final
