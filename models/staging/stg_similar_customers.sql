/*
Customer ids that differ only in case, spaces, invisible characters or Unicode form, and may be one person. They are
kept apart: an id is text and counts as it is written. One row per such id.

@grain customer_id
@column customer_id - customer as text
@column comparable_id - what the ids of a group have in common
@column spellings - how many ids the group has
@column records - clean records of the id
@column sales_amount - sum of their amounts
@check not_null(customer_id, comparable_id)
@check unique(customer_id)
@check warn expression(no_other_spelling, spellings = 1)
*/
with

records as (

    select * from {{ ref('stg_sales_clean') }}

),

customers as (

    select
        customer_id,
        count(*) as records,
        sum(sales_amount) as sales_amount

    from records
    group by customer_id

),

compared as (

    select
        *,
        {{ comparable_text('customer_id') }} as comparable_id

    from customers

),

groups as (

    select
        comparable_id,
        count(*) as spellings

    from compared
    group by comparable_id
    having count(*) > 1

),

final as (

    select
        compared.customer_id,
        compared.comparable_id,
        groups.spellings,
        compared.records,
        cast(compared.sales_amount as decimal(38, 2)) as sales_amount

    from compared
    inner join groups
        on compared.comparable_id = groups.comparable_id

)

select * from final
