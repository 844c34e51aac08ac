/*
Predicted against actual on all past days of the backtests together: by tenths of the customers in order of the prediction, and by the number of repeat purchases. One row per score, grouping and group.

@grain score, grouping, group_number
@column score - churn_risk, expected_orders or predicted_value
@column grouping - decile: tenths of the customers of each day, 1 with the highest prediction; frequency: repeat purchases so far
@column group_number - the tenth, or the number of repeat purchases, 7 for 7 and more
@column customers - customers in it, each counted on every day
@column predicted - mean prediction: probability of no order, purchase days, or amount within the horizon
@column actual - the mean of what came
@check not_null(score, grouping, group_number, customers, predicted, actual)
@check unique(score, grouping, group_number)
@check accepted_values(score, 'churn_risk', 'expected_orders', 'predicted_value')
@check accepted_values(grouping, 'decile', 'frequency')
@check range(customers, 1, null)
*/
with

scores as (

    select * from {{ ref('customer_scores') }}

),

tested as (

    select
        cut_date,
        customer_id,
        least(frequency, 7) as frequency,
        churn_probability,
        case when purchases_in_horizon = 0 then 1 else 0 end as has_churned,
        expected_orders,
        purchases_in_horizon,
        expected_value,
        amount_in_horizon

    from scores
    where cut_role = 'evaluate'

),

numbered as (

    select
        *,
        ntile(10) over (
            partition by cut_date order by churn_probability desc nulls last, customer_id
        ) as churn_decile,
        ntile(10) over (
            partition by cut_date order by expected_orders desc, customer_id
        ) as orders_decile,
        ntile(10) over (
            partition by cut_date
            order by expected_value desc nulls last, customer_id
        ) as value_decile

    from tested

),

long as (

    select
        'churn_risk' as score,
        'decile' as grouping,
        churn_decile as group_number,
        cast(churn_probability as decimal(24, 10)) as predicted,
        cast(has_churned as decimal(18, 2)) as actual

    from numbered
    where churn_probability is not null

    union all

    select
        'churn_risk' as score,
        'frequency' as grouping,
        frequency as group_number,
        cast(churn_probability as decimal(24, 10)) as predicted,
        cast(has_churned as decimal(18, 2)) as actual

    from numbered
    where churn_probability is not null

    union all

    select
        'expected_orders' as score,
        'decile' as grouping,
        orders_decile as group_number,
        cast(expected_orders as decimal(24, 10)) as predicted,
        cast(purchases_in_horizon as decimal(18, 2)) as actual

    from numbered

    union all

    select
        'expected_orders' as score,
        'frequency' as grouping,
        frequency as group_number,
        cast(expected_orders as decimal(24, 10)) as predicted,
        cast(purchases_in_horizon as decimal(18, 2)) as actual

    from numbered

    union all

    select
        'predicted_value' as score,
        'decile' as grouping,
        value_decile as group_number,
        cast(expected_value as decimal(24, 10)) as predicted,
        amount_in_horizon as actual

    from numbered
    where expected_value is not null

    union all

    select
        'predicted_value' as score,
        'frequency' as grouping,
        frequency as group_number,
        cast(expected_value as decimal(24, 10)) as predicted,
        amount_in_horizon as actual

    from numbered
    where expected_value is not null

),

final as (

    select
        score,
        grouping,
        cast(group_number as integer) as group_number,
        count(*) as customers,
        {{ divide('sum(predicted)', 'count(*)') }} as predicted,
        {{ divide('sum(actual)', 'count(*)') }} as actual

    from long
    group by score, grouping, group_number

)

select * from final
