/*
What each file says about an order that several files speak of: exports overlap, and a later one corrects an earlier
one. One row per order, kind of statement and file.

The sales of an order in one file are one statement, its returns of one day another, so that a refund that arrives
later does not replace the sale. A statement with the same lines as the one before it is a repeat; any other is a new
version, which takes the place of the earlier ones. An order whose lines run on from the last record of one file to the first
record of the next one, none of them said twice, is one statement.

@grain order_id, statement, load_id
@column order_id - order as text
@column statement - sales, or returns of a day
@column load_id - number of the file with lines of the statement
@column first_load_id - number of the file that the statement counts as
@column version - 1 for the first, counted up with each change
@column is_repeat - whether it says the same as the file before
@column is_superseded - whether a later file says otherwise
@column is_collision - whether customer and date both differ from the version before: another order with the same id
@column order_date - first day of its lines
@column customer_id - customer of its lines, the first in alphabetical order
@column sales_amount - sum of its lines, what was given back not subtracted; 0 for a cancelled order
@column set_aside_kind - CANCELLED, FAILED or UNPAID where the file says so
@check not_null(order_id, statement, load_id, version)
@check unique(order_id, statement, load_id)
*/
with

records as (

    select * from {{ ref('stg_sales_typed') }}
    where
        reason_code is null
        and order_id is not null
        and (
            set_aside_kind is null
            or set_aside_kind in ('CANCELLED', 'FAILED', 'UNPAID')
        )

),

files as (

    select * from {{ source('stg_sources') }}

),

shared_orders as (

    select order_id
    from records
    group by order_id
    having min(statement_load_id) <> max(statement_load_id)

),

shared as (

    select
        records.load_id,
        records.statement_load_id,
        records.source_row,
        records.order_id,
        records.grain,
        records.order_date,
        records.customer_id,
        records.set_aside_kind,
        records.line_id,
        case
            when records.set_aside_kind is null then records.sales_amount
            else 0
        end as sales_amount,
        case
            when coalesce(records.is_return, false)
                then 'returns of ' || cast(records.order_date as varchar)
            else 'sales'
        end as statement,
        coalesce(cast(records.order_date as varchar), '')
        || ' ' || {{ csv_field('records.customer_id') }}
        || ' ' || coalesce(cast(records.exact_amount as varchar), '')
        || ' ' || cast(records.refunded_amount as varchar)
        || ' ' || coalesce(records.set_aside_kind, '')
        || ' ' || {{ csv_field('records.line_id') }} as line_text

    from records
    inner join shared_orders
        on records.order_id = shared_orders.order_id

),

edges as (

    select
        files.load_id,
        files.columns,
        min(records.source_row) as first_row,
        max(records.source_row) as last_row

    from files
    inner join records
        on files.load_id = records.load_id
    where files.grain <> 'order'
    group by files.load_id, files.columns

),

running_on as (

    select
        later.load_id,
        later.order_id

    from shared as later
    inner join edges as later_file
        on
            later.load_id = later_file.load_id
            and later.source_row = later_file.first_row
    inner join edges as earlier_file
        on
            later_file.load_id = earlier_file.load_id + 1
            and later_file.columns = earlier_file.columns
    inner join shared as earlier
        on
            earlier_file.load_id = earlier.load_id
            and earlier_file.last_row = earlier.source_row
            and later.order_id = earlier.order_id

),

said_again as (

    select distinct
        running_on.load_id,
        running_on.order_id

    from running_on
    inner join shared as later
        on
            running_on.load_id = later.load_id
            and running_on.order_id = later.order_id
    inner join shared as earlier
        on
            running_on.load_id = earlier.load_id + 1
            and running_on.order_id = earlier.order_id
            and later.line_text = earlier.line_text

),

continued as (

    select
        running_on.load_id,
        running_on.order_id

    from running_on
    left join said_again
        on
            running_on.load_id = said_again.load_id
            and running_on.order_id = said_again.order_id
    where said_again.order_id is null

),

lines as (

    select
        shared.*,
        case
            when continued.order_id is null then shared.statement_load_id
            else shared.load_id - 1
        end as first_load_id

    from shared
    left join continued
        on
            shared.load_id = continued.load_id
            and shared.order_id = continued.order_id

),

counted as (

    select
        order_id,
        statement,
        first_load_id,
        line_text,
        case
            when grain = 'line' and line_id is null then count(*)
            else 1
        end as copies,
        min(order_date) as order_date,
        min(customer_id) as customer_id,
        min(sales_amount) as sales_amount,
        min(set_aside_kind) as set_aside_kind

    from lines
    group by order_id, statement, first_load_id, line_text, grain, line_id

),

described as (

    select
        *,
        cast(copies as varchar) || ' x ' || line_text as copies_of_line

    from counted

),

statements as (

    select
        order_id,
        statement,
        first_load_id,
        {{ string_agg('copies_of_line', ' + ', 'copies_of_line') }} as content,
        min(order_date) as order_date,
        min(customer_id) as customer_id,
        sum(copies * sales_amount) as sales_amount,
        min(set_aside_kind) as set_aside_kind

    from described
    group by order_id, statement, first_load_id

),

compared as (

    select
        *,
        lag(content) over (
            partition by order_id, statement
            order by first_load_id
        ) as content_before,
        lag(order_date) over (
            partition by order_id, statement
            order by first_load_id
        ) as date_before,
        lag(customer_id) over (
            partition by order_id, statement
            order by first_load_id
        ) as customer_before

    from statements

),

numbered as (

    select
        *,
        sum(case when content = content_before then 0 else 1 end) over (
            partition by order_id, statement
            order by first_load_id
        ) as version

    from compared

),

judged as (

    select
        *,
        max(version) over (partition by order_id, statement) as last_version

    from numbered

),

spoken as (

    select distinct
        order_id,
        statement,
        load_id,
        first_load_id

    from lines

),

final as (

    select
        spoken.order_id,
        spoken.statement,
        spoken.load_id,
        spoken.first_load_id,
        cast(judged.version as integer) as version,
        coalesce(judged.content = judged.content_before, false) as is_repeat,
        judged.version < judged.last_version as is_superseded,
        coalesce(
            judged.content <> judged.content_before
            and judged.customer_id <> judged.customer_before
            and judged.order_date <> judged.date_before,
            false
        ) as is_collision,
        judged.order_date,
        judged.customer_id,
        cast(judged.sales_amount as decimal(18, 2)) as sales_amount,
        judged.set_aside_kind

    from spoken
    inner join judged
        on
            spoken.order_id = judged.order_id
            and spoken.statement = judged.statement
            and spoken.first_load_id = judged.first_load_id

)

select * from final
