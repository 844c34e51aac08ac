/*
The days on which each customer bought: several orders of one day are one purchase. One row per customer and day with an order.

What stands in a row is known on that day, except for the columns of the next purchase: so that the state of a customer on any
date is the last row up to it.

@grain customer_id, purchase_date
@column customer_id - customer as text
@column purchase_date - the day
@column purchase_number - 1 for the customer's first purchase day
@column order_count - orders of that day
@column purchase_amount - sum of their amounts, before returns
@column first_purchase_date - the customer's first purchase day
@column first_amount - amount of the customer's first purchase day
@column days_since_first_purchase - days since then
@column days_since_previous_purchase - days since the purchase day before; null for the first
@column amount_to_date - sum of the purchase amounts up to and with that day
@column paid_purchases_to_date - purchase days up to and with that day whose amount is above 0
@column next_purchase_date - the customer's next purchase day; null for the last
@column days_to_next_purchase - days until then; null for the last
@check not_null(customer_id, purchase_date, purchase_number, order_count, purchase_amount, first_purchase_date, first_amount, days_since_first_purchase, amount_to_date, paid_purchases_to_date)
@check unique(customer_id, purchase_date)
@check relationship(customer_id, dim_customer.customer_id)
@check range(days_since_previous_purchase, 1, null)
@check range(days_to_next_purchase, 1, null)
@check range(paid_purchases_to_date, 0, null)
@check expression(first_is_number_one, (purchase_number = 1) = (purchase_date = first_purchase_date))
*/
with

orders as (

    select * from {{ ref('dim_order') }}

),

orders_by_day as (

    select
        customer_id,
        order_date as purchase_date,

        count(*) as order_count,
        sum(order_amount) as purchase_amount

    from orders
    where not is_return
    group by customer_id, order_date

),

numbered as (

    select
        customer_id,
        purchase_date,
        order_count,
        purchase_amount,
        row_number() over (partition by customer_id order by purchase_date)
            as purchase_number,
        first_value(purchase_date)
            over (partition by customer_id order by purchase_date)
            as first_purchase_date,
        first_value(purchase_amount)
            over (partition by customer_id order by purchase_date)
            as first_amount,
        lag(purchase_date) over (partition by customer_id order by purchase_date)
            as previous_purchase_date,
        lead(purchase_date) over (partition by customer_id order by purchase_date)
            as next_purchase_date,
        sum(purchase_amount) over (
            partition by customer_id
            order by purchase_date
            rows between unbounded preceding and current row
        ) as amount_to_date,
        sum(case when purchase_amount > 0 then 1 else 0 end) over (
            partition by customer_id
            order by purchase_date
            rows between unbounded preceding and current row
        ) as paid_purchases_to_date

    from orders_by_day

),

final as (

    select
        customer_id,
        purchase_date,
        cast(purchase_number as integer) as purchase_number,
        cast(order_count as integer) as order_count,
        cast(purchase_amount as decimal(18, 2)) as purchase_amount,
        first_purchase_date,
        cast(first_amount as decimal(18, 2)) as first_amount,
        {{ days_between('first_purchase_date', 'purchase_date') }}
            as days_since_first_purchase,
        {{ days_between('previous_purchase_date', 'purchase_date') }}
            as days_since_previous_purchase,
        cast(amount_to_date as decimal(18, 2)) as amount_to_date,
        cast(paid_purchases_to_date as integer) as paid_purchases_to_date,
        next_purchase_date,
        {{ days_between('purchase_date', 'next_purchase_date') }}
            as days_to_next_purchase

    from numbered

)

select * from final
