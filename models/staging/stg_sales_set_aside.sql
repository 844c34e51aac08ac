/*
The records that are understood and yet do not count, by kind: cancelled, failed and unpaid orders, what is no order at all, further lines of an order whose total is known, what a later file says otherwise or an earlier one said already. One row per input record that is set aside.

@grain load_id, source_row
@column source_file - name of the input file
@column source_row - number of the record in the file, from 1
@column source_line - line of the file on which the record starts, from 1
@column set_aside_kind - why it does not count
@column set_aside_detail - the same in words
@column order_date - date, where it can be read
@column customer_id - customer, where there is one
@column order_id - order, where there is one
@column sales_amount - amount, where it can be read
@column load_id - number of the input file, counted up from 1 in the order of loading
@check not_null(source_file, source_row, set_aside_kind)
@check unique(load_id, source_row)
*/
with

verdicts as (

    select * from {{ ref('stg_sales_checked') }}

),

records as (

    select * from {{ source('stg_sales_raw') }}

),

set_aside as (

    select
        records.source_file,
        verdicts.source_row,
        records.source_line,
        verdicts.set_aside_kind,
        verdicts.set_aside_detail,
        verdicts.order_date,
        verdicts.customer_id,
        verdicts.order_id,
        verdicts.sales_amount,
        verdicts.load_id

    from verdicts
    inner join records
        on
            verdicts.load_id = records.load_id
            and verdicts.source_row = records.source_row
    where verdicts.set_aside_kind is not null

)

select * from set_aside
