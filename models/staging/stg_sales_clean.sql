/*
The records that passed every rule, typed; amounts below zero are returns. One row per clean input record.

@grain load_id, source_row
@column order_date - date of the order or return
@column customer_id - customer as text, leading zeros kept; guest: and the order id where guests count as customers
@column order_id - order as text
@column sales_amount - amount in the shop's currency, negative for a return
@column refunded_amount - amount given back that stands on the same record, 0 or more; see stg_refunds
@column is_return - whether the amount is negative
@column is_guest - whether the order has no customer
@column amount_was_rounded - whether the file had more than two decimals
@column line_id - line of the order as it came, null where the file has none
@column product - product as it came, null where the file has none
@column quantity - quantity as it came, null where the file has none
@column unit_price - unit price as it came, null where the file has none
@column channel - sales channel as it came, null where the file has none
@column currency - currency as it came, null where the file has none
@column status - status of the order or payment as it came, null where the file has none
@column discount - discount as it came, null where the file has none
@column country - country as it came, null where the file has none
@column load_id - number of the input file, counted up from 1 in the order of loading
@column source_file - name of the input file
@column source_row - number of the record in the file, from 1
@column source_line - line of the file on which the record starts, from 1
@check not_null(order_date, customer_id, order_id, sales_amount, is_return)
@check unique(load_id, source_row)
@check warn range(order_date, '1990-01-01', null)
@check warn expression(amounts_have_at_most_two_decimals, not amount_was_rounded)
*/
with

verdicts as (

    select * from {{ ref('stg_sales_checked') }}

),

records as (

    select * from {{ source('stg_sales_raw') }}

),

clean as (

    select
        verdicts.order_date,
        verdicts.customer_id,
        verdicts.order_id,
        verdicts.sales_amount,
        verdicts.refunded_amount,
        verdicts.is_return,
        verdicts.is_guest,
        verdicts.amount_was_rounded,
        records.line_id_text as line_id,
        records.product_text as product,
        records.quantity_text as quantity,
        records.unit_price_text as unit_price,
        records.channel_text as channel,
        records.currency_text as currency,
        records.status_text as status,
        records.discount_text as discount,
        records.country_text as country,
        verdicts.load_id,
        records.source_file,
        verdicts.source_row,
        records.source_line

    from verdicts
    inner join records
        on
            verdicts.load_id = records.load_id
            and verdicts.source_row = records.source_row
    where verdicts.reason_code is null and verdicts.set_aside_kind is null

)

select * from clean
