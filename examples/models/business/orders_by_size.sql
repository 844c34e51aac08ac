/*
Orders by size: how many are small, medium and large, and what they bring. One row per size.

@grain order_size
@column order_size - small (under 25), medium (25 to 100) or large (over 100), in the shop's currency
@column orders - orders of that size, returns not counted
@column revenue - revenue of these orders
@column avg_order_value - revenue per order
@check not_null(order_size, orders, revenue)
@check unique(order_size)
@check accepted_values(order_size, 'small', 'medium', 'large')
*/
with

orders as (

    select * from {{ ref('dim_order') }}

),

sized_orders as (

    select
        order_amount,
        case
            when order_amount < 25 then 'small'
            when order_amount <= 100 then 'medium'
            else 'large'
        end as order_size

    from orders
    where not is_return

),

final as (

    select
        order_size,
        count(*) as orders,
        cast(sum(order_amount) as decimal(18, 2)) as revenue,
        {{ money_divide('sum(order_amount)', 'count(*)') }} as avg_order_value

    from sized_orders
    group by order_size

)

select * from final
