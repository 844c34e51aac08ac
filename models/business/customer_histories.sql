/*
What was known of each customer on each day of backtest_cuts, and what came within the horizon after it. One row per day and customer.

The purchase history (frequency, recency, age) is what the models of src/analytics are fitted on. A level is a ratio on a
logarithmic scale in half steps: 2 is twice as much as usual, -2 is half, 0 is as usual.

@grain cut_date, customer_id
@column cut_date - the day; what stands here was known at its end, except for what is said to have come after it
@column cut_role - score, evaluate or train, as in backtest_cuts
@column customer_id - customer as text
@column frequency - purchase days after the first
@column recency_days - days from the first purchase day to the last; 0 without a repeat
@column age_days - days from the first purchase day to the cut
@column cell_recency_days - recency as the models see it: to the nearest multiple of observation_window.cell_days
@column cell_age_days - age as the models see it, likewise
@column days_since_last_purchase - silence so far
@column paid_purchases - purchase days with an amount above 0
@column amount_to_date - sum of the purchase amounts, before returns
@column paid_repeats - purchase days after the first with an amount above 0
@column repeat_amount_to_date - sum of the purchase amounts after the first purchase day
@column amount_level - mean amount of a paid purchase against 1, in quarters of a doubling; null without one
@column is_left_truncated - whether the customer was first seen in the first weeks of an export that begins in the middle of the shop's life
@column first_purchase_month - month of the first purchase, YYYY-MM
@column recency_level - silence against 30 days, from -6 to 10
@column rhythm_level - silence against the customer's own mean gap between purchases, from -6 to 6; null without a repeat
@column decline_level - the last gap against the mean of the gaps before it, from -6 to 6; null with fewer than two repeats
@column value_trend_level - the last amount against the mean of those before it, from -4 to 4; null without a repeat or without amounts
@column cohort_level - repeat purchases of the customers of the same first month against those expected at the rate of all, in quarters of a doubling, from -4 to 4
@column purchases_in_horizon - purchase days that came within the horizon; null on the as-of date
@column amount_in_horizon - their amount; null on the as-of date
@column days_to_next_purchase - days from the cut to the next purchase within the horizon; null if there was none, and on the as-of date
@check not_null(cut_date, cut_role, customer_id, frequency, recency_days, age_days, cell_recency_days, cell_age_days, days_since_last_purchase, paid_purchases, amount_to_date, paid_repeats, repeat_amount_to_date, first_purchase_month, recency_level, cohort_level)
@check unique(cut_date, customer_id)
@check range(frequency, 0, null)
@check range(days_since_last_purchase, 0, null)
@check range(purchases_in_horizon, 0, null)
@check range(days_to_next_purchase, 1, null)
@check expression(last_purchase_between_first_and_cut, recency_days + days_since_last_purchase = age_days)
@check expression(cells_are_histories, cell_recency_days between 0 and cell_age_days and (cell_recency_days = 0) = (frequency = 0))
*/
with

purchase_days as not materialized (

    -- read three times, each time a part of it: a copy would be as large as all orders
    select * from {{ ref('agg_purchase_days') }}

),

cuts as (

    select * from {{ ref('backtest_cuts') }}

),

observation as (

    select * from {{ ref('observation_window') }}

),

sampled_customers as (

    select purchase_days.customer_id
    from purchase_days
    cross join observation
    where
        purchase_days.purchase_number = 1
        and (
            observation.sample_share >= 1
            or {{ hash_share('''backtest:'' || purchase_days.customer_id') }}
            < observation.sample_share
        )

),

sampled as (

    select purchase_days.*
    from purchase_days
    inner join sampled_customers
        on purchase_days.customer_id = sampled_customers.customer_id

),

known as (

    select
        purchase_days.*,
        cuts.cut_date,
        cuts.cut_role,
        cuts.horizon_days

    from purchase_days
    inner join cuts
        on
            cuts.cut_role = 'score'
            and purchase_days.purchase_date <= cuts.cut_date
            and (
                purchase_days.next_purchase_date is null
                or purchase_days.next_purchase_date > cuts.cut_date
            )

    union all

    select
        sampled.*,
        cuts.cut_date,
        cuts.cut_role,
        cuts.horizon_days

    from sampled
    inner join cuts
        on
            cuts.cut_role <> 'score'
            and sampled.purchase_date <= cuts.cut_date
            and (
                sampled.next_purchase_date is null
                or sampled.next_purchase_date > cuts.cut_date
            )

),

states as (

    select
        cut_date,
        cut_role,
        horizon_days,
        customer_id,
        first_purchase_date,
        purchase_number - 1 as frequency,
        days_since_first_purchase as recency_days,
        {{ days_between('first_purchase_date', 'cut_date') }} as age_days,
        {{ days_between('purchase_date', 'cut_date') }}
            as days_since_last_purchase,
        days_since_previous_purchase as last_gap_days,
        purchase_amount as last_amount,
        paid_purchases_to_date as paid_purchases,
        amount_to_date,
        first_amount,
        {{ format_month('first_purchase_date') }} as first_purchase_month

    from known

),

outcomes as (

    select
        cuts.cut_date,
        sampled.customer_id,

        count(*) as purchases_in_horizon,
        sum(sampled.purchase_amount) as amount_in_horizon,
        min(
            {{ days_between('cuts.cut_date', 'sampled.purchase_date') }}
        ) as days_to_next_purchase

    from sampled
    inner join cuts
        on
            sampled.purchase_date > cuts.cut_date
            and sampled.purchase_date
            <= {{ add_days('cuts.cut_date', 'cuts.horizon_days') }}
    where cuts.cut_role <> 'score'
    group by cuts.cut_date, sampled.customer_id

),

rates_by_cut as (

    select
        cut_date,

        {{ divide('sum(frequency)', 'sum(age_days)') }} as repeats_per_day

    from states
    group by cut_date

),

repeats_by_cohort as (

    select
        cut_date,
        first_purchase_month,

        sum(frequency) as repeats,
        sum(age_days) as age_days

    from states
    group by cut_date, first_purchase_month

),

cohorts as (

    select
        repeats_by_cohort.cut_date,
        repeats_by_cohort.first_purchase_month,
        {{ divide('repeats_by_cohort.repeats + 5', '5 + repeats_by_cohort.age_days * coalesce(rates_by_cut.repeats_per_day, 0)') }}
            as repeat_ratio

    from repeats_by_cohort
    inner join rates_by_cut
        on repeats_by_cohort.cut_date = rates_by_cut.cut_date

),

ratios as (

    select
        states.*,
        observation.cell_days,
        observation.left_truncated_until,
        cohorts.repeat_ratio,
        {{ divide('states.days_since_last_purchase', '30') }} as recency_ratio,
        {{ divide('states.days_since_last_purchase * states.frequency', 'states.recency_days') }}
            as rhythm_ratio,
        case
            when states.frequency >= 2
                then {{ divide('states.last_gap_days * (states.frequency - 1)', 'states.recency_days - states.last_gap_days') }}
        end as decline_ratio,
        case
            when states.frequency >= 1 and states.last_amount > 0
                then {{ divide('states.last_amount * states.frequency', 'states.amount_to_date - states.last_amount') }}
        end as value_trend_ratio,
        {{ divide('states.amount_to_date', 'states.paid_purchases') }}
            as mean_amount,
        cell_days * cast(
            floor({{ divide('states.age_days + 0.5 * cell_days', 'cell_days') }})
            as integer
        ) as nearest_age_days,
        cell_days * cast(
            floor(
                {{ divide('states.recency_days + 0.5 * cell_days', 'cell_days') }}
            )
            as integer
        ) as nearest_recency_days

    from states
    inner join cohorts
        on
            states.cut_date = cohorts.cut_date
            and states.first_purchase_month = cohorts.first_purchase_month
    cross join observation

),

cells as (

    select
        *,
        case
            when frequency = 0 then 0
            else greatest(cell_days, nearest_recency_days)
        end as cell_recency_days

    from ratios

),

final as (

    select
        cells.cut_date,
        cells.cut_role,
        cells.customer_id,
        cast(cells.frequency as integer) as frequency,
        cells.recency_days,
        cells.age_days,
        cells.cell_recency_days,
        greatest(cells.nearest_age_days, cells.cell_recency_days)
            as cell_age_days,
        cells.days_since_last_purchase,
        cells.paid_purchases,
        cells.amount_to_date,
        cells.paid_purchases - case when cells.first_amount > 0 then 1 else 0 end
            as paid_repeats,
        cast(cells.amount_to_date - cells.first_amount as decimal(18, 2))
            as repeat_amount_to_date,
        case
            when cells.mean_amount > 0
                then {{ log_level('cells.mean_amount', '4', '-1000', '1000') }}
        end as amount_level,
        coalesce(cells.first_purchase_date <= cells.left_truncated_until, false)
            as is_left_truncated,
        cells.first_purchase_month,
        {{ log_level('cells.recency_ratio', '2', '-6', '10') }}
            as recency_level,
        {{ log_level('cells.rhythm_ratio', '2', '-6', '6') }}
            as rhythm_level,
        {{ log_level('cells.decline_ratio', '2', '-6', '6') }}
            as decline_level,
        {{ log_level('cells.value_trend_ratio', '2', '-4', '4') }}
            as value_trend_level,
        {{ log_level('cells.repeat_ratio', '4', '-4', '4') }}
            as cohort_level,
        case
            when cells.cut_role <> 'score'
                then cast(coalesce(outcomes.purchases_in_horizon, 0) as integer)
        end as purchases_in_horizon,
        cast(
            case
                when cells.cut_role <> 'score'
                    then coalesce(outcomes.amount_in_horizon, 0)
            end as decimal(18, 2)
        ) as amount_in_horizon,
        cast(outcomes.days_to_next_purchase as integer) as days_to_next_purchase

    from cells
    left join outcomes
        on
            cells.cut_date = outcomes.cut_date
            and cells.customer_id = outcomes.customer_id

)

select * from final
