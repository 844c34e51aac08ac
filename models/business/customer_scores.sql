/*
The churn risk of each customer with what drives it, on the as-of date and on the past days of the backtests, by the same SQL. One row per day and customer.

A driver is what a feature adds to ln(odds of no order within the churn horizon), against a customer with the mean of all features:
0.7 doubles the odds, -0.7 halves them.

@materialized view
@grain cut_date, customer_id
@column cut_date - the day after which is predicted
@column customer_id - customer as text
@column churn_probability - probability of no order within the churn horizon
@column driver_purchase_model - from frequency, recency and age as the purchase model reads them
@column driver_repeat_customer - from having bought on more than one day, or not
@column driver_recency - from the silence so far
@column driver_rhythm - from the silence against the customer's own rhythm
@column driver_decline - from gaps that grow or shrink
@column driver_value_trend - from amounts that grow or shrink
@column driver_cohort - from how the customers of the same first month have come back
@check not_null(cut_date, customer_id, churn_probability)
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
        cut_date,
        customer_id,
        no_order_logit as purchase_model,
        case when frequency > 0 then 1 else 0 end as repeat_customer,
        recency_level as recency,
        coalesce(rhythm_level, 0) as rhythm,
        coalesce(decline_level, 0) as decline,
        coalesce(value_trend_level, 0) as value_trend,
        cohort_level as cohort

    from outlooks

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
        features.cut_date,
        features.customer_id,
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
    inner join coefficients
        on features.cut_date = coefficients.cut_date

),

final as (

    select
        cut_date,
        customer_id,
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
