/*
Every record of the input with its typed values and what is wrong with it by itself. One row per input record.

Text is trimmed of spaces, tabs and no-break spaces; nothing else is repaired. An id like 1.23E+11 is refused: a
spreadsheet has rounded it, so that different ids look alike. A year outside 1900 to 2100 is a typing error or a
placeholder, and would otherwise become the as-of date. A return, or a line of an order, without a customer takes the one of the
other records of its order, if they have just one; any other record without a customer is a guest's. Where totals stand on the first line of an order only, its
other lines are details. Rules, first match wins: damaged record, set aside by the file itself, detail of an order,
date, customer, order, amount.

@grain load_id, source_row
@column load_id - number of the input file, counted up from 1 in the order of loading
@column source_row - number of the record in the file, from 1, header and blank lines not counted
@column statement_load_id - number of the file whose statement the record belongs to: its own, or for a mended reject the file it came from
@column amends_source_row - record of that file whose place a mended reject takes, null for any other record
@column grain - what a record of the file is: order, line, or first-line; a mended reject is what it was
@column order_date - date of the order, null where it is not a calendar date from 1900 to 2100
@column customer_id - customer as text, leading zeros kept, null where empty
@column order_id - order as text, null where empty
@column line_id - line of the order as text, null where the file has none
@column sales_amount - amount in the shop's currency, half a cent rounded away from zero, null where unreadable
@column refunded_amount - amount given back that stands on the same record, 0 or more
@column exact_amount - the amount with up to ten decimals
@column is_return - whether the amount is negative
@column is_guest - whether the order has no customer
@column amount_was_rounded - whether the file had more than two decimals
@column set_aside_kind - why the record is understood and yet no order, null for an order
@column set_aside_detail - the same in words, null for an order
@column reason_code - why the record is refused, null for a sound one
@column reason_detail - the same in words, with the offending value; null for a sound one
@check not_null(load_id, source_row)
@check unique(load_id, source_row)
@check range(refunded_amount, 0, null)
@check warn expression(no_more_given_back_than_paid, refunded_amount <= greatest(sales_amount, 0))
*/
with

records as (

    select * from {{ source('stg_sales_raw') }}

),

files as (

    select * from {{ source('stg_sources') }}

),

trimmed as (

    select
        records.load_id,
        records.source_row,
        coalesce(
            {{ safe_cast('records.amends_load_text', 'integer') }},
            records.load_id
        ) as statement_load_id,
        {{ safe_cast('records.amends_row_text', 'bigint') }}
            as amends_source_row,
        case
            when records.amends_load_text is null then files.grain
            when amended_files.grain = 'line' then 'line'
            else 'order'
        end as grain,
        records.malformed_detail,
        records.date_problem,
        records.sales_problem,
        records.set_aside_kind,
        records.set_aside_detail,
        trim(
            both ' ' || chr(9) || chr(160)
            from coalesce(records.order_date_read, records.order_date_text)
        ) as date_text,
        nullif(
            trim(both ' ' || chr(9) || chr(160) from records.customer_id_text),
            ''
        ) as customer_id,
        nullif(
            trim(both ' ' || chr(9) || chr(160) from records.order_id_text), ''
        ) as order_id,
        nullif(
            trim(both ' ' || chr(9) || chr(160) from records.line_id_text), ''
        ) as line_id,
        trim(both ' ' || chr(9) || chr(160) from records.sales_text)
            as sales_text,
        case
            when records.sales_problem is null
                then trim(
                    both ' ' || chr(9) || chr(160)
                    from coalesce(records.sales_read, records.sales_text)
                )
        end as amount_text,
        records.refund_read

    from records
    inner join files
        on records.load_id = files.load_id
    left join files as amended_files
        on
            {{ safe_cast('records.amends_load_text', 'integer') }}
            = amended_files.load_id

),

without_customer as (

    select distinct
        load_id,
        order_id

    from trimmed
    where customer_id is null and order_id is not null

),

owners as (

    select
        trimmed.load_id,
        trimmed.order_id,
        min(trimmed.customer_id) as customer_id

    from trimmed
    inner join without_customer
        on
            trimmed.load_id = without_customer.load_id
            and trimmed.order_id = without_customer.order_id
    group by trimmed.load_id, trimmed.order_id
    having min(trimmed.customer_id) = max(trimmed.customer_id)

),

typed as (

    select
        trimmed.load_id,
        trimmed.source_row,
        trimmed.statement_load_id,
        trimmed.amends_source_row,
        trimmed.grain,
        trimmed.malformed_detail,
        trimmed.date_problem,
        trimmed.sales_problem,
        trimmed.set_aside_kind,
        trimmed.set_aside_detail,
        trimmed.date_text,
        trimmed.sales_text,
        coalesce(
            trimmed.customer_id,
            case
                when
                    trimmed.grain <> 'order'
                    or {{ safe_cast('trimmed.amount_text', 'decimal(18,2)') }} < 0
                    then owners.customer_id
            end
        ) as customer_id,
        trimmed.order_id,
        trimmed.line_id,
        case
            when {{ matches('trimmed.date_text', '(19[0-9]{2}|20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}') }}
                then {{ safe_cast('trimmed.date_text', 'date') }}
        end as order_date,
        {{ safe_cast('trimmed.amount_text', 'decimal(18,2)') }} as sales_amount,
        {{ safe_cast('trimmed.amount_text', 'decimal(38,10)') }}
            as exact_amount,
        coalesce(
            {{ safe_cast('trimmed.refund_read', 'decimal(18,2)') }},
            cast(0 as decimal(18, 2))
        ) as refunded_amount

    from trimmed
    left join owners
        on
            trimmed.load_id = owners.load_id
            and trimmed.order_id = owners.order_id
            and trimmed.customer_id is null

),

first_totals as (

    select
        load_id,
        order_id,
        min(source_row) as source_row

    from typed
    where
        grain = 'first-line'
        and order_id is not null
        and (sales_text <> '' or set_aside_kind is not null)
    group by load_id, order_id

),

totals as (

    select
        first_totals.load_id,
        first_totals.order_id,
        first_totals.source_row,
        typed.sales_amount

    from first_totals
    inner join typed
        on
            first_totals.load_id = typed.load_id
            and first_totals.source_row = typed.source_row

),

examined as (

    select
        typed.*,
        typed.customer_id is null and typed.malformed_detail is null as is_guest,
        {{ matches('typed.customer_id', '[0-9](\.[0-9]+)?E\+(1[1-9]|[2-9][0-9])') }}
            as customer_id_is_rounded,
        {{ matches('typed.order_id', '[0-9](\.[0-9]+)?E\+(1[1-9]|[2-9][0-9])') }}
            as order_id_is_rounded,
        totals.source_row as total_row,
        totals.source_row <> typed.source_row
        and (
            typed.sales_text = ''
            or typed.sales_amount = totals.sales_amount
        ) as is_detail,
        totals.source_row <> typed.source_row
        and typed.sales_amount <> totals.sales_amount as is_second_total

    from typed
    left join totals
        on
            typed.grain = 'first-line'
            and typed.load_id = totals.load_id
            and typed.order_id = totals.order_id

),

kinds as (

    select
        *,
        case
            when malformed_detail is not null then set_aside_kind
            when set_aside_kind is not null then set_aside_kind
            when coalesce(is_detail, false) then 'ORDER_DETAIL'
            when
                grain = 'line'
                and sales_amount = 0
                and not {{ var('allowZeroAmounts') }}
                then 'FREE_LINE'
        end as kind

    from examined

),

judged as (

    select
        *,
        case
            when kind is not null then null
            when malformed_detail is not null then 'MALFORMED_ROW'
            when order_date is null then 'INVALID_DATE'
            when
                (is_guest and {{ var('guests') }} = 'reject')
                or customer_id_is_rounded
                then 'INVALID_CUSTOMER'
            when order_id is null or order_id_is_rounded then 'INVALID_ORDER'
            when sales_amount is null then 'INVALID_SALES'
            when sales_amount = 0 and not {{ var('allowZeroAmounts') }}
                then 'INVALID_SALES'
            when coalesce(is_second_total, false) then 'ORDER_CONFLICT'
        end as reason_code

    from kinds

),

final as (

    select
        load_id,
        source_row,
        statement_load_id,
        amends_source_row,
        grain,
        order_date,
        coalesce(
            customer_id,
            case
                when {{ var('guests') }} = 'separate' then 'guest:' || order_id
            end
        ) as customer_id,
        order_id,
        line_id,
        sales_amount,
        refunded_amount,
        exact_amount,
        sales_amount < 0 as is_return,
        is_guest,
        coalesce(exact_amount <> sales_amount, false) as amount_was_rounded,
        kind as set_aside_kind,
        case kind
            when 'ORDER_DETAIL'
                then 'a further line of order "' || order_id
                    || '", whose total stands on record '
                    || cast(total_row as varchar)
            when 'FREE_LINE' then 'a line of amount zero'
            else set_aside_detail
        end as set_aside_detail,
        reason_code,
        case reason_code
            when 'MALFORMED_ROW' then malformed_detail
            when 'INVALID_DATE'
                then coalesce(
                    date_problem,
                    '"' || coalesce(date_text, '')
                    || '" is not a date from 1900 to 2100 written YYYY-MM-DD'
                )
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
                then coalesce(
                    sales_problem,
                    case
                        when sales_amount = 0
                            then 'amount is zero and allowZeroAmounts is off'
                        else '"' || coalesce(sales_text, '')
                            || '" is not an amount like 1234.50'
                    end
                )
            when 'ORDER_CONFLICT'
                then 'order "' || order_id
                    || '" has another total on record '
                    || cast(total_row as varchar)
        end as reason_detail

    from judged

)

select * from final
