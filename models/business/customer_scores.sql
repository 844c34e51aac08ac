/*
What is foreseen of each customer, with the churn risk and what drives it, on the as-of date and on the past days of the backtests, by the same SQL. One row per day and customer.

A driver is what a feature adds to ln(odds of no order within the churn horizon), against a customer with the mean of all features:
0.7 doubles the odds, -0.7 halves them.

@materialized view
@grain cut_date, customer_id
@column cut_date - the day after which is predicted
@column cut_role - score or evaluate, as in backtest_cuts
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
@column churn_probability - probability of no order within the churn horizon; null where no churn model could be trained
@column driver_purchase_model - from frequency, recency and age as the purchase model reads them; null likewise
@column driver_repeat_customer - from having bought on more than one day, or not; null likewise
@column driver_recency - from the silence so far; null likewise
@column driver_rhythm - from the silence against the customer's own rhythm; null likewise
@column driver_decline - from gaps that grow or shrink; null likewise
@column driver_value_trend - from amounts that grow or shrink; null likewise
@column driver_cohort - from how the customers of the same first month have come back; null likewise
@check not_null(cut_date, customer_id, p_no_order, expected_orders)
@check unique(cut_date, customer_id)
@check range(churn_probability, 0, 1)
*/
with

outlooks as (

    select * from {{ ref('customer_outlooks') }}

),

models as (

    select * from {{ ref('churn_models') }}

),

features as (

    select
        *,
        no_order_logit as purchase_model,
        case when frequency > 0 then 1 else 0 end as repeat_customer,
        recency_level as recency,
        coalesce(rhythm_level, 0) as rhythm,
        coalesce(decline_level, 0) as decline,
        coalesce(value_trend_level, 0) as value_trend,
        cohort_level as cohort

    from outlooks
    where cut_role <> 'train'

),

coefficients as (

    select
        cut_date,

        max(coefficient) filter (where feature = 'purchase_model')
            as purchase_model,
        max(mean_value) filter (where feature = 'purchase_model')
            as mean_purchase_model,
        max(coefficient) filter (where feature = 'repeat_customer')
            as repeat_customer,
        max(mean_value) filter (where feature = 'repeat_customer')
            as mean_repeat_customer,
        max(coefficient) filter (where feature = 'recency')
            as recency,
        max(mean_value) filter (where feature = 'recency')
            as mean_recency,
        max(coefficient) filter (where feature = 'rhythm')
            as rhythm,
        max(mean_value) filter (where feature = 'rhythm')
            as mean_rhythm,
        max(coefficient) filter (where feature = 'decline')
            as decline,
        max(mean_value) filter (where feature = 'decline')
            as mean_decline,
        max(coefficient) filter (where feature = 'value_trend')
            as value_trend,
        max(mean_value) filter (where feature = 'value_trend')
            as mean_value_trend,
        max(coefficient) filter (where feature = 'cohort')
            as cohort,
        max(mean_value) filter (where feature = 'cohort')
            as mean_cohort,
        sum(cast(coefficient * mean_value as decimal(24, 12))) as mean_logit

    from models
    group by cut_date

),

drivers as (

    select
        features.*,
        coefficients.mean_logit,
        coefficients.purchase_model
        * (features.purchase_model - coefficients.mean_purchase_model)
            as driver_purchase_model,
        coefficients.repeat_customer
        * (features.repeat_customer - coefficients.mean_repeat_customer)
            as driver_repeat_customer,
        coefficients.recency
        * (features.recency - coefficients.mean_recency)
            as driver_recency,
        coefficients.rhythm
        * (features.rhythm - coefficients.mean_rhythm)
            as driver_rhythm,
        coefficients.decline
        * (features.decline - coefficients.mean_decline)
            as driver_decline,
        coefficients.value_trend
        * (features.value_trend - coefficients.mean_value_trend)
            as driver_value_trend,
        coefficients.cohort
        * (features.cohort - coefficients.mean_cohort)
            as driver_cohort

    from features
    left join coefficients
        on features.cut_date = coefficients.cut_date

),

final as (

    select
        cut_date,
        cut_role,
        customer_id,
        frequency,
        recency_days,
        age_days,
        days_since_last_purchase,
        amount_to_date,
        is_left_truncated,
        recency_level,
        rhythm_level,
        decline_level,
        value_trend_level,
        cohort_level,
        cell_recency_days,
        cell_age_days,
        spend_purchases,
        p_alive,
        expected_orders,
        orders_low,
        orders_high,
        interval_probability,
        p_no_order,
        no_order_logit,
        next_order_median_days,
        expected_spend,
        spend_amount,
        spend_scale,
        expected_value,
        value_low,
        value_high,
        purchases_in_horizon,
        amount_in_horizon,
        days_to_next_purchase,
        {{ logistic('mean_logit + driver_purchase_model + driver_repeat_customer + driver_recency + driver_rhythm + driver_decline + driver_value_trend + driver_cohort') }}
            as churn_probability,
        driver_purchase_model,
        driver_repeat_customer,
        driver_recency,
        driver_rhythm,
        driver_decline,
        driver_value_trend,
        driver_cohort

    from drivers

)

select * from final
