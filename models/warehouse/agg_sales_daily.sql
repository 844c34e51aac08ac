/*
Sales by day, for charts and anomaly tests; days without sales are kept with zeros. One row per day from the first sale to the as-of date.

@grain date_id
@column date_id - the day as YYYYMMDD
@column full_date - the day
@column total_sales - revenue, net of returns
@column gross_sales - amount of the orders, before returns
@column returned_amount - amount of the returns, 0 or less
@column total_orders - orders
@column total_returns - returns
@column unique_customers - customers with an order that day
@column new_customers - customers whose first order it was
@check not_null(date_id, total_sales, total_orders)
@check unique(date_id)
@check relationship(date_id, dim_date.date_id)
@check expression(net_is_gross_and_returns, total_sales = gross_sales + returned_amount)
*/
with

sales as (

    select * from {{ ref('fact_sales') }}

),

orders as (

    select * from {{ ref('dim_order') }}

),

calendar as (

    select * from {{ ref('dim_date') }}

),

sales_by_day as (

    select
        date_id,

        sum(sales_amount) as total_sales,
        sum(sales_amount) filter (where not is_return) as gross_sales,
        sum(sales_amount) filter (where is_return) as returned_amount,
        count(*) filter (where not is_return) as total_orders,
        count(*) filter (where is_return) as total_returns,
        count(distinct customer_key) filter (where not is_return)
            as unique_customers

    from sales
    group by date_id

),

first_orders_by_day as (

    select
        date_id,

        count(*) as new_customers

    from orders
    where is_first_order
    group by date_id

),

bounds as (

    select min(date_id) as first_date_id
    from sales

),

final as (

    select
        calendar.date_id,
        calendar.full_date,
        cast(coalesce(sales_by_day.total_sales, 0) as decimal(18, 2))
            as total_sales,
        cast(coalesce(sales_by_day.gross_sales, 0) as decimal(18, 2))
            as gross_sales,
        cast(coalesce(sales_by_day.returned_amount, 0) as decimal(18, 2))
            as returned_amount,
        cast(coalesce(sales_by_day.total_orders, 0) as integer) as total_orders,
        cast(coalesce(sales_by_day.total_returns, 0) as integer)
            as total_returns,
        cast(coalesce(sales_by_day.unique_customers, 0) as integer)
            as unique_customers,
        cast(coalesce(first_orders_by_day.new_customers, 0) as integer)
            as new_customers

    from calendar
    inner join bounds
        on calendar.date_id >= bounds.first_date_id
    left join sales_by_day
        on calendar.date_id = sales_by_day.date_id
    left join first_orders_by_day
        on calendar.date_id = first_orders_by_day.date_id
    where calendar.full_date <= cast({{ var('asOf') }} as date)

)

select * from final
