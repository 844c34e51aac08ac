/*
The verdict on every record of the input: clean, refused with a reason, or set aside by kind. One row per input record.

To what is wrong with a record by itself (stg_sales_typed) comes what only its neighbours show: an exact copy of an
earlier record of the same file; a statement of a later file that repeats an order, or takes its place
(stg_order_versions); an order id shared by two customers, of which all records are refused, because nobody can tell
which customer is right. A refused record that a later file has mended is set aside. Two equal lines of one basket are no copies where a record is a line.

@grain load_id, source_row
@column load_id - number of the input file, counted up from 1 in the order of loading
@column source_row - number of the record in the file, from 1, header and blank lines not counted
@column order_date - date of the order, null where it is not a calendar date from 1900 to 2100
@column customer_id - customer as text, leading zeros kept, null where empty
@column order_id - order as text, null where empty
@column sales_amount - amount in the shop's currency, half a cent rounded away from zero, null where unreadable
@column refunded_amount - amount given back that stands on the same record, 0 or more
@column is_return - whether the amount is negative
@column is_guest - whether the order has no customer
@column amount_was_rounded - whether the file had more than two decimals
@column set_aside_kind - why the record is understood and yet does not count, null for all others
@column set_aside_detail - the same in words, null for all others
@column reason_code - why the record is refused, null for all others
@column reason_detail - the same in words, with the offending value; null for all others
@check not_null(load_id, source_row)
@check unique(load_id, source_row)
@check accepted_values(reason_code, 'MALFORMED_ROW', 'INVALID_DATE', 'INVALID_CUSTOMER', 'INVALID_ORDER', 'INVALID_SALES', 'DUPLICATE_ROW', 'ORDER_CONFLICT')
@check accepted_values(set_aside_kind, 'CANCELLED', 'FAILED', 'UNPAID', 'NOT_AN_ORDER', 'OTHER_CURRENCY', 'ORDER_DETAIL', 'FREE_LINE', 'FOOTER', 'REPEATED_HEADER', 'REPEATED', 'SUPERSEDED', 'MENDED')
@check expression(one_place_each, reason_code is null or set_aside_kind is null)
*/
with

records as (

    select * from {{ ref('stg_sales_typed') }}

),

versions as (

    select * from {{ ref('stg_order_versions') }}

),

usable as (

    select * from records
    where reason_code is null and set_aside_kind is null

),

compared as (

    select
        records.*,
        versions.is_repeat,
        versions.is_superseded

    from records
    left join versions
        on
            records.load_id = versions.load_id
            and records.order_id = versions.order_id
            and records.reason_code is null
            and (
                records.set_aside_kind is null
                or records.set_aside_kind in ('CANCELLED', 'FAILED', 'UNPAID')
            )
            and versions.statement = case
                when coalesce(records.is_return, false)
                    then 'returns of ' || cast(records.order_date as varchar)
                else 'sales'
            end

),

current_kind as (

    select
        *,
        case
            when coalesce(is_repeat, false) then 'REPEATED'
            when coalesce(is_superseded, false) then 'SUPERSEDED'
            else set_aside_kind
        end as kind

    from compared

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
                usable.statement_load_id,
                usable.order_date,
                usable.customer_id,
                usable.order_id,
                usable.line_id,
                usable.exact_amount,
                case
                    when usable.grain = 'line'
                        then usable.amends_source_row
                end
            order by usable.load_id, usable.source_row
        ) as occurrence

    from usable
    inner join repeated
        on
            usable.order_id = repeated.order_id
            and usable.customer_id = repeated.customer_id
            and usable.order_date = repeated.order_date
            and usable.sales_amount = repeated.sales_amount
    where
        usable.grain <> 'line'
        or usable.line_id is not null
        or usable.amends_source_row is not null

),

mended as (

    select distinct
        statement_load_id as load_id,
        amends_source_row as source_row

    from records
    where amends_source_row is not null and reason_code is null

),

conflicting_orders as (

    select order_id
    from current_kind
    where reason_code is null and kind is null
    group by order_id
    having min(customer_id) <> max(customer_id)

    union

    select order_id
    from versions
    where is_collision

),

judged as (

    select
        current_kind.*,
        case
            when
                mended.source_row is not null
                and current_kind.reason_code is not null
                then null
            when current_kind.reason_code is not null
                then current_kind.reason_code
            when
                current_kind.set_aside_kind is null
                and conflicting_orders.order_id is not null
                and copies.occurrence > 1
                then 'DUPLICATE_ROW'
            when
                current_kind.set_aside_kind is null
                and conflicting_orders.order_id is not null
                then 'ORDER_CONFLICT'
            when current_kind.kind is null and copies.occurrence > 1
                then 'DUPLICATE_ROW'
        end as verdict,
        mended.source_row is not null
        and current_kind.reason_code is not null as is_mended

    from current_kind
    left join mended
        on
            current_kind.load_id = mended.load_id
            and current_kind.source_row = mended.source_row
    left join copies
        on
            current_kind.load_id = copies.load_id
            and current_kind.source_row = copies.source_row
    left join conflicting_orders
        on
            current_kind.order_id = conflicting_orders.order_id
            and current_kind.reason_code is null

),

final as (

    select
        load_id,
        source_row,
        order_date,
        customer_id,
        order_id,
        sales_amount,
        refunded_amount,
        is_return,
        is_guest,
        amount_was_rounded,
        case
            when is_mended then 'MENDED'
            when verdict is null then kind
        end as set_aside_kind,
        case
            when verdict is not null then null
            when is_mended
                then 'a later file has it mended; it was refused: '
                    || coalesce(reason_detail, '')
            when kind = 'REPEATED'
                then 'an earlier file says the same of order "' || order_id
                    || '"'
            when kind = 'SUPERSEDED'
                then 'a later file says otherwise of order "' || order_id
                    || '"'
            else set_aside_detail
        end as set_aside_detail,
        verdict as reason_code,
        case
            when verdict = 'DUPLICATE_ROW'
                then 'same date, customer, order and amount as an earlier row'
            when verdict = 'ORDER_CONFLICT' and reason_code is null
                then 'order "' || order_id
                    || '" belongs to more than one customer'
            when verdict is not null then reason_detail
        end as reason_detail

    from judged

)

select * from final
