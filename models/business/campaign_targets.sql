/*
Whom to address with which campaign, and why; at most one campaign per customer. One row per addressed customer.

Who is on which list, and why, says campaign_candidates; who is left alone says campaign_groups.

@grain customer_id
@column customer_id - customer as text
@column campaign_type - Win-Back, Retention, Cross-Sell or Loyalty
@column customer_segment - the marketing segment
@column campaign_group - target: to be addressed; control: to be left alone, so that the effect can be measured
@column priority_level - 1 (first) to 5 by fifths of the value at stake within the campaign: predicted value times churn risk, or the value so far where one of them is withheld; a churn risk above highPriorityThreshold moves up by one
@column estimated_value - what one more order would bring; not a forecast that it comes
@column estimated_value_basis - what the estimate is
@column historic_value - value so far
@column days_since_last_order - days from the last order to the as-of date
@column reason - why this customer is on the list
@column recommended_action - what to do
@column value_at_stake - predicted value of the next 365 days times churn risk; null where one of them is withheld
@column value_at_stake_low - lower end of its 80 % interval: that of the predicted value, the churn risk taken as it is; null likewise
@column value_at_stake_high - upper end of it; null likewise
@column estimated_value_low - lower end of an 80 % interval for what one more order would bring: one in ten of the shop's repeat customers last paid a smaller part of their average before; null with fewer than 100 of them
@column estimated_value_high - upper end of it: one in ten paid a larger multiple, of which at most 1,000 counts; null likewise
@column no_order_probability - probability of no order in the campaignWindowDays after the as-of date, without a campaign; null where withheld
@column offer_cost_ceiling - what contact and offer may cost together for this customer: the margin of one more order times the probability that none comes in the window anyway; above it the campaign cannot pay within the window even if everybody orders; null where withheld and where grossMargin is not set
@column best_contact_date - first day of the 80 % window of the next order, the day after the as-of date at the earliest; null where withheld or where no next order is foreseen
@column expected_revenue - revenue expected in the campaignWindowDays after the as-of date, before returns; null where withheld
@column stratum - campaign, third by predicted value (then by value so far, alone where the other is withheld) and third by silence within the campaign: the control group is drawn within it
@check not_null(customer_id, campaign_type, campaign_group, priority_level, estimated_value, recommended_action, stratum)
@check unique(customer_id)
@check relationship(customer_id, dim_customer.customer_id)
@check accepted_values(campaign_type, 'Win-Back', 'Retention', 'Cross-Sell', 'Loyalty')
@check accepted_values(campaign_group, 'target', 'control')
@check range(priority_level, 1, 5)
@check range(no_order_probability, 0, 1)
@check range(offer_cost_ceiling, 0, null)
@check expression(intervals_hold_together, (value_at_stake_low is null or value_at_stake_low <= value_at_stake_high) and (estimated_value_low is null or estimated_value_low <= estimated_value_high))
*/
with

candidates as (

    select * from {{ ref('campaign_candidates') }}

),

drawn as (

    select * from {{ ref('campaign_groups') }}

),

predictions as (

    select * from {{ ref('customer_predictions') }}

),

purchase_days as (

    select * from {{ ref('agg_purchase_days') }}

),

settings as (

    select
        cast({{ var('asOf') }} as date) as as_of_date,
        {{ var('highPriorityThreshold') }} as high_priority_threshold,
        {{ var('campaignWindowDays') }} as window_days,
        {{ var('grossMargin') }} is not null as has_margin,
        cast(coalesce({{ var('grossMargin') }}, 1) as decimal(5, 4))
            as gross_margin

),

horizons as (

    select
        window_days,
        case
            when window_days <= 30 then 0
            when window_days <= 60 then 30
            when window_days <= 90 then 60
            when window_days <= 180 then 90
            else 180
        end as days_before,
        case
            when window_days <= 30 then 30
            when window_days <= 60 then 60
            when window_days <= 90 then 90
            when window_days <= 180 then 180
            else 365
        end as days_after

    from settings

),

last_purchases as (

    select
        least(
            1000,
            {{ divide('purchase_amount * (purchase_number - 1)', 'amount_to_date - purchase_amount') }}
        ) as share_of_average

    from purchase_days
    where
        next_purchase_date is null
        and purchase_number > 1
        and amount_to_date > purchase_amount

),

amount_spread as (

    select
        case
            when count(*) >= 100
                then {{ percentile('share_of_average', '0.1') }}
        end as low_share,
        case
            when count(*) >= 100
                then {{ percentile('share_of_average', '0.9') }}
        end as high_share

    from last_purchases

),

outlooks as (

    select
        predictions.customer_id,
        predictions.expected_spend,
        predictions.predicted_value_low,
        predictions.predicted_value_high,
        predictions.next_order_from,
        case horizons.days_before
            when 0 then 0
            when 30 then predictions.expected_orders_30
            when 60 then predictions.expected_orders_60
            when 90 then predictions.expected_orders_90
            else predictions.expected_orders_180
        end as orders_before,
        case horizons.days_after
            when 30 then predictions.expected_orders_30
            when 60 then predictions.expected_orders_60
            when 90 then predictions.expected_orders_90
            when 180 then predictions.expected_orders_180
            else predictions.expected_orders_365
        end as orders_after,
        case horizons.days_before
            when 0 then 1
            when 30 then predictions.p_no_order_30
            when 60 then predictions.p_no_order_60
            when 90 then predictions.p_no_order_90
            else predictions.p_no_order_180
        end as p_before,
        case horizons.days_after
            when 30 then predictions.p_no_order_30
            when 60 then predictions.p_no_order_60
            when 90 then predictions.p_no_order_90
            when 180 then predictions.p_no_order_180
            else predictions.p_no_order_365
        end as p_after,
        {{ divide('horizons.window_days - horizons.days_before', 'horizons.days_after - horizons.days_before') }}
            as window_part

    from candidates
    inner join predictions
        on candidates.customer_id = predictions.customer_id
    cross join horizons

),

/* Between two horizons orders come evenly, and the rate of the first order is constant. */
windows as (

    select
        customer_id,
        predicted_value_low,
        predicted_value_high,
        next_order_from,
        cast(
            round(
                cast(
                    power(p_before, 1 - window_part)
                    * power(p_after, window_part)
                    as decimal(18, 12)
                ),
                6
            )
            as decimal(9, 6)
        ) as no_order_probability,
        {{ money('(orders_before + window_part * (orders_after - orders_before)) * expected_spend') }}
            as expected_revenue

    from outlooks

),

prioritised as (

    select
        candidates.*,
        drawn.value_band,
        drawn.silence_band,
        drawn.campaign_group,
        5 - cast(
            least(
                4,
                floor(
                    5 * percent_rank() over (
                        partition by candidates.campaign_type
                        order by
                            coalesce(
                                0.01 * candidates.predicted_value
                                * candidates.churn_risk_score,
                                candidates.historic_value
                            )
                    )
                )
            ) as integer
        ) as value_priority

    from candidates
    inner join drawn
        on candidates.customer_id = drawn.customer_id

),

valued as (

    select
        prioritised.*,
        cast(
            round(
                cast(prioritised.avg_order_value as decimal(24, 2))
                * settings.gross_margin,
                2
            )
            as decimal(18, 2)
        ) as estimated_value,
        settings.high_priority_threshold,
        settings.has_margin,
        {{ add_days('settings.as_of_date', '1') }} as day_after,
        windows.predicted_value_low,
        windows.predicted_value_high,
        windows.next_order_from,
        windows.no_order_probability,
        windows.expected_revenue,
        amount_spread.low_share,
        amount_spread.high_share

    from prioritised
    inner join windows
        on prioritised.customer_id = windows.customer_id
    cross join settings
    cross join amount_spread

),

final as (

    select
        customer_id,
        campaign_type,
        customer_segment,
        campaign_group,
        case
            when churn_risk_score >= 100 * high_priority_threshold
                then greatest(1, value_priority - 1)
            else value_priority
        end as priority_level,
        estimated_value,
        'one more order at the customer''s own average' as estimated_value_basis,
        historic_value,
        days_since_last_order,
        case campaign_type
            when 'Win-Back'
                then 'high value so far, silent for '
                    || cast(days_since_last_order as varchar)
                    || ' days'
            when 'Retention'
                then 'at risk after '
                    || cast(days_since_last_order as varchar)
                    || ' days without an order'
            when 'Cross-Sell'
                then 'more orders are to be expected than of most regular customers'
            else 'among the most valuable active customers'
        end as reason,
        case campaign_type
            when 'Win-Back' then 'Send a personal offer to come back'
            when 'Retention' then 'Remind with a reason to order now'
            when 'Cross-Sell' then 'Recommend products that complete past orders'
            else 'Invite to premium offers and early access'
        end as recommended_action,
        cast(round(0.01 * predicted_value * churn_risk_score, 2) as decimal(18, 2))
            as value_at_stake,
        cast(
            round(0.01 * predicted_value_low * churn_risk_score, 2)
            as decimal(18, 2)
        ) as value_at_stake_low,
        cast(
            round(0.01 * predicted_value_high * churn_risk_score, 2)
            as decimal(18, 2)
        ) as value_at_stake_high,
        {{ money('case when estimated_value > 0 then estimated_value * low_share end') }}
            as estimated_value_low,
        {{ money('case when estimated_value > 0 then estimated_value * high_share end') }}
            as estimated_value_high,
        no_order_probability,
        cast(
            case
                when has_margin
                    then round(
                        greatest(0, estimated_value) * no_order_probability, 2
                    )
            end as decimal(18, 2)
        ) as offer_cost_ceiling,
        case
            when next_order_from is not null
                then greatest(next_order_from, day_after)
        end as best_contact_date,
        expected_revenue,
        campaign_type
        || case value_band
            when 0 then ', value low'
            when 1 then ', value middle'
            else ', value high'
        end
        || case silence_band
            when 0 then ', silence short'
            when 1 then ', silence middle'
            else ', silence long'
        end as stratum

    from valued

)

select * from final
