/*
What became of the customers who first ordered in the same month. One row per cohort month and activity month up to the as-of date, months without orders kept.

@grain cohort_month, activity_month
@column cohort_month - month of the first order, YYYY-MM
@column activity_month - month looked at, YYYY-MM
@column months_since_acquisition - calendar months from the first to the second
@column cohort_size - customers of the cohort
@column active_customers - those with an order in the activity month
@column retention_rate_percent - active customers in percent of the cohort
@column customers_on_or_after - those with an order in the activity month or later
@column retention_on_or_after_percent - the same in percent of the cohort
@column total_orders - orders of the cohort in the activity month
@column total_sales - revenue of the cohort in the activity month, net of returns
@column avg_order_value - revenue per order; null without orders
@column revenue_per_customer - revenue per customer of the cohort, ordering or not
@column cumulative_sales - revenue of the cohort up to the activity month
@column cumulative_revenue_per_customer - the same per customer of the cohort
@column is_immature - the activity month is not over, so the cell can still grow; leave it out of averages
@column is_left_truncated - the data begins in the middle of the shop's life and holds old customers as if they were new in this month; leave it out of comparisons
@check not_null(cohort_month, activity_month, cohort_size, active_customers)
@check unique(cohort_month, activity_month)
@check range(retention_rate_percent, 0, 100)
@check range(months_since_acquisition, 0, null)
@check expression(all_are_active_in_their_first_month, months_since_acquisition > 0 or active_customers = cohort_size)
@check expression(active_is_part_of_on_or_after, active_customers <= customers_on_or_after)
*/
with

sales as (

    select * from {{ ref('fact_sales') }}

),

observation as (

    select * from {{ ref('observation_window') }}

),

customers as (

    select * from {{ ref('dim_customer') }}
    where first_order_date is not null

),

calendar as (

    select * from {{ ref('dim_date') }}

),

settings as (

    select cast({{ var('asOf') }} as date) as as_of_date

),

months as (

    select
        calendar.month_year as month,
        min(calendar.full_date) as first_day,
        max(calendar.full_date) as last_day

    from calendar
    group by calendar.month_year

),

cohorts as (

    select
        first_order_cohort_month as cohort_month,
        {{ month_start('min(first_order_date)') }} as cohort_start,
        count(*) as cohort_size

    from customers
    group by first_order_cohort_month

),

cells as (

    select
        cohorts.cohort_month,
        cohorts.cohort_size,
        months.month as activity_month,
        months.last_day > settings.as_of_date as is_immature,
        {{ months_between('cohorts.cohort_start', 'months.first_day') }}
            as months_since_acquisition

    from cohorts
    inner join months
        on cohorts.cohort_start <= months.first_day
    cross join settings
    where months.first_day <= settings.as_of_date

),

activity as (

    select
        customers.first_order_cohort_month as cohort_month,
        -- A return can be booked before the first order that the file knows.
        greatest(calendar.month_year, customers.first_order_cohort_month)
            as activity_month,

        sum(sales.sales_amount) as total_sales,
        count(*) filter (where not sales.is_return) as total_orders,
        count(distinct sales.customer_key) filter (where not sales.is_return)
            as active_customers

    from sales
    inner join customers
        on sales.customer_key = customers.customer_key
    inner join calendar
        on sales.date_id = calendar.date_id
    group by
        customers.first_order_cohort_month,
        greatest(calendar.month_year, customers.first_order_cohort_month)

),

last_months as (

    select
        first_order_cohort_month as cohort_month,
        {{ format_month('last_order_date') }} as last_month,
        count(*) as customers

    from customers
    group by first_order_cohort_month, {{ format_month('last_order_date') }}

),

on_or_after as (

    select
        cells.cohort_month,
        cells.activity_month,
        sum(last_months.customers) as customers_on_or_after

    from cells
    inner join last_months
        on
            cells.cohort_month = last_months.cohort_month
            and cells.activity_month <= last_months.last_month
    group by cells.cohort_month, cells.activity_month

),

filled as (

    select
        cells.cohort_month,
        cells.activity_month,
        cells.months_since_acquisition,
        cells.cohort_size,
        cells.is_immature,
        coalesce(activity.active_customers, 0) as active_customers,
        coalesce(on_or_after.customers_on_or_after, 0) as customers_on_or_after,
        coalesce(activity.total_orders, 0) as total_orders,
        coalesce(activity.total_sales, 0) as total_sales,
        sum(coalesce(activity.total_sales, 0)) over (
            partition by cells.cohort_month
            order by cells.activity_month
            rows between unbounded preceding and current row
        ) as cumulative_sales

    from cells
    left join activity
        on
            cells.cohort_month = activity.cohort_month
            and cells.activity_month = activity.activity_month
    left join on_or_after
        on
            cells.cohort_month = on_or_after.cohort_month
            and cells.activity_month = on_or_after.activity_month

),

final as (

    select
        filled.cohort_month,
        filled.activity_month,
        filled.months_since_acquisition,
        cast(cohort_size as integer) as cohort_size,
        cast(active_customers as integer) as active_customers,
        {{ money_divide('100 * active_customers', 'cohort_size') }}
            as retention_rate_percent,
        cast(customers_on_or_after as integer) as customers_on_or_after,
        {{ money_divide('100 * customers_on_or_after', 'cohort_size') }}
            as retention_on_or_after_percent,
        cast(total_orders as integer) as total_orders,
        cast(total_sales as decimal(18, 2)) as total_sales,
        {{ money_divide('total_sales', 'total_orders') }} as avg_order_value,
        {{ money_divide('total_sales', 'cohort_size') }}
            as revenue_per_customer,
        cast(cumulative_sales as decimal(18, 2)) as cumulative_sales,
        {{ money_divide('cumulative_sales', 'cohort_size') }}
            as cumulative_revenue_per_customer,
        is_immature,
        coalesce(
            filled.cohort_month
            <= {{ format_month('observation.left_truncated_until') }},
            false
        ) as is_left_truncated

    from filled
    cross join observation

)

select * from final
