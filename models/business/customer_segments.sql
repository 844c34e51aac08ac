/*
The five marketing segments, by rule and first match, and the recency-frequency-monetary scores. One row per customer.

Lost: no order for more than lostDays, or no order at all. New: first order less than newDays ago. High Value: lifetime
value in the top highValueShare (or above ltvHighThreshold) and an order within activeDays. At Risk: no order for more
than atRiskDays, or a repeat customer silent for longer than the expectedGapPercentile of the own gaps, taken as
exponential around the own mean. Regular: the rest. Lifetime value is the value so far and the predicted value; where that is
withheld, the value so far.

@grain customer_id
@column customer_id - customer as text
@column customer_segment - Lost, New, High Value, At Risk or Regular
@column segment_description - why the customer is in the segment
@column recommended_strategy - what to do about it
@column value_tier - High from ltvHighThreshold on, Regular from ltvRegularThreshold on, else Low, by lifetime value
@column lifetime_value - value so far and predicted value; where that is withheld, the value so far
@column days_since_last_order - days from the last order to the as-of date; null without orders
@column expected_gap_limit_days - silence that would be unusual for this customer; null for one purchase day
@column recency_score - 5 for the fifth of customers with the latest orders, down to 1
@column frequency_score - 5 for the most orders, down to 1
@column frequency_score_method - quintiles, or thresholds (1, 2, 3, 4, 5 orders) where more than half have one order
@column monetary_score - 5 for the fifth of customers with the most revenue, down to 1
@column rfm_score - the three scores as text, 555 is best
@column rfm_segment - one of eleven names, from one ordered list of rules
@check not_null(customer_id, customer_segment, value_tier, recency_score, frequency_score, monetary_score, rfm_segment)
@check unique(customer_id)
@check relationship(customer_id, dim_customer.customer_id)
@check accepted_values(customer_segment, 'Lost', 'New', 'High Value', 'At Risk', 'Regular')
@check accepted_values(value_tier, 'High', 'Regular', 'Low')
@check accepted_values(rfm_segment, 'Champions', 'Loyal', 'Potential Loyalist', 'New', 'Promising', 'Need Attention', 'About To Sleep', 'At Risk', 'Can''t Lose', 'Hibernating', 'Lost')
@check range(recency_score, 1, 5)
@check range(frequency_score, 1, 5)
@check range(monetary_score, 1, 5)
*/
with

customers as (

    select * from {{ ref('dim_customer') }}

),

predictions as (

    select * from {{ ref('customer_predictions') }}

),

settings as (

    select
        {{ var('newDays') }} as new_days,
        {{ var('activeDays') }} as active_days,
        {{ var('atRiskDays') }} as at_risk_days,
        {{ var('lostDays') }} as lost_days,
        {{ var('highValueShare') }} as high_value_share,
        {{ var('highValueBy') }} as high_value_by,
        {{ var('ltvHighThreshold') }} as ltv_high_threshold,
        {{ var('ltvRegularThreshold') }} as ltv_regular_threshold,
        {{ var('expectedGapPercentile') }} as gap_percentile

),

base as (

    select
        count(*) as customers,
        count(*) filter (where total_orders = 1) as one_order_customers

    from customers

),

measured as (

    select
        customers.customer_id,
        customers.total_orders,
        customers.total_spent,
        customers.purchase_days,
        customers.days_since_first_order,
        customers.days_since_last_order,
        coalesce(predictions.lifetime_value, predictions.historic_value)
            as lifetime_value,
        {{ divide('customers.days_since_first_order - customers.days_since_last_order', 'customers.purchase_days - 1') }}
        * (-1) * {{ ln('1 - settings.gap_percentile') }}
            as expected_gap_limit_days,
        percent_rank() over (
            order by
                coalesce(customers.days_since_last_order, 1000000) desc
        ) as recency_rank,
        percent_rank() over (order by customers.total_orders) as frequency_rank,
        percent_rank() over (order by customers.total_spent) as monetary_rank,
        rank() over (
            order by
                coalesce(predictions.lifetime_value, predictions.historic_value)
                    desc
        ) as value_rank

    from customers
    inner join predictions
        on customers.customer_id = predictions.customer_id
    cross join settings

),

scored as (

    select
        measured.customer_id,
        measured.total_orders,
        measured.lifetime_value,
        measured.days_since_first_order,
        measured.days_since_last_order,
        cast(measured.expected_gap_limit_days as decimal(18, 2))
            as expected_gap_limit_days,
        cast(least(5, 1 + floor(5 * measured.recency_rank)) as integer)
            as recency_score,
        case
            when 2 * base.one_order_customers > base.customers
                then greatest(1, least(5, measured.total_orders))
            else
                cast(least(5, 1 + floor(5 * measured.frequency_rank)) as integer)
        end as frequency_score,
        case
            when 2 * base.one_order_customers > base.customers
                then 'thresholds'
            else 'quintiles'
        end as frequency_score_method,
        cast(least(5, 1 + floor(5 * measured.monetary_rank)) as integer)
            as monetary_score,
        case settings.high_value_by
            when 'threshold'
                then measured.lifetime_value >= settings.ltv_high_threshold
            else measured.value_rank <= settings.high_value_share * base.customers
        end as is_high_value

    from measured
    cross join base
    cross join settings

),

segmented as (

    select
        scored.*,
        case
            when
                scored.days_since_last_order is null
                or scored.days_since_last_order > settings.lost_days
                then 'Lost'
            when scored.days_since_first_order < settings.new_days then 'New'
            when
                scored.is_high_value
                and scored.days_since_last_order <= settings.active_days
                then 'High Value'
            when
                scored.days_since_last_order > settings.at_risk_days
                or scored.days_since_last_order > scored.expected_gap_limit_days
                then 'At Risk'
            else 'Regular'
        end as customer_segment,
        case
            when recency_score >= 4 and frequency_score >= 4 and monetary_score >= 4
                then 'Champions'
            when recency_score <= 2 and frequency_score >= 4 and monetary_score >= 4
                then 'Can''t Lose'
            when recency_score <= 2 and frequency_score >= 3 then 'At Risk'
            when frequency_score >= 4 then 'Loyal'
            when recency_score = 5 and frequency_score = 1 then 'New'
            when recency_score = 4 and frequency_score = 1 then 'Promising'
            when recency_score >= 4 then 'Potential Loyalist'
            when recency_score = 3 and frequency_score >= 2 then 'Need Attention'
            when recency_score = 3 then 'About To Sleep'
            when recency_score = 2 then 'Hibernating'
            else 'Lost'
        end as rfm_segment

    from scored
    cross join settings

),

final as (

    select
        segmented.customer_id,
        segmented.customer_segment,
        case segmented.customer_segment
            when 'Lost'
                then 'No order for more than '
                    || cast(settings.lost_days as varchar) || ' days'
            when 'New'
                then 'First order less than '
                    || cast(settings.new_days as varchar) || ' days ago'
            when 'High Value'
                then 'Among the most valuable customers, with an order in the last '
                    || cast(settings.active_days as varchar) || ' days'
            when 'At Risk'
                then case
                    when segmented.days_since_last_order > settings.at_risk_days
                        then 'No order for more than '
                            || cast(settings.at_risk_days as varchar) || ' days'
                    else 'Silent for longer than usual for this customer'
                end
            else 'Ordering within the usual rhythm'
        end as segment_description,
        case segmented.customer_segment
            when 'Lost' then 'Win back the valuable ones, leave the others alone'
            when 'New' then 'Welcome, and help to the second order'
            when 'High Value' then 'Reward and keep: early access, service, thanks'
            when 'At Risk' then 'Remind before the habit is gone'
            else 'Suggest what goes with what they bought'
        end as recommended_strategy,
        case
            when segmented.lifetime_value >= settings.ltv_high_threshold
                then 'High'
            when segmented.lifetime_value >= settings.ltv_regular_threshold
                then 'Regular'
            else 'Low'
        end as value_tier,
        segmented.lifetime_value,
        segmented.days_since_last_order,
        segmented.expected_gap_limit_days,
        segmented.recency_score,
        segmented.frequency_score,
        segmented.frequency_score_method,
        segmented.monetary_score,
        cast(segmented.recency_score as varchar)
        || cast(segmented.frequency_score as varchar)
        || cast(segmented.monetary_score as varchar) as rfm_score,
        segmented.rfm_segment

    from segmented
    cross join settings

)

select * from final
