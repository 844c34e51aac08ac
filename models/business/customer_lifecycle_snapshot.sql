/*
How the customer base is spread over the stages of a customer's life, at the as-of date and at the end of each month before it. One row per date and stage.

Stages, first match: New (first order less than newDays ago), Active (order within activeDays), Cooling (within
atRiskDays), At Risk (within lostDays), Lost.

@grain snapshot_date, lifecycle_stage
@column snapshot_date - day looked at: a month end, or the as-of date
@column lifecycle_stage - New, Active, Cooling, At Risk or Lost
@column customers - customers in the stage that day
@column share_of_base - percent of all customers who had ordered by then
@column avg_days_since_last_order - mean days since the last order
@column is_as_of - whether this is the latest snapshot
@check not_null(snapshot_date, lifecycle_stage, customers)
@check unique(snapshot_date, lifecycle_stage)
@check accepted_values(lifecycle_stage, 'New', 'Active', 'Cooling', 'At Risk', 'Lost')
@check range(share_of_base, 0, 100)
*/
with

orders as (

    select * from {{ ref('dim_order') }}
    where not is_return

),

customers as (

    select * from {{ ref('dim_customer') }}
    where first_order_date is not null

),

calendar as (

    select * from {{ ref('dim_date') }}

),

settings as (

    select
        cast({{ var('asOf') }} as date) as as_of_date,
        {{ var('newDays') }} as new_days,
        {{ var('activeDays') }} as active_days,
        {{ var('atRiskDays') }} as at_risk_days,
        {{ var('lostDays') }} as lost_days

),

snapshot_dates as (

    select calendar.full_date as snapshot_date
    from calendar
    cross join settings
    where
        calendar.full_date <= settings.as_of_date
        and (
            calendar.is_month_end
            or calendar.full_date = settings.as_of_date
        )

),

-- From one purchase day to the next nothing changes but the time that passes.
purchase_days as (

    select distinct
        customer_id,
        order_date
    from orders

),

silences as (

    select
        customer_id,
        order_date as silent_from,
        lead(order_date) over (
            partition by customer_id
            order by order_date
        ) as silent_until

    from purchase_days

),

-- Customers with the same dates are counted together before the dates are looked at.
alike as (

    select
        customers.first_order_date,
        silences.silent_from,
        silences.silent_until,
        count(*) as customers

    from silences
    inner join customers
        on silences.customer_id = customers.customer_id
    group by
        customers.first_order_date, silences.silent_from, silences.silent_until

),

states as (

    select
        snapshot_dates.snapshot_date,
        alike.customers,
        {{ days_between('alike.first_order_date', 'snapshot_dates.snapshot_date') }}
            as days_since_first_order,
        {{ days_between('alike.silent_from', 'snapshot_dates.snapshot_date') }}
            as days_since_last_order

    from alike
    inner join snapshot_dates
        on
            alike.silent_from <= snapshot_dates.snapshot_date
            and (
                alike.silent_until > snapshot_dates.snapshot_date
                or alike.silent_until is null
            )

),

staged as (

    select
        states.snapshot_date,
        states.customers,
        states.days_since_last_order,
        case
            when states.days_since_first_order < settings.new_days then 'New'
            when states.days_since_last_order <= settings.active_days
                then 'Active'
            when states.days_since_last_order <= settings.at_risk_days
                then 'Cooling'
            when states.days_since_last_order <= settings.lost_days
                then 'At Risk'
            else 'Lost'
        end as lifecycle_stage

    from states
    cross join settings

),

counted as (

    select
        snapshot_date,
        lifecycle_stage,

        sum(customers) as customers,
        sum(customers * days_since_last_order) as silent_days

    from staged
    group by snapshot_date, lifecycle_stage

),

base as (

    select
        snapshot_date,
        sum(customers) as customers

    from counted
    group by snapshot_date

),

final as (

    select
        counted.snapshot_date,
        counted.lifecycle_stage,
        cast(counted.customers as integer) as customers,
        {{ money_divide('100 * counted.customers', 'base.customers') }}
            as share_of_base,
        {{ money_divide('counted.silent_days', 'counted.customers') }}
            as avg_days_since_last_order,
        counted.snapshot_date = settings.as_of_date as is_as_of

    from counted
    inner join base
        on counted.snapshot_date = base.snapshot_date
    cross join settings

)

select * from final
