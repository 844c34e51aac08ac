/*
What the members of each segment are like: how many, what they bring, how often they order, where they go next, and how firmly they belong. One row per segmentation and segment.

@grain segmentation, segment
@column segmentation - five for the five segments, rfm for the eleven named ones
@column segment - name of the segment
@column position - order in which the segments of a segmentation are shown, from 1
@column customers - members
@column share_of_base - percent of all customers
@column revenue - revenue of the members so far, net of returns
@column share_of_revenue - percent of all revenue; null where the shop has none
@column avg_lifetime_value - mean value so far and predicted value; where that is withheld, value so far; null without members
@column avg_churn_risk - mean churn risk score, 0 to 100; null where withheld and without members
@column avg_order_value - revenue per order; null without orders
@column median_days_between_orders - median days from one purchase day of a member to the next; null where nobody has two
@column typical_next_segment - where most of those went who left the segment within a month, over the month ends of segment_migration; null where nobody left, and for rfm
@column typical_next_share - percent of those who left that went there; null likewise
@column bootstrap_stability - expected share (0 to 1) of the members that would be in the same segment had another sample of the same customers been drawn; null without members
@check not_null(segmentation, segment, position, customers, share_of_base, revenue)
@check unique(segmentation, segment)
@check accepted_values(segmentation, 'five', 'rfm')
@check range(share_of_base, 0, 100)
@check range(bootstrap_stability, 0, 1)
@check range(typical_next_share, 0, 100)
*/
with

segments as (

    select * from {{ ref('customer_segments') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

predictions as (

    select * from {{ ref('customer_predictions') }}

),

purchase_days as (

    select * from {{ ref('agg_purchase_days') }}
    where days_since_previous_purchase is not null

),

migration as (

    select * from {{ ref('segment_migration') }}

),

stability as (

    select * from {{ ref('segment_stability') }}

),

names as (

    select 'five' as segmentation, 'High Value' as segment, 1 as position
    union all
    select 'five' as segmentation, 'Regular' as segment, 2 as position
    union all
    select 'five' as segmentation, 'New' as segment, 3 as position
    union all
    select 'five' as segmentation, 'At Risk' as segment, 4 as position
    union all
    select 'five' as segmentation, 'Lost' as segment, 5 as position
    union all
    select 'rfm' as segmentation, 'Champions' as segment, 1 as position
    union all
    select 'rfm' as segmentation, 'Loyal' as segment, 2 as position
    union all
    select 'rfm' as segmentation, 'Potential Loyalist' as segment, 3 as position
    union all
    select 'rfm' as segmentation, 'New' as segment, 4 as position
    union all
    select 'rfm' as segmentation, 'Promising' as segment, 5 as position
    union all
    select 'rfm' as segmentation, 'Need Attention' as segment, 6 as position
    union all
    select 'rfm' as segmentation, 'About To Sleep' as segment, 7 as position
    union all
    select 'rfm' as segmentation, 'At Risk' as segment, 8 as position
    union all
    select 'rfm' as segmentation, 'Can''t Lose' as segment, 9 as position
    union all
    select 'rfm' as segmentation, 'Hibernating' as segment, 10 as position
    union all
    select 'rfm' as segmentation, 'Lost' as segment, 11 as position

),

members as (

    select
        segments.customer_segment,
        segments.rfm_segment,

        count(*) as customers,
        sum(customers.total_spent) as revenue,
        sum(customers.total_orders) as orders,
        sum(segments.lifetime_value) as lifetime_value,
        sum(predictions.churn_risk_score) as churn_risk,
        count(predictions.churn_risk_score) as scored_customers

    from segments
    inner join customers
        on segments.customer_id = customers.customer_id
    inner join predictions
        on segments.customer_id = predictions.customer_id
    group by segments.customer_segment, segments.rfm_segment

),

both_ways as (

    select
        'five' as segmentation,
        customer_segment as segment,
        customers,
        revenue,
        orders,
        lifetime_value,
        churn_risk,
        scored_customers
    from members

    union all

    select
        'rfm' as segmentation,
        rfm_segment as segment,
        customers,
        revenue,
        orders,
        lifetime_value,
        churn_risk,
        scored_customers
    from members

),

summed as (

    select
        segmentation,
        segment,

        sum(customers) as customers,
        sum(revenue) as revenue,
        sum(orders) as orders,
        sum(lifetime_value) as lifetime_value,
        sum(churn_risk) as churn_risk,
        sum(scored_customers) as scored_customers

    from both_ways
    group by segmentation, segment

),

base as (

    select
        sum(customers) as customers,
        sum(revenue) as revenue

    from members

),

gaps as (

    select
        'five' as segmentation,
        segments.customer_segment as segment,
        purchase_days.days_since_previous_purchase as days
    from purchase_days
    inner join segments
        on purchase_days.customer_id = segments.customer_id

    union all

    select
        'rfm' as segmentation,
        segments.rfm_segment as segment,
        purchase_days.days_since_previous_purchase as days
    from purchase_days
    inner join segments
        on purchase_days.customer_id = segments.customer_id

),

rhythms as (

    select
        segmentation,
        segment,
        {{ percentile('days', '0.5') }} as median_days

    from gaps
    group by segmentation, segment

),

leaving as (

    select
        from_segment,
        to_segment,
        sum(customers) as customers

    from migration
    where
        not is_as_of
        and from_segment <> to_segment
        and from_segment <> 'not yet a customer'
    group by from_segment, to_segment

),

ranked_steps as (

    select
        from_segment,
        to_segment,
        customers,
        sum(customers) over (partition by from_segment) as leaving_customers,
        row_number() over (
            partition by from_segment
            order by customers desc, to_segment
        ) as step_rank

    from leaving

),

next_steps as (

    select
        'five' as segmentation,
        from_segment as segment,
        to_segment as typical_next_segment,
        {{ money_divide('100 * customers', 'leaving_customers') }} as share

    from ranked_steps
    where step_rank = 1 and customers > 0

),

final as (

    select
        names.segmentation,
        names.segment,
        names.position,
        cast(coalesce(summed.customers, 0) as integer) as customers,
        cast(
            coalesce({{ money_divide('100 * summed.customers', 'base.customers') }}, 0)
            as decimal(5, 2)
        ) as share_of_base,
        cast(coalesce(summed.revenue, 0) as decimal(18, 2)) as revenue,
        {{ money_divide('cast(100 * coalesce(summed.revenue, 0) as decimal(24, 2))', 'base.revenue') }}
            as share_of_revenue,
        {{ money_divide('summed.lifetime_value', 'summed.customers') }}
            as avg_lifetime_value,
        {{ money_divide('summed.churn_risk', 'summed.scored_customers') }}
            as avg_churn_risk,
        {{ money_divide('summed.revenue', 'summed.orders') }} as avg_order_value,
        cast(rhythms.median_days as decimal(18, 1)) as median_days_between_orders,
        next_steps.typical_next_segment,
        cast(next_steps.share as decimal(5, 2)) as typical_next_share,
        stability.bootstrap_stability

    from names
    cross join base
    left join summed
        on
            names.segmentation = summed.segmentation
            and names.segment = summed.segment
    left join rhythms
        on
            names.segmentation = rhythms.segmentation
            and names.segment = rhythms.segment
    left join next_steps
        on
            names.segmentation = next_steps.segmentation
            and names.segment = next_steps.segment
    left join stability
        on
            names.segmentation = stability.segmentation
            and names.segment = stability.segment

)

select * from final
