/*
What customers of launched campaigns ordered up to each look that has been reached, in sums: what campaign_results is computed from. One row per launch, campaign type, look, group and bucket.

A launch is looked at when a quarter, half, three quarters and all of its window are over. At each look the orders of the days from
the day after the launch up to the look count, whatever has come since. Everybody who was assigned counts, contacted or not. Customers are put
into buckets by a hash, about equally many in each, so that the spread between customers can be told without looking at each.

@grain launch_id, campaign_type, look_number, campaign_group, bucket
@column launch_id - the launch
@column campaign_type - Win-Back, Retention, Cross-Sell or Loyalty
@column look_number - 1 to 4, 4 at the end of the window; 0 as long as no look has been reached
@column campaign_group - target or control
@column bucket - number of the bucket, from 0
@column buckets - buckets of the group; 100 for the larger one
@column launched_on - the day of the launch
@column window_days - days of the window
@column look_day - the last day whose orders count; the day of the launch for look 0
@column next_look_on - the day of the look after this one; null at the last
@column customers - customers who were assigned
@column converters - those with an order
@column revenue - what they have ordered, before returns
@column revenue_squares - sum of the squares of the customers' revenue
@column expected_revenue - what was predicted of them at the launch, 0 where nothing was
@column expected_squares - sum of the squares of that
@column products - sum of revenue times predicted revenue
@check not_null(launch_id, campaign_type, look_number, campaign_group, bucket, buckets, look_day, customers, converters, revenue)
@check unique(launch_id, campaign_type, look_number, campaign_group, bucket)
@check accepted_values(campaign_group, 'target', 'control')
@check range(look_number, 0, 4)
@check expression(converters_are_customers, converters between 0 and customers)
@check expression(bucket_is_one_of_the_group, bucket >= 0 and bucket < buckets)
*/
with

assignments as (

    select * from {{ ref('campaign_assignments') }}

),

purchases as (

    select * from {{ ref('agg_purchase_days') }}

),

settings as (

    select cast({{ var('asOf') }} as date) as as_of_date

),

look_numbers as (

    select 0 as look_number
    union all
    select 1 as look_number
    union all
    select 2 as look_number
    union all
    select 3 as look_number
    union all
    select 4 as look_number

),

launches as (

    select
        launch_id,
        campaign_type,
        min(launched_on) as launched_on,
        max(window_days) as window_days

    from assignments
    group by launch_id, campaign_type

),

planned_looks as (

    select
        launches.launch_id,
        launches.campaign_type,
        launches.launched_on,
        launches.window_days,
        look_numbers.look_number,
        -- Quarters of the window, rounded up to whole days.
        {{ add_days('launches.launched_on', 'cast(floor(0.25 * (launches.window_days * look_numbers.look_number + 3)) as integer)') }}
            as look_day

    from launches
    cross join look_numbers

),

looks as (

    select
        *,
        lead(look_day) over (
            partition by launch_id, campaign_type
            order by look_number
        ) as next_look_on

    from planned_looks

),

reached_looks as (

    select looks.*

    from looks
    cross join settings
    where
        looks.look_day <= settings.as_of_date
        -- Where quarters of a short window fall on one day, the last of them counts.
        and (
            looks.next_look_on is null or looks.look_day < looks.next_look_on
        )
        and (looks.look_number > 0 or looks.next_look_on > settings.as_of_date)

),

group_sizes as (

    select
        launch_id,
        campaign_type,
        campaign_group,
        count(*) as customers

    from assignments
    group by launch_id, campaign_type, campaign_group

),

compared_sizes as (

    select
        *,
        max(customers) over (partition by launch_id, campaign_type)
            as customers_of_larger_group

    from group_sizes

),

bucketed_groups as (

    select
        launch_id,
        campaign_type,
        campaign_group,
        greatest(
            1,
            cast(
                floor(
                    0.5
                    + {{ divide('100 * customers', 'customers_of_larger_group') }}
                ) as integer
            )
        ) as buckets

    from compared_sizes

),

members as (

    select
        assignments.launch_id,
        assignments.campaign_type,
        assignments.campaign_group,
        assignments.customer_id,
        bucketed_groups.buckets,
        {{ money('coalesce(assignments.expected_revenue, 0)') }}
            as expected_revenue,
        cast(
            floor(
                bucketed_groups.buckets
                * {{ hash_share('assignments.launch_id || '':bucket:'' || assignments.customer_id') }}
            ) as integer
        ) as bucket

    from assignments
    inner join bucketed_groups
        on
            assignments.launch_id = bucketed_groups.launch_id
            and assignments.campaign_type = bucketed_groups.campaign_type
            and assignments.campaign_group = bucketed_groups.campaign_group

),

bucket_members as (

    select
        launch_id,
        campaign_type,
        campaign_group,
        bucket,
        buckets,
        count(*) as customers,
        sum(expected_revenue) as expected_revenue,
        sum(cast(expected_revenue * expected_revenue as decimal(38, 4)))
            as expected_squares

    from members
    group by launch_id, campaign_type, campaign_group, bucket, buckets

),

buyers as (

    select
        members.launch_id,
        members.campaign_type,
        reached_looks.look_number,
        members.campaign_group,
        members.bucket,
        members.customer_id,
        members.expected_revenue,
        cast(sum(purchases.purchase_amount) as decimal(18, 2)) as revenue

    from members
    inner join reached_looks
        on
            members.launch_id = reached_looks.launch_id
            and members.campaign_type = reached_looks.campaign_type
    inner join purchases
        on
            members.customer_id = purchases.customer_id
            and purchases.purchase_date > reached_looks.launched_on
            and purchases.purchase_date <= reached_looks.look_day
    group by
        members.launch_id,
        members.campaign_type,
        reached_looks.look_number,
        members.campaign_group,
        members.bucket,
        members.customer_id,
        members.expected_revenue

),

bucket_buyers as (

    select
        launch_id,
        campaign_type,
        look_number,
        campaign_group,
        bucket,
        count(*) as converters,
        sum(revenue) as revenue,
        sum(cast(revenue * revenue as decimal(38, 4))) as revenue_squares,
        sum(cast(revenue * expected_revenue as decimal(38, 4))) as products

    from buyers
    group by launch_id, campaign_type, look_number, campaign_group, bucket

),

final as (

    select
        reached_looks.launch_id,
        reached_looks.campaign_type,
        reached_looks.look_number,
        bucket_members.campaign_group,
        bucket_members.bucket,
        bucket_members.buckets,
        reached_looks.launched_on,
        reached_looks.window_days,
        reached_looks.look_day,
        reached_looks.next_look_on,
        cast(bucket_members.customers as integer) as customers,
        cast(coalesce(bucket_buyers.converters, 0) as integer) as converters,
        cast(coalesce(bucket_buyers.revenue, 0) as decimal(18, 2)) as revenue,
        cast(coalesce(bucket_buyers.revenue_squares, 0) as decimal(38, 4))
            as revenue_squares,
        cast(bucket_members.expected_revenue as decimal(18, 2))
            as expected_revenue,
        cast(bucket_members.expected_squares as decimal(38, 4))
            as expected_squares,
        cast(coalesce(bucket_buyers.products, 0) as decimal(38, 4)) as products

    from reached_looks
    inner join bucket_members
        on
            reached_looks.launch_id = bucket_members.launch_id
            and reached_looks.campaign_type = bucket_members.campaign_type
    left join bucket_buyers
        on
            reached_looks.launch_id = bucket_buyers.launch_id
            and reached_looks.campaign_type = bucket_buyers.campaign_type
            and reached_looks.look_number = bucket_buyers.look_number
            and bucket_members.campaign_group = bucket_buyers.campaign_group
            and bucket_members.bucket = bucket_buyers.bucket

)

select * from final
