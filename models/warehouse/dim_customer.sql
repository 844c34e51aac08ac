/*
The customers, with what they have done up to the as-of date. One row per customer.

@grain customer_id
@column customer_key - integer key, the same in every run
@column customer_id - customer as text, leading zeros kept
@column first_order_date - day of the first order; null for a customer who only appears with returns
@column last_order_date - day of the last order; null without orders
@column total_transactions - orders and returns
@column total_spent - revenue, net of returns
@column avg_order_value - revenue per order; null without orders
@column total_orders - orders, returns not counted
@column purchase_days - days with at least one order
@column first_order_cohort_month - month of the first order, YYYY-MM; null without orders
@column first_order_cohort_quarter - quarter of the first order, YYYY-Qn; null without orders
@column first_order_cohort_year - year of the first order; null without orders
@column days_since_first_order - days from the first order to the as-of date; null without orders
@column days_since_last_order - days from the last order to the as-of date; null without orders
@column customer_vintage_group - time since the first order in words
@column customer_segment - by number of orders: No Orders, One-Time, Repeat (2 to 4), Frequent (5 and more); the marketing segment is in business.customer_segments
@column customer_status - Active within activeDays, Inactive up to lostDays, Lost after that or without orders
@check not_null(customer_key, customer_id, total_transactions, total_spent, total_orders)
@check unique(customer_key)
@check unique(customer_id)
@check range(days_since_last_order, 0, null)
@check accepted_values(customer_segment, 'No Orders', 'One-Time', 'Repeat', 'Frequent')
@check accepted_values(customer_status, 'Active', 'Inactive', 'Lost')
@check expression(first_order_not_after_last, first_order_date <= last_order_date or total_orders = 0)
*/
with

sales as (

    select * from {{ ref('fact_sales') }}

),

orders as (

    select * from {{ ref('dim_order') }}

),

settings as (

    select
        cast({{ var('asOf') }} as date) as as_of_date,
        {{ var('activeDays') }} as active_days,
        {{ var('lostDays') }} as lost_days

),

revenue_by_customer as (

    select
        customer_key,

        sum(sales_amount) as total_spent,
        sum(transaction_count) as total_transactions

    from sales
    group by customer_key

),

orders_by_customer as (

    select
        customer_key,
        customer_id,

        min(order_date) filter (where not is_return) as first_order_date,
        max(order_date) filter (where not is_return) as last_order_date,
        count(*) filter (where not is_return) as total_orders,
        count(*) filter (
            where
            not is_return
            and (days_since_previous_order is null or days_since_previous_order > 0)
        ) as purchase_days

    from orders
    group by customer_key, customer_id

),

joined as (

    select
        orders_by_customer.customer_key,
        orders_by_customer.customer_id,
        orders_by_customer.first_order_date,
        orders_by_customer.last_order_date,
        revenue_by_customer.total_transactions,
        revenue_by_customer.total_spent,
        orders_by_customer.total_orders,
        orders_by_customer.purchase_days,
        {{ days_between('orders_by_customer.first_order_date', 'settings.as_of_date') }}
            as days_since_first_order,
        {{ days_between('orders_by_customer.last_order_date', 'settings.as_of_date') }}
            as days_since_last_order,
        settings.active_days,
        settings.lost_days

    from orders_by_customer
    inner join revenue_by_customer
        on orders_by_customer.customer_key = revenue_by_customer.customer_key
    cross join settings

),

final as (

    select
        customer_key,
        customer_id,
        first_order_date,
        last_order_date,
        cast(total_transactions as integer) as total_transactions,
        cast(total_spent as decimal(18, 2)) as total_spent,
        {{ money_divide('total_spent', 'total_orders') }} as avg_order_value,
        cast(total_orders as integer) as total_orders,
        cast(purchase_days as integer) as purchase_days,
        {{ format_month('first_order_date') }} as first_order_cohort_month,
        {{ format_quarter('first_order_date') }} as first_order_cohort_quarter,
        cast(extract(year from first_order_date) as integer)
            as first_order_cohort_year,
        days_since_first_order,
        days_since_last_order,
        case
            when days_since_first_order is null then 'No Orders'
            when days_since_first_order < 90 then 'Under 3 Months'
            when days_since_first_order < 180 then '3 to 6 Months'
            when days_since_first_order < 365 then '6 to 12 Months'
            else 'Over 12 Months'
        end as customer_vintage_group,
        case
            when total_orders = 0 then 'No Orders'
            when total_orders = 1 then 'One-Time'
            when total_orders < 5 then 'Repeat'
            else 'Frequent'
        end as customer_segment,
        case
            when days_since_last_order <= active_days then 'Active'
            when days_since_last_order <= lost_days then 'Inactive'
            else 'Lost'
        end as customer_status

    from joined

)

select * from final
