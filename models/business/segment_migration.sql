/*
How customers move between the five segments from month end to month end, and from the last one to the as-of date. One row per day, segment before and segment then; all combinations, also those of nobody.

Segments are computed again as of each month end, by the rules of segment_states, with the value so far as lifetime value:
predictions of past days do not exist for every customer. At the as-of date the segment is that of customer_segments, so that the
last moves into and out of High Value can also come from the predicted value.

@grain month_end, from_segment, to_segment
@column month_end - the day of the later segment: the last day of a month, or the as-of date
@column from_segment - segment one month end earlier, or not yet a customer
@column to_segment - segment on that day
@column customers - customers with both
@column share_of_from - percent of all customers of from_segment; null where there are none
@column revenue - revenue of these customers up to that day, net of returns
@column is_as_of - whether the day is the as-of date
@check not_null(month_end, from_segment, to_segment, customers, revenue, is_as_of)
@check unique(month_end, from_segment, to_segment)
@check accepted_values(from_segment, 'Lost', 'New', 'High Value', 'At Risk', 'Regular', 'not yet a customer')
@check accepted_values(to_segment, 'Lost', 'New', 'High Value', 'At Risk', 'Regular')
@check range(customers, 0, null)
@check range(share_of_from, 0, 100)
*/
with

states as (

    select * from {{ ref('segment_states') }}

),

cutoffs as (

    select * from {{ ref('segment_cutoffs') }}

),

given as (

    select
        cast({{ var('asOf') }} as date) as as_of_date,
        {{ var('segmentHistoryMonths') }} as history_months

),

months as (

    select
        {{ month_start('as_of_date') }} as month_start,
        history_months

    from given

),

settings as (

    select
        {{ add_months('month_start', '-history_months') }} as first_day

    from months

),

moves as (

    select
        as_of_date,
        customer_segment,
        revenue,
        lag(customer_segment) over (
            partition by customer_id
            order by as_of_date
        ) as segment_before

    from states

),

counted as (

    select
        as_of_date,
        coalesce(segment_before, 'not yet a customer') as from_segment,
        customer_segment as to_segment,
        count(*) as customers,
        sum(revenue) as revenue

    from moves
    group by
        as_of_date,
        coalesce(segment_before, 'not yet a customer'),
        customer_segment

),

segments as (

    select 'Lost' as segment
    union all
    select 'New' as segment
    union all
    select 'High Value' as segment
    union all
    select 'At Risk' as segment
    union all
    select 'Regular' as segment

),

origins as (

    select segment from segments
    union all
    select 'not yet a customer' as segment

),

combinations as (

    select
        cutoffs.as_of_date,
        cutoffs.is_as_of,
        origins.segment as from_segment,
        segments.segment as to_segment

    from cutoffs
    cross join origins
    cross join segments
    cross join settings
    where cutoffs.as_of_date >= settings.first_day

),

filled as (

    select
        combinations.as_of_date,
        combinations.is_as_of,
        combinations.from_segment,
        combinations.to_segment,
        coalesce(counted.customers, 0) as customers,
        coalesce(counted.revenue, 0) as revenue,
        sum(coalesce(counted.customers, 0)) over (
            partition by combinations.as_of_date, combinations.from_segment
        ) as from_customers

    from combinations
    left join counted
        on
            combinations.as_of_date = counted.as_of_date
            and combinations.from_segment = counted.from_segment
            and combinations.to_segment = counted.to_segment

),

final as (

    select
        as_of_date as month_end,
        from_segment,
        to_segment,
        cast(customers as integer) as customers,
        cast({{ money_divide('100 * customers', 'from_customers') }} as decimal(5, 2))
            as share_of_from,
        cast(revenue as decimal(18, 2)) as revenue,
        is_as_of

    from filled

)

select * from final
