/*
Whom to address with which campaign, and why; at most one campaign per customer. One row per addressed customer.

Win-Back: Lost customers with a high value so far, silent for at least minDaysForWinback. Retention: At Risk customers
whose lifetime value is at least minLtvForRetention. Cross-Sell: Regular customers of whom more orders are expected than of the
median Regular customer; where expected orders are withheld, who have ordered more often.
Loyalty: High Value customers. Whoever was assigned to a campaign launched less than campaignCooldownDays ago is left out.

A share of controlShare is kept apart as a control group: in each stratum those who come first by a hash of controlSalt and customer
id, as many as make the share right in the stratum, the campaign and the whole list, to one customer. The hash of a customer
depends on nobody else, but how many of a stratum are taken, and who falls into which stratum, depends on the list.

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

values_by_customer as (

    select * from {{ ref('customer_ltv_analysis') }}

),

predictions as (

    select * from {{ ref('customer_predictions') }}

),

purchase_days as (

    select * from {{ ref('agg_purchase_days') }}

),

assignments as (

    select * from {{ ref('campaign_assignments') }}

),

settings as (

    select
        cast({{ var('asOf') }} as date) as as_of_date,
        {{ var('highValueShare') }} as high_value_share,
        {{ var('ltvHighThreshold') }} as ltv_high_threshold,
        {{ var('minDaysForWinback') }} as min_days_for_winback,
        {{ var('minLtvForRetention') }} as min_ltv_for_retention,
        {{ var('highPriorityThreshold') }} as high_priority_threshold,
        cast({{ var('controlShare') }} as decimal(18, 9)) as control_share,
        {{ var('controlSalt') }} as control_salt,
        {{ var('campaignCooldownDays') }} as cooldown_days,
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

resting as (

    select distinct assignments.customer_id

    from assignments
    cross join settings
    where
        {{ days_between('assignments.launched_on', 'settings.as_of_date') }}
        < settings.cooldown_days

),

customers as (

    select
        values_by_customer.customer_id,
        values_by_customer.customer_segment,
        values_by_customer.avg_order_value,
        values_by_customer.days_since_last_order,
        values_by_customer.historic_value,
        values_by_customer.predicted_value,
        values_by_customer.churn_risk_score,
        coalesce(
            predictions.expected_orders_365, values_by_customer.total_orders
        ) as growth_potential,
        coalesce(
            values_by_customer.lifetime_value, values_by_customer.historic_value
        ) as whole_value

    from values_by_customer
    inner join predictions
        on values_by_customer.customer_id = predictions.customer_id

),

base as (

    select
        count(*) as customers,
        {{ percentile('growth_potential', '0.5') }}
        filter (where customer_segment = 'Regular') as median_regular_potential

    from customers

),

ranked as (

    select
        *,
        rank() over (order by historic_value desc) as value_rank

    from customers

),

chosen as (

    select
        ranked.*,
        case
            when
                ranked.customer_segment = 'Lost'
                and ranked.days_since_last_order >= settings.min_days_for_winback
                and (
                    ranked.value_rank
                    <= settings.high_value_share * base.customers
                    or ranked.historic_value >= settings.ltv_high_threshold
                )
                then 'Win-Back'
            when
                ranked.customer_segment = 'At Risk'
                and ranked.whole_value >= settings.min_ltv_for_retention
                then 'Retention'
            when
                ranked.customer_segment = 'Regular'
                and ranked.growth_potential > base.median_regular_potential
                then 'Cross-Sell'
            when ranked.customer_segment = 'High Value' then 'Loyalty'
        end as campaign_type

    from ranked
    cross join base
    cross join settings

),

listed as (

    select
        chosen.*,
        case chosen.campaign_type
            when 'Win-Back' then 1
            when 'Retention' then 2
            when 'Cross-Sell' then 3
            else 4
        end as campaign_number,
        coalesce(chosen.predicted_value, chosen.historic_value) as band_value,
        coalesce(
            0.01 * chosen.predicted_value * chosen.churn_risk_score,
            chosen.historic_value
        ) as stake

    from chosen
    left join resting
        on chosen.customer_id = resting.customer_id
    where chosen.campaign_type is not null and resting.customer_id is null

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

    from listed
    inner join predictions
        on listed.customer_id = predictions.customer_id
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
        *,
        cast(
            least(
                2,
                floor(
                    3 * percent_rank() over (
                        partition by campaign_type
                        order by band_value, historic_value
                    )
                )
            ) as integer
        ) as value_band,
        cast(
            least(
                2,
                floor(
                    3 * percent_rank() over (
                        partition by campaign_type
                        order by days_since_last_order
                    )
                )
            ) as integer
        ) as silence_band,
        5 - cast(
            least(
                4,
                floor(
                    5 * percent_rank() over (
                        partition by campaign_type
                        order by stake
                    )
                )
            ) as integer
        ) as value_priority

    from listed

),

strata as (

    select
        campaign_number,
        value_band,
        silence_band,
        count(*) as customers

    from prioritised
    group by campaign_number, value_band, silence_band

),

counted_strata as (

    select
        *,
        cast(
            sum(customers) over (
                order by campaign_number, value_band, silence_band
                rows between unbounded preceding and current row
            )
            as decimal(18, 0)
        ) as customers_so_far

    from strata

),

/* What is rounded off in one stratum counts in the next, so that the sum is right, too. */
quotas as (

    select
        counted_strata.campaign_number,
        counted_strata.value_band,
        counted_strata.silence_band,
        floor(
            settings.control_share * counted_strata.customers_so_far + 0.5
        )
        - floor(
            settings.control_share
            * cast(
                counted_strata.customers_so_far - counted_strata.customers
                as decimal(18, 0)
            )
            + 0.5
        ) as controls

    from counted_strata
    cross join settings

),

drawn as (

    select
        prioritised.*,
        {{ hash_share('settings.control_salt || '':'' || prioritised.customer_id') }}
            as draw

    from prioritised
    cross join settings

),

grouped as (

    select
        *,
        row_number() over (
            partition by campaign_number, value_band, silence_band
            order by draw, customer_id
        ) as draw_rank

    from drawn

),

valued as (

    select
        grouped.*,
        case
            when grouped.draw_rank <= quotas.controls then 'control'
            else 'target'
        end as campaign_group,
        cast(
            round(
                cast(grouped.avg_order_value as decimal(24, 2))
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

    from grouped
    inner join quotas
        on
            grouped.campaign_number = quotas.campaign_number
            and grouped.value_band = quotas.value_band
            and grouped.silence_band = quotas.silence_band
    inner join windows
        on grouped.customer_id = windows.customer_id
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
