/*
What is predicted of each customer from the as-of date on, with intervals, and how far it can be trusted. One row per customer.

A score whose grade is WITHHELD is null: on this shop's own past it was not shown to be better than knowing nothing, or there is too
little data. Orders are purchase days: several orders of one day are one.

@grain customer_id
@column customer_id - customer as text
@column frequency - purchase days after the first; null without orders or without predictions
@column recency_days - days from the first purchase day to the last; null likewise
@column age_days - days from the first purchase day to the as-of date; null likewise
@column p_alive - probability that the customer has not left for good; null where withheld
@column p_never_returns - probability of no order ever again; null where withheld
@column expected_orders_30 - expected purchase days in the next 30 days; null where withheld
@column orders_low_30 - lower end of their 80 % interval; null where withheld
@column orders_high_30 - upper end of it; null where withheld
@column p_no_order_30 - probability of no order in the next 30 days; null where withheld
@column expected_orders_60 - expected purchase days in the next 60 days; null where withheld
@column orders_low_60 - lower end of their 80 % interval; null where withheld
@column orders_high_60 - upper end of it; null where withheld
@column p_no_order_60 - probability of no order in the next 60 days; null where withheld
@column expected_orders_90 - expected purchase days in the next 90 days; null where withheld
@column orders_low_90 - lower end of their 80 % interval; null where withheld
@column orders_high_90 - upper end of it; null where withheld
@column p_no_order_90 - probability of no order in the next 90 days; null where withheld
@column expected_orders_180 - expected purchase days in the next 180 days; null where withheld
@column orders_low_180 - lower end of their 80 % interval; null where withheld
@column orders_high_180 - upper end of it; null where withheld
@column p_no_order_180 - probability of no order in the next 180 days; null where withheld
@column expected_orders_365 - expected purchase days in the next 365 days; null where withheld
@column orders_low_365 - lower end of their 80 % interval; null where withheld
@column orders_high_365 - upper end of it; null where withheld
@column p_no_order_365 - probability of no order in the next 365 days; null where withheld
@column expected_spend - expected amount of a purchase, before returns; null where withheld
@column historic_value - value so far: revenue net of returns, or margin where grossMargin is set
@column predicted_value - value of the next 365 days, discounted by annualDiscountRate, net of the shop's share of returns; null where withheld
@column predicted_value_low - lower end of its 80 % interval; null where withheld
@column predicted_value_high - upper end of it; null where withheld
@column lifetime_value - historic_value and predicted_value together; null where withheld
@column residual_value - discounted value of all orders to come; null where withheld and without a discount
@column next_order_date - as likely as not there is an order by this day; null where withheld or where next_order_reason says why
@column next_order_from - first day of the 80 % window of the next order, should there be one; null likewise
@column next_order_until - last day of that window; null likewise, and where it is more than 100 years away
@column next_order_reason - why there is no date; null where there is one
@column churn_horizon_days - days without an order that count as churn; null without predictions
@column churn_risk_score - 0 to 100: 100 times the probability of no order within the churn horizon; null where withheld
@column churn_risk_percentile - share of the customers, in percent, whose risk is lower; null where withheld
@column churn_main_driver - the driver that adds most to the risk, or none where none adds 0.05 or more; null where withheld
@column driver_purchase_model - ln(odds) of churn from frequency, recency and age; null where withheld
@column driver_repeat_customer - ln(odds) of churn from having bought on more than one day, or not; null where withheld
@column driver_recency - ln(odds) of churn from the silence so far; null where withheld
@column driver_rhythm - ln(odds) of churn from the silence against the customer's own rhythm; null where withheld
@column driver_decline - ln(odds) of churn from gaps that grow or shrink; null where withheld
@column driver_value_trend - ln(odds) of churn from amounts that grow or shrink; null where withheld
@column driver_cohort - ln(odds) of churn from how the customers of the same first month have come back; null where withheld
@column expected_orders_grade - A to D or WITHHELD
@column predicted_value_grade - A to D or WITHHELD
@column next_order_grade - A to D or WITHHELD
@column churn_risk_grade - A to D or WITHHELD
@column withheld_reason - why scores are null for this customer, in words; null where none is
@check not_null(customer_id, historic_value, expected_orders_grade, predicted_value_grade, next_order_grade, churn_risk_grade)
@check unique(customer_id)
@check relationship(customer_id, dim_customer.customer_id)
@check range(p_alive, 0, 1)
@check range(p_never_returns, 0, 1)
@check range(churn_risk_score, 0, 100)
@check range(churn_risk_percentile, 0, 100)
@check range(p_no_order_30, 0, 1)
@check range(p_no_order_60, 0, 1)
@check range(p_no_order_90, 0, 1)
@check range(p_no_order_180, 0, 1)
@check range(p_no_order_365, 0, 1)
@check expression(longer_silence_is_less_likely, p_no_order_30 is null or (p_no_order_30 >= p_no_order_60 and p_no_order_60 >= p_no_order_90 and p_no_order_90 >= p_no_order_180 and p_no_order_180 >= p_no_order_365))
@check expression(interval_holds_together, predicted_value_low is null or predicted_value_low <= predicted_value_high)
@check expression(lifetime_is_the_sum, predicted_value is null or lifetime_value = historic_value + predicted_value)
@check expression(withheld_is_null, (churn_risk_grade <> 'WITHHELD' or churn_risk_score is null) and (predicted_value_grade <> 'WITHHELD' or predicted_value is null) and (expected_orders_grade <> 'WITHHELD' or p_alive is null) and (next_order_grade <> 'WITHHELD' or next_order_date is null))
@check expression(null_has_a_reason, (churn_risk_score is not null and predicted_value is not null and p_alive is not null) or withheld_reason is not null)
*/
with

customers as (

    select * from {{ ref('dim_customer') }}

),

orders as (

    select * from {{ ref('dim_order') }}

),

cells as (

    select * from {{ ref('prediction_cells') }}

),

scores as not materialized (

    select * from {{ ref('customer_scores') }}
    where cut_role = 'score'

),

grades as (

    select * from {{ ref('prediction_grades') }}

),

observation as (

    select * from {{ ref('observation_window') }}

),

settings as (

    select
        cast({{ var('asOf') }} as date) as as_of_date,
        cast(coalesce({{ var('grossMargin') }}, 1) as decimal(5, 4))
            as gross_margin

),

returns as (

    select
        {{ divide('greatest(0, sum(order_amount + returned_amount))', 'sum(order_amount)') }}
            as share_kept

    from orders

),

graded as (

    select
        max(grade) filter (where score = 'expected_orders')
            as expected_orders_grade,
        max(grade) filter (where score = 'predicted_value')
            as predicted_value_grade,
        max(grade) filter (where score = 'next_order') as next_order_grade,
        max(grade) filter (where score = 'churn_risk') as churn_risk_grade,
        {{ string_agg('replace(score, ''_'', '' '') || '' withheld: '' || reason', '; ', 'score') }}
        filter (where grade = 'WITHHELD') as withheld_reason

    from grades

),

risks as (

    select
        churn_probability,

        count(*) as customers

    from scores
    where churn_probability is not null
    group by churn_probability

),

summed_risks as (

    select
        churn_probability,
        sum(customers) over (
            order by churn_probability
            rows between unbounded preceding and current row
        ) - customers as customers_below,
        sum(customers) over () - 1 as other_customers

    from risks

),

ranks as (

    select
        churn_probability,
        coalesce({{ divide('customers_below', 'other_customers') }}, 0)
            as churn_rank

    from summed_risks

),

gated as (

    select
        customers.customer_id,
        customers.total_orders,
        cast(
            round(
                cast(customers.total_spent as decimal(24, 2))
                * settings.gross_margin,
                2
            )
            as decimal(18, 2)
        ) as historic_value,
        settings.as_of_date,
        observation.churn_horizon_days,
        graded.expected_orders_grade,
        graded.predicted_value_grade,
        graded.next_order_grade,
        graded.churn_risk_grade,
        graded.withheld_reason,
        graded.expected_orders_grade <> 'WITHHELD' as has_orders,
        graded.predicted_value_grade <> 'WITHHELD' as has_value,
        graded.next_order_grade <> 'WITHHELD' as has_date,
        graded.churn_risk_grade <> 'WITHHELD' as has_risk,
        coalesce(returns.share_kept, 1) * settings.gross_margin as value_share,
        scores.frequency,
        scores.recency_days,
        scores.age_days,
        scores.expected_spend,
        scores.spend_scale,
        scores.p_alive,
        cells.p_never_returns,
        cells.expected_orders_30,
        cells.orders_low_30,
        cells.orders_high_30,
        cells.p_no_order_30,
        cells.expected_orders_60,
        cells.orders_low_60,
        cells.orders_high_60,
        cells.p_no_order_60,
        cells.expected_orders_90,
        cells.orders_low_90,
        cells.orders_high_90,
        cells.p_no_order_90,
        cells.expected_orders_180,
        cells.orders_low_180,
        cells.orders_high_180,
        cells.p_no_order_180,
        cells.expected_orders_365,
        cells.orders_low_365,
        cells.orders_high_365,
        cells.p_no_order_365,
        cells.discounted_orders_365,
        cells.discounted_orders_for_good,
        cells.value_low_factor,
        cells.value_high_factor,
        {{ divide('cells.discounted_orders_365', 'cells.expected_orders_365') }}
            as discount_share,
        cells.next_order_median_days,
        cells.next_order_low_days,
        cells.next_order_high_days,
        cells.next_order_reason,
        scores.churn_probability,
        ranks.churn_rank,
        scores.driver_purchase_model,
        scores.driver_repeat_customer,
        scores.driver_recency,
        scores.driver_rhythm,
        scores.driver_decline,
        scores.driver_value_trend,
        scores.driver_cohort,
        greatest(
            scores.driver_purchase_model,
            scores.driver_repeat_customer,
            scores.driver_recency,
            scores.driver_rhythm,
            scores.driver_decline,
            scores.driver_value_trend,
            scores.driver_cohort
        ) as largest_driver

    from customers
    left join scores
        on customers.customer_id = scores.customer_id
    left join ranks
        on scores.churn_probability = ranks.churn_probability
    left join cells
        on
            scores.frequency = cells.frequency
            and scores.cell_recency_days = cells.recency_days
            and scores.cell_age_days = cells.age_days
            and scores.spend_purchases = cells.spend_purchases
    cross join graded
    cross join observation
    cross join settings
    cross join returns

),

valued as (

    select
        *,
        {{ money('case when has_value then discounted_orders_365 * expected_spend * value_share end') }}
            as predicted_value

    from gated

),

final as (

    select
        customer_id,
        frequency,
        recency_days,
        age_days,
        case when has_orders then p_alive end as p_alive,
        case when has_orders then p_never_returns end as p_never_returns,
        case when has_orders then expected_orders_30 end as expected_orders_30,
        case when has_orders then orders_low_30 end as orders_low_30,
        case when has_orders then orders_high_30 end as orders_high_30,
        case when has_orders then p_no_order_30 end as p_no_order_30,
        case when has_orders then expected_orders_60 end as expected_orders_60,
        case when has_orders then orders_low_60 end as orders_low_60,
        case when has_orders then orders_high_60 end as orders_high_60,
        case when has_orders then p_no_order_60 end as p_no_order_60,
        case when has_orders then expected_orders_90 end as expected_orders_90,
        case when has_orders then orders_low_90 end as orders_low_90,
        case when has_orders then orders_high_90 end as orders_high_90,
        case when has_orders then p_no_order_90 end as p_no_order_90,
        case when has_orders then expected_orders_180 end as expected_orders_180,
        case when has_orders then orders_low_180 end as orders_low_180,
        case when has_orders then orders_high_180 end as orders_high_180,
        case when has_orders then p_no_order_180 end as p_no_order_180,
        case when has_orders then expected_orders_365 end as expected_orders_365,
        case when has_orders then orders_low_365 end as orders_low_365,
        case when has_orders then orders_high_365 end as orders_high_365,
        case when has_orders then p_no_order_365 end as p_no_order_365,
        {{ money('case when has_value then expected_spend end') }}
            as expected_spend,
        historic_value,
        predicted_value,
        {{ money('case when has_value then value_low_factor * spend_scale * discount_share * value_share end') }}
            as predicted_value_low,
        {{ money('case when has_value then value_high_factor * spend_scale * discount_share * value_share end') }}
            as predicted_value_high,
        cast(historic_value + predicted_value as decimal(18, 2))
            as lifetime_value,
        {{ money('case when has_value then discounted_orders_for_good * expected_spend * value_share end') }}
            as residual_value,
        case
            when has_date
                then {{ add_days('as_of_date', 'next_order_median_days') }}
        end as next_order_date,
        case
            when has_date
                then {{ add_days('as_of_date', 'next_order_low_days') }}
        end as next_order_from,
        case
            when has_date
                then {{ add_days('as_of_date', 'next_order_high_days') }}
        end as next_order_until,
        case
            when total_orders = 0 then 'the customer has no order'
            when not has_date then 'the date is withheld'
            else next_order_reason
        end as next_order_reason,
        case when frequency is not null then churn_horizon_days end
            as churn_horizon_days,
        cast(
            case
                when has_risk
                    then round(cast(100 * churn_probability as decimal(12, 6)), 2)
            end as decimal(5, 2)
        ) as churn_risk_score,
        cast(
            case
                when has_risk and churn_probability is not null
                    then round(cast(100 * churn_rank as decimal(12, 6)), 2)
            end as decimal(5, 2)
        ) as churn_risk_percentile,
        case
            when not has_risk or churn_probability is null then null
            when largest_driver < 0.05 then 'none'
            when driver_purchase_model = largest_driver then 'purchase_model'
            when driver_repeat_customer = largest_driver then 'repeat_customer'
            when driver_recency = largest_driver then 'recency'
            when driver_rhythm = largest_driver then 'rhythm'
            when driver_decline = largest_driver then 'decline'
            when driver_value_trend = largest_driver then 'value_trend'
            when driver_cohort = largest_driver then 'cohort'
        end as churn_main_driver,
        cast(case when has_risk then driver_purchase_model end as decimal(12, 4))
            as driver_purchase_model,
        cast(case when has_risk then driver_repeat_customer end as decimal(12, 4))
            as driver_repeat_customer,
        cast(case when has_risk then driver_recency end as decimal(12, 4))
            as driver_recency,
        cast(case when has_risk then driver_rhythm end as decimal(12, 4))
            as driver_rhythm,
        cast(case when has_risk then driver_decline end as decimal(12, 4))
            as driver_decline,
        cast(case when has_risk then driver_value_trend end as decimal(12, 4))
            as driver_value_trend,
        cast(case when has_risk then driver_cohort end as decimal(12, 4))
            as driver_cohort,
        expected_orders_grade,
        predicted_value_grade,
        next_order_grade,
        churn_risk_grade,
        case
            when total_orders = 0 then 'the customer has no order'
            else withheld_reason
        end as withheld_reason

    from valued

)

select * from final
