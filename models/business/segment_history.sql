/*
The size of each of the five segments at the last month ends and at the as-of date. One row per day and segment.

Segments are computed again as of each month end, by the rules of segment_states, with the value so far as lifetime value:
predictions of past days do not exist for every customer. At the as-of date the segment is that of customer_segments.

@grain month_end, customer_segment
@column month_end - the last day of a month, or the as-of date
@column customer_segment - Lost, New, High Value, At Risk or Regular
@column customers - customers in the segment that day
@column share_of_base - percent of all customers that day
@column revenue - revenue of the members up to that day, net of returns
@column is_as_of - whether the day is the as-of date
@check not_null(month_end, customer_segment, customers, share_of_base, revenue, is_as_of)
@check unique(month_end, customer_segment)
@check accepted_values(customer_segment, 'Lost', 'New', 'High Value', 'At Risk', 'Regular')
@check range(share_of_base, 0, 100)
*/
with

migration as (

    select * from {{ ref('segment_migration') }}

),

cutoffs as (

    select * from {{ ref('segment_cutoffs') }}

),

members as (

    select
        month_end,
        to_segment as customer_segment,
        is_as_of,

        sum(customers) as customers,
        sum(revenue) as revenue

    from migration
    group by month_end, to_segment, is_as_of

),

final as (

    select
        members.month_end,
        members.customer_segment,
        cast(members.customers as integer) as customers,
        cast({{ money_divide('100 * members.customers', 'cutoffs.customers') }} as decimal(5, 2))
            as share_of_base,
        cast(members.revenue as decimal(18, 2)) as revenue,
        members.is_as_of

    from members
    inner join cutoffs
        on members.month_end = cutoffs.as_of_date

)

select * from final
