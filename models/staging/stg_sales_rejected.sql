/*
The records that were refused, with the reason and the text as it came, so that they can be mended and loaded again. One row per refused input record.

@grain load_id, source_row
@column source_file - name of the input file
@column source_row - number of the record in the file, from 1
@column source_line - line of the file on which the record starts, from 1
@column reason_code - why the record is refused
@column reason_detail - the same in words, with the offending value
@column raw_text - the record as it came: row index, date, customer, order, amount; a damaged line as a whole
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
