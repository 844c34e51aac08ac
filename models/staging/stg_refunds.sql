/*
What was given back according to a column of the order's own record, as a return on the day of the order. One row per clean record with a refund.

@grain load_id, source_row
@column order_date - date of the order; the file does not say when the money was given back
@column customer_id - customer as text
@column order_id - order as text
@column sales_amount - the amount given back, below 0
@column is_return - always true
@column load_id - number of the input file, counted up from 1 in the order of loading
@column source_row - number of the record in the file, from 1
@check not_null(order_date, customer_id, order_id, sales_amount)
@check unique(load_id, source_row)
@check range(sales_amount, null, 0)
*/
with

records as (

    select * from {{ ref('stg_sales_clean') }}

),

final as (

    select
        order_date,
        customer_id,
        order_id,
        cast(-refunded_amount as decimal(18, 2)) as sales_amount,
        refunded_amount > 0 as is_return,
        load_id,
        source_row

    from records
    where refunded_amount > 0

)

select * from final
