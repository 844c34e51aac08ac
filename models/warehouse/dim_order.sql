/*
The orders, and the returns that belong to no order of the file; lines of one order id are one order. One row per order id.

@grain order_id
@column order_key - integer key, the same in every run
@column order_id - order as text
@column customer_key - key of the customer in dim_customer
@column customer_id - customer as text
@column order_date - day of the order's first line; for a return without an order the day of the return
@column date_id - the same day as YYYYMMDD
@column order_amount - sum of the order's lines before returns; 0 for a return without an order
@column returned_amount - sum of the returns booked under this order id, 0 or less
@column line_count - input records of the order, returns included, a refund on the order's own record counted once more
@column order_year - calendar year
@column order_month - month of the year, 1 to 12
@column order_quarter - quarter of the year, 1 to 4
@column order_day_of_week - 1 for Sunday to 7 for Saturday
@column order_day_name - English name of the day
@column is_weekend_order - Saturday or Sunday
@column is_return - true for a return without an order; such a row is not an order
@column customer_order_sequence - 1 for the customer's first order, orders of one day by id, shorter ids first; null for returns
@column is_first_order - whether it is the customer's first order
@column days_since_customer_first_order - days since the customer's first order; null for returns
@column days_since_previous_order - days since the customer's previous order; null for the first and for returns
@column order_amount_quartile - 1 (small) to 4 (large) among all orders, equal amounts share a quartile; null for returns
@check not_null(order_key, order_id, customer_key, customer_id, order_date, date_id, order_amount)
@check unique(order_key)
@check unique(order_id)
@check unique(customer_id, customer_order_sequence)
@check relationship(date_id, dim_date.date_id)
@check relationship(customer_key, dim_customer.customer_key)
@check range(order_amount_quartile, 1, 4)
@check range(days_since_previous_order, 0, null)
@check range(returned_amount, null, 0)
@check expression(first_order_is_number_one, is_first_order = (coalesce(customer_order_sequence, 0) = 1))
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

calendar as (

    select * from {{ ref('dim_date') }}

),

documents as (

    select
        order_id,

        min(customer_id) as customer_id,
        min(order_date) filter (where not is_return) as first_sale_date,
        min(order_date) as first_date,
        coalesce(sum(sales_amount) filter (where not is_return), 0)
            as order_amount,
        coalesce(sum(sales_amount) filter (where is_return), 0)
            as returned_amount,
        count(*) as line_count

    from sales
    group by order_id

),

orders as (

    select
        order_id,
        customer_id,
        first_sale_date as order_date,
        order_amount,
        lag(first_sale_date) over (
            partition by customer_id
            order by first_sale_date, length(order_id), order_id
        ) as previous_order_date,
        first_value(first_sale_date) over (
            partition by customer_id
            order by first_sale_date, length(order_id), order_id
        ) as customer_first_order_date,
        row_number() over (
            partition by customer_id
            order by first_sale_date, length(order_id), order_id
        ) as customer_order_sequence,
        percent_rank() over (order by order_amount) as share_of_smaller_orders

    from documents
    where first_sale_date is not null

),

numbered as (

    select
        documents.order_id,
        documents.customer_id,
        coalesce(documents.first_sale_date, documents.first_date) as order_date,
        documents.order_amount,
        documents.returned_amount,
        documents.line_count,
        documents.first_sale_date is null as is_return,
        orders.customer_order_sequence,
        {{ days_between('orders.customer_first_order_date', 'orders.order_date') }}
            as days_since_customer_first_order,
        {{ days_between('orders.previous_order_date', 'orders.order_date') }}
            as days_since_previous_order,
        cast(
            least(4, 1 + floor(4 * orders.share_of_smaller_orders)) as integer
        ) as order_amount_quartile

    from documents
    left join orders
        on documents.order_id = orders.order_id

),

final as (

    select
        {{ hash_key('numbered.order_id') }} as order_key,
        numbered.order_id,
        {{ hash_key('numbered.customer_id') }} as customer_key,
        numbered.customer_id,
        numbered.order_date,
        calendar.date_id,
        cast(numbered.order_amount as decimal(18, 2)) as order_amount,
        cast(numbered.returned_amount as decimal(18, 2)) as returned_amount,
        cast(numbered.line_count as integer) as line_count,
        calendar.year as order_year,
        calendar.month as order_month,
        calendar.quarter as order_quarter,
        calendar.day_of_week as order_day_of_week,
        calendar.day_name as order_day_name,
        calendar.is_weekend as is_weekend_order,
        numbered.is_return,
        cast(numbered.customer_order_sequence as integer)
            as customer_order_sequence,
        coalesce(numbered.customer_order_sequence = 1, false) as is_first_order,
        numbered.days_since_customer_first_order,
        numbered.days_since_previous_order,
        case
            when not numbered.is_return then numbered.order_amount_quartile
        end as order_amount_quartile

    from numbered
    inner join calendar
        on numbered.order_date = calendar.full_date

)

select * from final
