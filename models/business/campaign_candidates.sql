/*
Who could be addressed with which campaign, before anybody is left alone; at most one campaign per customer. One row per customer on a list.

Win-Back: Lost customers with a high value so far, silent for at least minDaysForWinback. Retention: At Risk customers
whose lifetime value is at least minLtvForRetention. Cross-Sell: Regular customers of whom more orders are expected than of the
median Regular customer; where expected orders are withheld, who have ordered more often.
Loyalty: High Value customers. Whoever was assigned to a campaign launched less than campaignCooldownDays ago is left out.

@grain customer_id
@column customer_id - customer as text
@column campaign_type - Win-Back, Retention, Cross-Sell or Loyalty
@column campaign_number - order of the campaigns, from 1
@column customer_segment - the marketing segment
@column avg_order_value - mean amount of the customer's orders; null without orders
@column days_since_last_order - days from the last order to the as-of date
@column historic_value - value so far
@column predicted_value - value predicted for the next 365 days; null where withheld
@column churn_risk_score - 0 to 100; null where withheld
@check not_null(customer_id, campaign_type, campaign_number, customer_segment, historic_value)
@check unique(customer_id)
@check accepted_values(campaign_type, 'Win-Back', 'Retention', 'Cross-Sell', 'Loyalty')
*/
with

values_by_customer as (

    select * from {{ ref('customer_ltv_analysis') }}

),

predictions as (

    select * from {{ ref('customer_predictions') }}

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
        {{ var('campaignCooldownDays') }} as cooldown_days

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

final as (

    select
        chosen.customer_id,
        chosen.campaign_type,
        case chosen.campaign_type
            when 'Win-Back' then 1
            when 'Retention' then 2
            when 'Cross-Sell' then 3
            else 4
        end as campaign_number,
        chosen.customer_segment,
        chosen.avg_order_value,
        chosen.days_since_last_order,
        chosen.historic_value,
        chosen.predicted_value,
        chosen.churn_risk_score

    from chosen
    left join resting
        on chosen.customer_id = resting.customer_id
    where chosen.campaign_type is not null and resting.customer_id is null

)

select * from final
