/*
The money: every order once, its lines summed, and every return as a row of its own on the day of the return. One row per order, day and kind.

@grain order_key, date_id, is_return
@column customer_key - key of the customer in dim_customer
@column order_key - key of the order in dim_order
@column date_id - day of the order or return as YYYYMMDD
@column is_return - whether the row is a return
@column sales_amount - amount, negative for a return; its sum is the revenue
@column transaction_count - 1, so that transactions can be counted by summing
@column line_count - input records in the row, a refund on the order's own record counted once more
@check not_null(customer_key, order_key, date_id, sales_amount, is_return)
@check unique(order_key, date_id, is_return)
@check relationship(order_key, dim_order.order_key)
@check relationship(customer_key, dim_customer.customer_key)
@check relationship(date_id, dim_date.date_id)
@check expression(returns_are_negative, is_return = (sales_amount < 0))
*/
with

records as (

    select * from {{ ref('stg_sales_clean') }}

),

refunds as (

    select * from {{ ref('stg_refunds') }}

),

movements as (

    select
        order_id,
        customer_id,
        order_date,
        sales_amount,
        is_return

    from records

    union all

    select
        order_id,
        customer_id,
        order_date,
        sales_amount,
        is_return

    from refunds

),

sales as (

    select * from movements
    where order_date <= cast({{ var('asOf') }} as date)

),

orders as (

    select * from {{ ref('dim_order') }}

),

calendar as (

    select * from {{ ref('dim_date') }}

),

dated as (

    select
        orders.order_key,
        orders.customer_key,
        sales.is_return,
        sales.sales_amount,
        case
            when sales.is_return then sales.order_date
            else orders.order_date
        end as booked_date

    from sales
    inner join orders
        on sales.order_id = orders.order_id

),

summed as (

    select
        order_key,
        customer_key,
        booked_date,
        is_return,

        sum(sales_amount) as sales_amount,
        count(*) as line_count

    from dated
    group by order_key, customer_key, booked_date, is_return

),

final as (

    select
        summed.customer_key,
        summed.order_key,
        calendar.date_id,
        summed.is_return,
        cast(summed.sales_amount as decimal(18, 2)) as sales_amount,
        1 as transaction_count,
        cast(summed.line_count as integer) as line_count

    from summed
    inner join calendar
        on summed.booked_date = calendar.full_date

)

select * from final
