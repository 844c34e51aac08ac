/*
The verdict on every record of the input: its typed values and, where it is refused, the reason. One row per input record.

Rules, first match wins: damaged record, date, customer, order, amount, exact copy of an earlier row, order id shared by
two customers (then all rows of that order id are refused, because nobody can tell which customer is right).
Text is trimmed of spaces, tabs and no-break spaces; nothing else is repaired. An id like 1.23E+11 is refused: a
spreadsheet has rounded it, so that different ids look alike. A year outside 1900 to 2100 is a typing error or a
placeholder, and would otherwise become the as-of date.

@grain load_id, source_row
@column load_id - number of the input file, counted up from 1 in the order of loading
@column source_row - number of the record in the file, from 1, header and blank lines not counted
@column order_date - date of the order, null where it is not a calendar date from 1900 to 2100 written YYYY-MM-DD
@column customer_id - customer as text, leading zeros kept, null where empty
@column order_id - order as text, null where empty
@column sales_amount - amount in the shop's currency, half a cent rounded away from zero, null where unreadable
@column is_return - whether the amount is negative
@column amount_was_rounded - whether the file had more than two decimals
@column reason_code - why the record is refused, null for a clean one
@column reason_detail - the same in words, with the offending value; null for a clean one
@check not_null(load_id, source_row)
@check unique(load_id, source_row)
@check accepted_values(reason_code, 'MALFORMED_ROW', 'INVALID_DATE', 'INVALID_CUSTOMER', 'INVALID_ORDER', 'INVALID_SALES', 'DUPLICATE_ROW', 'ORDER_CONFLICT')
*/
with

records as (

    select * from {{ source('stg_sales_raw') }}

),

trimmed as (

    select
        load_id,
        source_row,
        malformed_detail,
        trim(both ' ' || chr(9) || chr(160) from order_date_text) as date_text,
        trim(both ' ' || chr(9) || chr(160) from customer_id_text)
            as customer_text,
        trim(both ' ' || chr(9) || chr(160) from order_id_text) as order_text,
        trim(both ' ' || chr(9) || chr(160) from sales_text) as sales_text

    from records

),

typed as (

    select
        load_id,
        source_row,
        malformed_detail,
        date_text,
        sales_text,
        nullif(customer_text, '') as customer_id,
        nullif(order_text, '') as order_id,
        case
            when {{ matches('date_text', '(19[0-9]{2}|20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}') }}
                then {{ safe_cast('date_text', 'date') }}
        end as order_date,
        {{ safe_cast('sales_text', 'decimal(18,2)') }} as sales_amount,
        {{ safe_cast('sales_text', 'decimal(38,10)') }} as exact_amount

    from trimmed

),

examined as (

    select
        *,
        {{ matches('customer_id', '[0-9](\.[0-9]+)?E\+(1[1-9]|[2-9][0-9])') }}
            as customer_id_is_rounded,
        {{ matches('order_id', '[0-9](\.[0-9]+)?E\+(1[1-9]|[2-9][0-9])') }}
            as order_id_is_rounded

    from typed

),

checked_alone as (

    select
        *,
        case
            when malformed_detail is not null then 'MALFORMED_ROW'
            when order_date is null then 'INVALID_DATE'
            when customer_id is null or customer_id_is_rounded
                then 'INVALID_CUSTOMER'
            when order_id is null or order_id_is_rounded then 'INVALID_ORDER'
            when sales_amount is null then 'INVALID_SALES'
            when sales_amount = 0 and not {{ var('allowZeroAmounts') }}
                then 'INVALID_SALES'
        end as own_reason

    from examined

),

usable as (

    select * from checked_alone
    where own_reason is null

),

repeated as (

    select
        order_date,
        customer_id,
        order_id,
        sales_amount

    from usable
    group by order_date, customer_id, order_id, sales_amount
    having count(*) > 1

),

copies as (

    select
        usable.load_id,
        usable.source_row,
        row_number() over (
            partition by
                usable.order_date,
                usable.customer_id,
                usable.order_id,
                usable.exact_amount
            order by usable.load_id, usable.source_row
        ) as occurrence

    from usable
    inner join repeated
        on
            usable.order_id = repeated.order_id
            and usable.customer_id = repeated.customer_id
            and usable.order_date = repeated.order_date
            and usable.sales_amount = repeated.sales_amount

),

conflicting_orders as (

    select order_id
    from usable
    group by order_id
    having min(customer_id) <> max(customer_id)

),

judged as (

    select
        checked_alone.*,
        case
            when checked_alone.own_reason is not null
                then checked_alone.own_reason
            when copies.occurrence > 1 then 'DUPLICATE_ROW'
            when conflicting_orders.order_id is not null then 'ORDER_CONFLICT'
        end as reason_code

    from checked_alone
    left join copies
        on
            checked_alone.load_id = copies.load_id
            and checked_alone.source_row = copies.source_row
    left join conflicting_orders
        on
            checked_alone.order_id = conflicting_orders.order_id
            and checked_alone.own_reason is null

),

final as (

    select
        load_id,
        source_row,
        order_date,
        customer_id,
        order_id,
        sales_amount,
        sales_amount < 0 as is_return,
        coalesce(exact_amount <> sales_amount, false) as amount_was_rounded,
        reason_code,
        case reason_code
            when 'MALFORMED_ROW' then malformed_detail
            when 'INVALID_DATE'
                then '"' || coalesce(date_text, '')
                    || '" is not a date from 1900 to 2100 written YYYY-MM-DD'
            when 'INVALID_CUSTOMER'
                then coalesce(
                    'customer id "' || customer_id
                    || '" is a rounded number: its last digits are lost',
                    'customer id is empty'
                )
            when 'INVALID_ORDER'
                then coalesce(
                    'order id "' || order_id
                    || '" is a rounded number: its last digits are lost',
                    'order id is empty'
                )
            when 'INVALID_SALES'
                then case
                    when sales_amount = 0
                        then 'amount is zero and allowZeroAmounts is off'
                    else '"' || coalesce(sales_text, '')
                        || '" is not an amount like 1234.50'
                end
            when 'DUPLICATE_ROW'
                then 'same date, customer, order and amount as an earlier row'
            when 'ORDER_CONFLICT'
                then 'order "' || order_id
                    || '" belongs to more than one customer'
        end as reason_detail

    from judged

)

select * from final
