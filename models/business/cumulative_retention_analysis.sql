/*
How many customers of a cohort came back within 3, 12, 18 ... months (config retentionWindowsMonths): with an order in any of the calendar months 1 to n after the month of the first. One row per cohort month and window.

@grain cohort_month, retention_window_months
@column cohort_month - month of the first order, YYYY-MM
@column retention_window_months - length of the window in calendar months
@column cohort_size - customers of the cohort
@column retained_customers - those with an order in the window, as far as it has passed
@column retention_rate_percent - the same in percent of the cohort
@column revenue_in_window - revenue of the cohort from its first month to the end of the window, net of returns
@column revenue_per_customer - the same per customer of the cohort
@column is_immature - the window is not over, so the figures can still grow
@column is_left_truncated - the data begins in the middle of the shop's life and holds old customers as if they were new in this month; leave it out of comparisons
@check not_null(cohort_month, retention_window_months, cohort_size)
@check unique(cohort_month, retention_window_months)
@check range(retention_rate_percent, 0, 100)
*/
with

orders as (

    select * from {{ ref('dim_order') }}
    where not is_return

),

observation as (

    select * from {{ ref('observation_window') }}

),

customers as (

    select * from {{ ref('dim_customer') }}
    where first_order_date is not null

),

cohort_cells as (

    select * from {{ ref('cohort_analysis') }}

),

settings as (

    select cast({{ var('asOf') }} as date) as as_of_date

),

numbers as (

    select
        {{ days_between('date ''2000-01-01''', 'counting.counting_day') }}
            as retention_window_months
    from
        {{ date_series('date ''2000-01-01''', 'date ''2001-12-31''', 'counting_day') }}
            as counting

),

windows as (

    select retention_window_months
    from numbers
    where retention_window_months in {{ var('retentionWindowsMonths') }}

),

cohorts as (

    select
        first_order_cohort_month as cohort_month,
        {{ month_start('min(first_order_date)') }} as cohort_start,
        count(*) as cohort_size

    from customers
    group by first_order_cohort_month

),

-- The first month after the acquisition in which the customer ordered again.
returns_to_shop as (

    select
        customers.customer_id,
        customers.first_order_cohort_month as cohort_month,
        min({{ months_between('customers.first_order_date', 'orders.order_date') }})
            as first_month_back

    from orders
    inner join customers
        on orders.customer_id = customers.customer_id
    where
        {{ months_between('customers.first_order_date', 'orders.order_date') }}
        >= 1
    group by customers.customer_id, customers.first_order_cohort_month

),

retained as (

    select
        returns_to_shop.cohort_month,
        windows.retention_window_months,
        count(*) as retained_customers

    from returns_to_shop
    inner join windows
        on returns_to_shop.first_month_back <= windows.retention_window_months
    group by returns_to_shop.cohort_month, windows.retention_window_months

),

revenue as (

    select
        cohort_cells.cohort_month,
        windows.retention_window_months,
        sum(cohort_cells.total_sales) as revenue_in_window

    from cohort_cells
    inner join windows
        on
            cohort_cells.months_since_acquisition
            <= windows.retention_window_months
    group by cohort_cells.cohort_month, windows.retention_window_months

),

joined as (

    select
        cohorts.cohort_month,
        windows.retention_window_months,
        cohorts.cohort_size,
        coalesce(retained.retained_customers, 0) as retained_customers,
        coalesce(revenue.revenue_in_window, 0) as revenue_in_window,
        {{ add_months('cohorts.cohort_start', 'windows.retention_window_months + 1') }}
            as window_over_on,
        settings.as_of_date

    from cohorts
    cross join windows
    cross join settings
    left join retained
        on
            cohorts.cohort_month = retained.cohort_month
            and windows.retention_window_months
            = retained.retention_window_months
    left join revenue
        on
            cohorts.cohort_month = revenue.cohort_month
            and windows.retention_window_months
            = revenue.retention_window_months

),

final as (

    select
        joined.cohort_month,
        joined.retention_window_months,
        cast(cohort_size as integer) as cohort_size,
        cast(retained_customers as integer) as retained_customers,
        {{ money_divide('100 * retained_customers', 'cohort_size') }}
            as retention_rate_percent,
        cast(revenue_in_window as decimal(18, 2)) as revenue_in_window,
        {{ money_divide('revenue_in_window', 'cohort_size') }}
            as revenue_per_customer,
        {{ days_between('joined.window_over_on', 'joined.as_of_date') }} < -1 as is_immature,
        coalesce(
            joined.cohort_month
            <= {{ format_month('observation.left_truncated_until') }},
            false
        ) as is_left_truncated

    from joined
    cross join observation

)

select * from final
