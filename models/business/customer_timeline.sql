/*
What each customer had done by each day on which something changed: an order, or a return. One row per customer and such day.

A row holds from its day to the day before the next one, so that the state of a customer on any day is the one row around it.

@grain customer_id, valid_from
@column customer_id - customer as text
@column valid_from - the day of the orders or returns
@column valid_until - last day on which the row holds; null for the latest row
@column first_order_date - day of the first order up to then; null before it
@column last_order_date - day of the last order up to then; null before the first
@column orders_to_date - orders up to and with that day, returns not counted
@column purchase_days_to_date - days with an order up to and with that day
@column revenue_to_date - revenue up to and with that day, net of returns
@column value_to_date - value so far: that revenue, or margin where grossMargin is set
@check not_null(customer_id, valid_from, orders_to_date, purchase_days_to_date, revenue_to_date, value_to_date)
@check unique(customer_id, valid_from)
@check relationship(customer_id, dim_customer.customer_id)
@check expression(ends_after_it_begins, valid_until is null or valid_until >= valid_from)
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

settings as (

    select
        cast(coalesce({{ var('grossMargin') }}, 1) as decimal(5, 4))
            as gross_margin

),

movements as (

    select
        orders.customer_id,
        calendar.full_date as valid_from,

        count(*) filter (where not sales.is_return) as order_count,
        sum(sales.sales_amount) as revenue

    from sales
    inner join orders
        on sales.order_key = orders.order_key
    inner join calendar
        on sales.date_id = calendar.date_id
    group by orders.customer_id, calendar.full_date

),

summed as (

    select
        customer_id,
        valid_from,
        lead(valid_from) over (partition by customer_id order by valid_from)
            as next_from,
        min(case when order_count > 0 then valid_from end) over (
            partition by customer_id
            order by valid_from
            rows between unbounded preceding and current row
        ) as first_order_date,
        max(case when order_count > 0 then valid_from end) over (
            partition by customer_id
            order by valid_from
            rows between unbounded preceding and current row
        ) as last_order_date,
        sum(order_count) over (
            partition by customer_id
            order by valid_from
            rows between unbounded preceding and current row
        ) as orders_to_date,
        sum(case when order_count > 0 then 1 else 0 end) over (
            partition by customer_id
            order by valid_from
            rows between unbounded preceding and current row
        ) as purchase_days_to_date,
        sum(revenue) over (
            partition by customer_id
            order by valid_from
            rows between unbounded preceding and current row
        ) as revenue_to_date

    from movements

),

final as (

    select
        customer_id,
        valid_from,
        {{ add_days('next_from', '-1') }} as valid_until,
        first_order_date,
        last_order_date,
        cast(orders_to_date as integer) as orders_to_date,
        cast(purchase_days_to_date as integer) as purchase_days_to_date,
        cast(revenue_to_date as decimal(18, 2)) as revenue_to_date,
        cast(
            round(
                cast(revenue_to_date as decimal(24, 2)) * settings.gross_margin,
                2
            )
            as decimal(18, 2)
        ) as value_to_date

    from summed
    cross join settings

)

select * from final
