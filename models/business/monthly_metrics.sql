/*
Revenue, orders and customers by month, months without sales kept with zeros. One row per calendar month from the first sale to the as-of date.

@grain period_month
@column period_month - the month, YYYY-MM
@column is_complete - false for the as-of month while it is not over
@column total_sales - revenue, net of returns
@column gross_sales - amount of the orders, before returns
@column returned_amount - amount of the returns, 0 or less
@column avg_order_value - revenue per order; null without orders
@column total_transactions - orders and returns
@column total_orders - orders
@column unique_customers - customers with an order
@column purchase_frequency - orders per customer, two decimals; null without orders
@column revenue_per_customer - revenue per customer with an order; null without orders
@column new_customers - customers whose first order was in the month
@column returning_customers - customers with an order who first ordered in an earlier month
@column new_customer_revenue - revenue from customers who first ordered in the month
@column returning_customer_revenue - the rest of the revenue
@column sales_growth_percent - revenue against the month before, percent; null without one or when it was not above zero
@column sales_growth_year_percent - revenue against the same month of the year before, percent; null without one or when it was not above zero
@check not_null(period_month, total_sales, total_orders, unique_customers)
@check unique(period_month)
@check expression(new_and_returning_are_all_customers, new_customers + returning_customers = unique_customers)
@check expression(new_and_returning_revenue_is_all_revenue, new_customer_revenue + returning_customer_revenue = total_sales)
@check expression(net_is_gross_and_returns, total_sales = gross_sales + returned_amount)
*/
with

sales as (

    select * from {{ ref('fact_sales') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

calendar as (

    select * from {{ ref('dim_date') }}

),

settings as (

    select cast({{ var('asOf') }} as date) as as_of_date

),

sales_with_month as (

    select
        calendar.month_year as period_month,
        sales.customer_key,
        sales.is_return,
        sales.sales_amount,
        coalesce(
            customers.first_order_cohort_month = calendar.month_year, false
        ) as is_new_customer

    from sales
    inner join calendar
        on sales.date_id = calendar.date_id
    inner join customers
        on sales.customer_key = customers.customer_key

),

months as (

    select
        calendar.month_year as period_month,
        min(calendar.full_date) as first_day,
        max(calendar.full_date) as last_day

    from calendar
    group by calendar.month_year

),

first_month as (

    select min(period_month) as period_month
    from sales_with_month

),

sales_by_month as (

    select
        period_month,

        sum(sales_amount) as total_sales,
        sum(sales_amount) filter (where not is_return) as gross_sales,
        sum(sales_amount) filter (where is_return) as returned_amount,
        sum(sales_amount) filter (where is_new_customer)
            as new_customer_revenue,
        count(*) as total_transactions,
        count(*) filter (where not is_return) as total_orders,
        count(distinct customer_key) filter (where not is_return)
            as unique_customers,
        count(distinct customer_key) filter (
            where not is_return and is_new_customer
        ) as new_customers

    from sales_with_month
    group by period_month

),

filled as (

    select
        months.period_month,
        months.first_day,
        months.last_day <= settings.as_of_date as is_complete,
        coalesce(sales_by_month.total_sales, 0) as total_sales,
        coalesce(sales_by_month.gross_sales, 0) as gross_sales,
        coalesce(sales_by_month.returned_amount, 0) as returned_amount,
        coalesce(sales_by_month.new_customer_revenue, 0)
            as new_customer_revenue,
        coalesce(sales_by_month.total_transactions, 0) as total_transactions,
        coalesce(sales_by_month.total_orders, 0) as total_orders,
        coalesce(sales_by_month.unique_customers, 0) as unique_customers,
        coalesce(sales_by_month.new_customers, 0) as new_customers

    from months
    inner join first_month
        on months.period_month >= first_month.period_month
    cross join settings
    left join sales_by_month
        on months.period_month = sales_by_month.period_month
    where months.first_day <= settings.as_of_date

),

compared as (

    select
        *,
        lag(total_sales) over (order by period_month) as sales_month_before,
        lag(total_sales, 12) over (order by period_month) as sales_year_before

    from filled

),

final as (

    select
        period_month,
        is_complete,
        cast(total_sales as decimal(18, 2)) as total_sales,
        cast(gross_sales as decimal(18, 2)) as gross_sales,
        cast(returned_amount as decimal(18, 2)) as returned_amount,
        {{ money_divide('total_sales', 'total_orders') }} as avg_order_value,
        cast(total_transactions as integer) as total_transactions,
        cast(total_orders as integer) as total_orders,
        cast(unique_customers as integer) as unique_customers,
        {{ money_divide('total_orders', 'unique_customers') }}
            as purchase_frequency,
        {{ money_divide('total_sales', 'unique_customers') }}
            as revenue_per_customer,
        cast(new_customers as integer) as new_customers,
        cast(unique_customers - new_customers as integer)
            as returning_customers,
        cast(new_customer_revenue as decimal(18, 2)) as new_customer_revenue,
        cast(total_sales - new_customer_revenue as decimal(18, 2))
            as returning_customer_revenue,
        cast(
            case
                when sales_month_before > 0
                    then {{ money_divide('100 * (total_sales - sales_month_before)', 'sales_month_before') }}
            end as decimal(18, 2)
        ) as sales_growth_percent,
        cast(
            case
                when sales_year_before > 0
                    then {{ money_divide('100 * (total_sales - sales_year_before)', 'sales_year_before') }}
            end as decimal(18, 2)
        ) as sales_growth_year_percent

    from compared

)

select * from final
