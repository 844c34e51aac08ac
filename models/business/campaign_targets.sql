/*
Whom to address with which campaign, and why; at most one campaign per customer. One row per addressed customer.

Win-Back: Lost customers with a high value so far, silent for at least minDaysForWinback. Retention: At Risk customers
whose lifetime value is at least minLtvForRetention. Cross-Sell: Regular customers of whom more orders are expected than of the
median Regular customer; where expected orders are withheld, who have ordered more often.
Loyalty: High Value customers. A fixed, salted share (controlShare) of each is kept apart as a control group.

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
@check not_null(customer_id, campaign_type, priority_level, estimated_value, recommended_action)
@check unique(customer_id)
@check relationship(customer_id, dim_customer.customer_id)
@check accepted_values(campaign_type, 'Win-Back', 'Retention', 'Cross-Sell', 'Loyalty')
@check accepted_values(campaign_group, 'target', 'control')
@check range(priority_level, 1, 5)
*/
with

values_by_customer as (

    select * from {{ ref('customer_ltv_analysis') }}

),

predictions as (

    select * from {{ ref('customer_predictions') }}

),

settings as (

    select
        {{ var('highValueShare') }} as high_value_share,
        {{ var('ltvHighThreshold') }} as ltv_high_threshold,
        {{ var('minDaysForWinback') }} as min_days_for_winback,
        {{ var('minLtvForRetention') }} as min_ltv_for_retention,
        {{ var('highPriorityThreshold') }} as high_priority_threshold,
        {{ var('controlShare') }} as control_share,
        {{ var('controlSalt') }} as control_salt,
        cast(coalesce({{ var('grossMargin') }}, 1) as decimal(5, 4))
            as gross_margin

),

customers as (

    select
        values_by_customer.*,
        coalesce(
            predictions.expected_orders_365, values_by_customer.total_orders
        ) as growth_potential,
        coalesce(
            values_by_customer.lifetime_value, values_by_customer.historic_value
        ) as whole_value,
        coalesce(
            0.01 * values_by_customer.predicted_value
            * values_by_customer.churn_risk_score,
            values_by_customer.historic_value
        ) as value_at_stake

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

prioritised as (

    select
        *,
        5 - cast(
            least(
                4,
                floor(
                    5 * percent_rank() over (
                        partition by campaign_type
                        order by value_at_stake
                    )
                )
            ) as integer
        ) as value_priority

    from chosen
    where campaign_type is not null

),

final as (

    select
        prioritised.customer_id,
        prioritised.campaign_type,
        prioritised.customer_segment,
        case
            when
                {{ hash_share('settings.control_salt || '':'' || prioritised.customer_id') }}
                < settings.control_share
                then 'control'
            else 'target'
        end as campaign_group,
        case
            when
                prioritised.churn_risk_score
                >= 100 * settings.high_priority_threshold
                then greatest(1, prioritised.value_priority - 1)
            else prioritised.value_priority
        end as priority_level,
        cast(
            round(
                cast(prioritised.avg_order_value as decimal(24, 2))
                * settings.gross_margin,
                2
            )
            as decimal(18, 2)
        ) as estimated_value,
        'one more order at the customer''s own average' as estimated_value_basis,
        prioritised.historic_value,
        prioritised.days_since_last_order,
        case prioritised.campaign_type
            when 'Win-Back'
                then 'high value so far, silent for '
                    || cast(prioritised.days_since_last_order as varchar)
                    || ' days'
            when 'Retention'
                then 'at risk after '
                    || cast(prioritised.days_since_last_order as varchar)
                    || ' days without an order'
            when 'Cross-Sell'
                then 'more orders are to be expected than of most regular customers'
            else 'among the most valuable active customers'
        end as reason,
        case prioritised.campaign_type
            when 'Win-Back' then 'Send a personal offer to come back'
            when 'Retention' then 'Remind with a reason to order now'
            when 'Cross-Sell' then 'Recommend products that complete past orders'
            else 'Invite to premium offers and early access'
        end as recommended_action

    from prioritised
    cross join settings

)

select * from final
