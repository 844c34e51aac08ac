/*
The orders that a later file has changed: what was said before and what holds now. One row per change.

@grain order_id, statement, load_id
@column order_id - order as text
@column statement - sales, or returns of a day
@column load_id - number of the file that made the change
@column source_file - name of that file
@column previous_date - first day of the order as it was
@column new_date - first day of the order as it is
@column previous_customer_id - customer as it was
@column new_customer_id - customer as it is
@column previous_amount - sum of the lines as it was
@column new_amount - sum of the lines as it is; 0 for a cancelled order
@column set_aside_kind - CANCELLED, FAILED or UNPAID where the file says so
@column is_refused - whether customer and date both changed, which looks like another order with the same id: all its records are refused
@check not_null(order_id, statement, load_id)
@check unique(order_id, statement, load_id)
*/
with

versions as (

    select * from {{ ref('stg_order_versions') }}

),

files as (

    select * from {{ source('stg_sources') }}

),

statements as (

    select
        order_id,
        statement,
        first_load_id,
        min(load_id) as load_id,
        min(version) as version,
        min(order_date) as order_date,
        min(customer_id) as customer_id,
        min(sales_amount) as sales_amount,
        min(set_aside_kind) as set_aside_kind,
        max(case when is_collision then 1 else 0 end) = 1 as is_collision

    from versions
    group by order_id, statement, first_load_id

),

stated as (

    select
        *,
        lag(order_date) over (
            partition by order_id, statement
            order by first_load_id
        ) as previous_date,
        lag(customer_id) over (
            partition by order_id, statement
            order by first_load_id
        ) as previous_customer_id,
        lag(sales_amount) over (
            partition by order_id, statement
            order by first_load_id
        ) as previous_amount,
        lag(version) over (
            partition by order_id, statement
            order by first_load_id
        ) as previous_version

    from statements

),

changes as (

    select
        stated.order_id,
        stated.statement,
        stated.load_id,
        files.source_file,
        stated.previous_date,
        stated.order_date as new_date,
        stated.previous_customer_id,
        stated.customer_id as new_customer_id,
        cast(stated.previous_amount as decimal(18, 2)) as previous_amount,
        cast(stated.sales_amount as decimal(18, 2)) as new_amount,
        stated.set_aside_kind,
        stated.is_collision as is_refused

    from stated
    inner join files
        on stated.load_id = files.load_id
    where stated.version <> stated.previous_version

)

select * from changes
