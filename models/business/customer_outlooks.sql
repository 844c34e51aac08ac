/*
What the purchase and spend models foresee of each customer, on each day of backtest_cuts, beside what came. One row per day and customer.

@materialized view
@grain cut_date, customer_id
@column cut_date - the day after which is predicted
@column cut_role - score, evaluate or train, as in backtest_cuts
@column customer_id - customer as text
@column frequency - purchase days after the first
@column recency_days - days from the first purchase day to the last
@column age_days - days from the first purchase day to the cut
@column days_since_last_purchase - silence so far
@column amount_to_date - sum of the purchase amounts, before returns
@column is_left_truncated - whether the customer was first seen where the data begins in the middle of the shop's life
@column recency_level - as in customer_histories
@column rhythm_level - as in customer_histories; null without a repeat
@column decline_level - as in customer_histories; null with fewer than two repeats
@column value_trend_level - as in customer_histories; null without a repeat or without amounts
@column cohort_level - as in customer_histories
@column cell_recency_days - key of history_outlooks and prediction_cells
@column cell_age_days - key of history_outlooks and prediction_cells
@column spend_purchases - key of history_outlooks and prediction_cells: paid purchases that the spend model counts
@column p_alive - probability that the customer has not left for good
@column expected_orders - expected purchase days within the churn horizon
@column orders_low - lower end of their 80 % interval; null on days that are not tested
@column orders_high - upper end of it; null likewise
@column interval_probability - probability of a number within it; null likewise
@column p_no_order - probability of no order within the churn horizon, by the purchase model
@column no_order_logit - the same on a logarithmic scale
@column next_order_median_days - as likely as not there is an order within so many days; null beyond the churn horizon and on days that are not tested
@column expected_spend - expected amount of a purchase; null without a spend model
@column spend_amount - what the customer has paid in the purchases that the spend model counts
@column spend_scale - gamma plus what the customer has paid, by which factors of values are multiplied; null without a spend model
@column expected_value - expected amount of the purchases within the churn horizon, before returns; null without a spend model
@column value_low - lower end of its 80 % interval; null but on the latest day that is tested, and without a spend model
@column value_high - upper end of it; null likewise
@column purchases_in_horizon - purchase days that came; null on the as-of date
@column amount_in_horizon - their amount; null on the as-of date
@column days_to_next_purchase - days to the next purchase within the horizon; null if there was none, and on the as-of date
@check not_null(cut_date, customer_id, p_no_order, expected_orders, no_order_logit)
@check unique(cut_date, customer_id)
@check range(p_no_order, 0, 1)
@check range(expected_spend, 0, null)
*/
with

histories as (

    select * from {{ ref('customer_histories') }}

),

cells as (

    select * from {{ ref('history_outlooks') }}

),

spends as (

    select * from {{ ref('spend_model_choice') }}

),

chosen_spends as (

    select * from spends
    where is_chosen

),

counted as (

    select
        histories.*,
        chosen_spends.p,
        chosen_spends.q,
        chosen_spends.gamma,
        case
            when chosen_spends.basis = 'all' then histories.paid_purchases
            else histories.paid_repeats
        end as spend_purchases,
        case
            when chosen_spends.basis = 'all'
                then cast(histories.amount_to_date as double precision)
            else cast(histories.repeat_amount_to_date as double precision)
        end as spend_amount

    from histories
    left join chosen_spends
        on histories.cut_date = chosen_spends.cut_date
    where histories.cut_date in (select cells.cut_date from cells)

),

final as (

    select
        counted.cut_date,
        counted.cut_role,
        counted.customer_id,
        counted.frequency,
        counted.recency_days,
        counted.age_days,
        counted.days_since_last_purchase,
        counted.amount_to_date,
        counted.is_left_truncated,
        counted.recency_level,
        counted.rhythm_level,
        counted.decline_level,
        counted.value_trend_level,
        counted.cohort_level,
        counted.cell_recency_days,
        counted.cell_age_days,
        counted.spend_purchases,
        cells.p_alive,
        cells.expected_orders,
        cells.orders_low,
        cells.orders_high,
        cells.interval_probability,
        cells.p_no_order,
        cells.no_order_logit,
        cells.next_order_median_days,
        {{ divide('counted.p * (counted.gamma + counted.spend_amount)', 'counted.p * counted.spend_purchases + counted.q - 1') }}
            as expected_spend,
        counted.spend_amount,
        counted.gamma + counted.spend_amount as spend_scale,
        cells.expected_orders
        * {{ divide('counted.p * (counted.gamma + counted.spend_amount)', 'counted.p * counted.spend_purchases + counted.q - 1') }}
            as expected_value,
        cells.value_low_factor * (counted.gamma + counted.spend_amount)
            as value_low,
        cells.value_high_factor * (counted.gamma + counted.spend_amount)
            as value_high,
        counted.purchases_in_horizon,
        counted.amount_in_horizon,
        counted.days_to_next_purchase

    from counted
    -- each history has its cell; an inner join on five columns would be taken for one of a few rows
    left join cells
        on
            counted.cut_date = cells.cut_date
            and counted.frequency = cells.frequency
            and counted.cell_recency_days = cells.recency_days
            and counted.cell_age_days = cells.age_days
            and counted.spend_purchases = cells.spend_purchases

)

select * from final
