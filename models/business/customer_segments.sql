/*
The five marketing segments, by rule and first match, and the recency-frequency-monetary scores. One row per customer.

The five rules stand in segment_states, the rules of the eleven named segments in rfm_cells. Lifetime value is the value so far
and the predicted value; where that is withheld, the value so far. The previous segment is that of the last month end before the
month of the as-of date, by the same rules on the value so far, computed again from the data in every run.

@grain customer_id
@column customer_id - customer as text
@column customer_segment - Lost, New, High Value, At Risk or Regular
@column previous_segment - the segment at the last month end before the month of the as-of date; null for who had neither order nor return then
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
@check accepted_values(previous_segment, 'Lost', 'New', 'High Value', 'At Risk', 'Regular')
@check accepted_values(value_tier, 'High', 'Regular', 'Low')
@check accepted_values(rfm_segment, 'Champions', 'Loyal', 'Potential Loyalist', 'New', 'Promising', 'Need Attention', 'About To Sleep', 'At Risk', 'Can''t Lose', 'Hibernating', 'Lost')
@check range(recency_score, 1, 5)
@check range(frequency_score, 1, 5)
@check range(monetary_score, 1, 5)
*/
with

states as (

    select * from {{ ref('segment_states') }}

),

cutoffs as (

    select * from {{ ref('segment_cutoffs') }}

),

rfm as (

    select * from {{ ref('rfm_cells') }}

),

settings as (

    select
        {{ var('newDays') }} as new_days,
        {{ var('activeDays') }} as active_days,
        {{ var('atRiskDays') }} as at_risk_days,
        {{ var('lostDays') }} as lost_days,
        {{ var('ltvHighThreshold') }} as ltv_high_threshold,
        {{ var('ltvRegularThreshold') }} as ltv_regular_threshold

),

last_month_end as (

    select max(as_of_date) as as_of_date
    from cutoffs
    where not is_as_of

),

present as (

    select * from states
    where is_as_of

),

previous as (

    select
        states.customer_id,
        states.customer_segment

    from states
    inner join last_month_end
        on states.as_of_date = last_month_end.as_of_date
    where not states.is_as_of

),

segmented as (

    select
        present.customer_id,
        present.customer_segment,
        previous.customer_segment as previous_segment,
        present.lifetime_value,
        present.days_since_last_order,
        cast(present.expected_gap_limit_days as decimal(18, 2))
            as expected_gap_limit_days,
        present.recency_score,
        present.frequency_score,
        present.frequency_score_method,
        present.monetary_score,
        rfm.rfm_score,
        rfm.rfm_segment

    from present
    inner join rfm
        on
            present.recency_score = rfm.recency_score
            and present.frequency_score = rfm.frequency_score
            and present.monetary_score = rfm.monetary_score
    left join previous
        on present.customer_id = previous.customer_id

),

final as (

    select
        segmented.customer_id,
        segmented.customer_segment,
        segmented.previous_segment,
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
        segmented.rfm_score,
        segmented.rfm_segment

    from segmented
    cross join settings

)

select * from final
