/*
The records that were refused, with the reason and their cells, so that they can be exported, mended and loaded again. One row per refused input record.

@grain load_id, source_row
@column source_file - name of the input file
@column source_row - number of the record in the file, from 1
@column source_line - line of the file on which the record starts, from 1
@column reason_code - why the record is refused
@column reason_detail - the same in words, with the offending value
@column is_guest - whether only the customer is missing; such records do not count against maxRejectedShare
@column raw_text - the record as it came: row index, date, customer, order, amount; a damaged line as a whole
@column date - the date as YYYY-MM-DD where it can be read, else as it came
@column customer_id - customer as it came
@column order_id - order as it came
@column sales - the amount as 1234.50 where it can be read, else as it came
@column refunded_amount - amount given back that stands on the same record
@column currency - currency as it came
@column sales_amount - the amount, where it can be read: the money that is missing from the figures
@column load_id - number of the input file, counted up from 1 in the order of loading
@check not_null(source_file, source_row, reason_code, raw_text)
@check unique(load_id, source_row)
*/
with

verdicts as (

    select * from {{ ref('stg_sales_checked') }}

),

records as (

    select * from {{ source('stg_sales_raw') }}

),

rejected as (

    select
        records.source_file,
        verdicts.source_row,
        records.source_line,
        verdicts.reason_code,
        verdicts.reason_detail,
        verdicts.is_guest,
        coalesce(
            records.malformed_text,
            case
                when records.row_index_text is null then ''
                else {{ csv_field('records.row_index_text') }} || ','
            end
            || {{ csv_field('records.order_date_text') }} || ','
            || {{ csv_field('records.customer_id_text') }} || ','
            || {{ csv_field('records.order_id_text') }} || ','
            || {{ csv_field('records.sales_text') }}
        ) as raw_text,
        coalesce(records.order_date_read, records.order_date_text) as date,
        records.customer_id_text as customer_id,
        records.order_id_text as order_id,
        coalesce(records.sales_read, records.sales_text) as sales,
        verdicts.refunded_amount,
        records.currency_text as currency,
        verdicts.sales_amount,
        verdicts.load_id

    from verdicts
    inner join records
        on
            verdicts.load_id = records.load_id
            and verdicts.source_row = records.source_row
    where verdicts.reason_code is not null

)

select * from rejected
