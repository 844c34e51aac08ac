/*
Where the segments of each day, and the scores of the as-of date, are cut: the values that divide the customers of that day. One row per day.

The cut-offs are found on the distinct values with their counts, so that the memory needed does not follow the number of
customers. Scores are of the as-of date only. A score is k where at least (k - 1) fifths of the other customers are worse; equal values always have equal scores.

@grain as_of_date
@column as_of_date - the day looked at: the as-of date, or the last day of a month
@column is_as_of - whether it is the as-of date
@column customers - customers that day
@column one_order_customers - those with one order; null at past days
@column frequency_score_method - quintiles, or thresholds (1, 2, 3, 4, 5 orders) where more than half have one order; null at past days
@column high_value_from - lowest lifetime value that counts as high; null where no customer is within the share
@column recency_2 - most days of silence with a recency score of 2 or more; null where nobody has it, and at past days
@column recency_3 - the same for 3 or more; null likewise
@column recency_4 - the same for 4 or more; null likewise
@column recency_5 - the same for 5; null likewise
@column frequency_2 - fewest orders with a frequency score of 2 or more, by quintiles; null where nobody has it, and at past days
@column frequency_3 - the same for 3 or more; null likewise
@column frequency_4 - the same for 4 or more; null likewise
@column frequency_5 - the same for 5; null likewise
@column monetary_2 - least revenue with a monetary score of 2 or more; null where nobody has it, and at past days; null where nobody has it, and at past days
@column monetary_3 - the same for 3 or more; null likewise
@column monetary_4 - the same for 4 or more; null likewise
@column monetary_5 - the same for 5; null likewise
@check not_null(as_of_date, is_as_of, customers)
@check unique(as_of_date)
@check accepted_values(frequency_score_method, 'quintiles', 'thresholds')
*/
with

inputs as (

    select * from {{ ref('segment_inputs') }}

),

settings as (

    select
        {{ var('highValueShare') }} as high_value_share,
        {{ var('highValueBy') }} as high_value_by,
        {{ var('ltvHighThreshold') }} as ltv_high_threshold

),

present as (

    select * from inputs
    where is_as_of

),

-- Who has never ordered counts as silent for longer than anybody.
recency as (

    select
        coalesce(days_since_last_order, 1000000) as days,
        count(*) as customers

    from present
    group by coalesce(days_since_last_order, 1000000)

),

frequency as (

    select
        total_orders,
        count(*) as customers

    from present
    group by total_orders

),

monetary as (

    select
        revenue,
        count(*) as customers

    from present
    group by revenue

),

worth as (

    select
        as_of_date,
        is_as_of,
        lifetime_value,
        count(*) as customers

    from inputs
    group by as_of_date, is_as_of, lifetime_value

),

base as (

    select
        as_of_date,
        is_as_of,
        sum(customers) as customers,
        greatest(1, sum(customers) - 1) as other_customers

    from worth
    group by as_of_date, is_as_of

),

-- Larger is better, in every measure.
measures as (

    select
        'recency' as measure,
        cast(-days as decimal(18, 2)) as amount,
        customers
    from recency

    union all

    select
        'frequency' as measure,
        cast(total_orders as decimal(18, 2)) as amount,
        customers
    from frequency

    union all

    select
        'monetary' as measure,
        revenue as amount,
        customers
    from monetary

),

counted as (

    select
        measure,
        amount,
        5 * (
            sum(customers) over (
                partition by measure
                order by amount
                rows between unbounded preceding and current row
            ) - customers
        ) as worse_times_5

    from measures

),

cuts as (

    select
        base.as_of_date,
        counted.measure,
        min(counted.amount) filter (
            where counted.worse_times_5 >= base.other_customers
        ) as cut_2,
        min(counted.amount) filter (
            where counted.worse_times_5 >= 2 * base.other_customers
        ) as cut_3,
        min(counted.amount) filter (
            where counted.worse_times_5 >= 3 * base.other_customers
        ) as cut_4,
        min(counted.amount) filter (
            where counted.worse_times_5 >= 4 * base.other_customers
        ) as cut_5

    from counted
    cross join base
    where base.is_as_of
    group by base.as_of_date, counted.measure

),

score_cuts as (

    select
        as_of_date,
        max(-cut_2) filter (where measure = 'recency') as recency_2,
        max(-cut_3) filter (where measure = 'recency') as recency_3,
        max(-cut_4) filter (where measure = 'recency') as recency_4,
        max(-cut_5) filter (where measure = 'recency') as recency_5,
        max(cut_2) filter (where measure = 'frequency') as frequency_2,
        max(cut_3) filter (where measure = 'frequency') as frequency_3,
        max(cut_4) filter (where measure = 'frequency') as frequency_4,
        max(cut_5) filter (where measure = 'frequency') as frequency_5,
        max(cut_2) filter (where measure = 'monetary') as monetary_2,
        max(cut_3) filter (where measure = 'monetary') as monetary_3,
        max(cut_4) filter (where measure = 'monetary') as monetary_4,
        max(cut_5) filter (where measure = 'monetary') as monetary_5

    from cuts
    group by as_of_date

),

ranked_worth as (

    select
        as_of_date,
        lifetime_value,
        sum(customers) over (
            partition by as_of_date
            order by lifetime_value desc
            rows between unbounded preceding and current row
        ) - customers + 1 as value_rank

    from worth

),

value_cuts as (

    select
        ranked_worth.as_of_date,
        min(ranked_worth.lifetime_value) as high_value_from

    from ranked_worth
    inner join base
        on ranked_worth.as_of_date = base.as_of_date
    cross join settings
    where ranked_worth.value_rank <= settings.high_value_share * base.customers
    group by ranked_worth.as_of_date

),

one_order as (

    select coalesce(sum(customers), 0) as one_order_customers
    from frequency
    where total_orders = 1

),

final as (

    select
        base.as_of_date,
        base.is_as_of,
        cast(base.customers as integer) as customers,
        cast(
            case when base.is_as_of then one_order.one_order_customers end
            as integer
        ) as one_order_customers,
        case
            when not base.is_as_of then null
            when 2 * one_order.one_order_customers > base.customers
                then 'thresholds'
            else 'quintiles'
        end as frequency_score_method,
        cast(
            case settings.high_value_by
                when 'threshold' then settings.ltv_high_threshold
                else value_cuts.high_value_from
            end as decimal(18, 2)
        ) as high_value_from,
        cast(score_cuts.recency_2 as integer) as recency_2,
        cast(score_cuts.recency_3 as integer) as recency_3,
        cast(score_cuts.recency_4 as integer) as recency_4,
        cast(score_cuts.recency_5 as integer) as recency_5,
        cast(score_cuts.frequency_2 as integer) as frequency_2,
        cast(score_cuts.frequency_3 as integer) as frequency_3,
        cast(score_cuts.frequency_4 as integer) as frequency_4,
        cast(score_cuts.frequency_5 as integer) as frequency_5,
        cast(score_cuts.monetary_2 as decimal(18, 2)) as monetary_2,
        cast(score_cuts.monetary_3 as decimal(18, 2)) as monetary_3,
        cast(score_cuts.monetary_4 as decimal(18, 2)) as monetary_4,
        cast(score_cuts.monetary_5 as decimal(18, 2)) as monetary_5

    from base
    left join score_cuts
        on base.as_of_date = score_cuts.as_of_date
    left join value_cuts
        on base.as_of_date = value_cuts.as_of_date
    cross join one_order
    cross join settings

)

select * from final
