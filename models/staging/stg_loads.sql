/*
What each input file brought: its records by fate, new and changed orders, and how many records came late. One row per loaded file.

@grain load_id
@column load_id - number of the input file, counted up from 1 in the order of loading
@column source_file - name of the input file
@column layout - the export it was recognised as, or by name
@column records - records in the file
@column clean_records - records that count
@column rejected_records - records that were refused
@column guest_records - refused records of orders without a customer
@column set_aside_records - records that are understood and do not count
@column clean_amount - money of the records that count, refunds on the same record subtracted
@column rejected_amount - money of the records that were refused, where it can be read
@column guest_amount - money of the refused records of orders without a customer
@column new_orders - orders that no earlier file speaks of
@column changed_orders - orders of which an earlier file said otherwise
@column repeated_records - records that say what an earlier file said
@column late_records - records that count and are dated before the last day of the files before
@column first_date - first day of the records that count
@column last_date - last day of the records that count
@check not_null(load_id, source_file, records)
@check unique(load_id)
@check relationship(load_id, stg_sales_checked.load_id)
@check expression(every_record_in_one_place, records = clean_records + rejected_records + set_aside_records)
*/
with

files as (

    select * from {{ source('stg_sources') }}

),

verdicts as (

    select * from {{ ref('stg_sales_checked') }}

),

changes as (

    select * from {{ ref('stg_order_changes') }}

),

counted as (

    select
        load_id,

        count(*) as records,
        count(*) filter (where reason_code is null and set_aside_kind is null)
            as clean_records,
        count(reason_code) as rejected_records,
        count(*) filter (where reason_code = 'INVALID_CUSTOMER' and is_guest)
            as guest_records,
        count(set_aside_kind) as set_aside_records,
        count(*) filter (where set_aside_kind = 'REPEATED') as repeated_records,
        sum(sales_amount - refunded_amount) filter (
            where reason_code is null and set_aside_kind is null
        ) as clean_amount,
        sum(sales_amount) filter (where reason_code is not null)
            as rejected_amount,
        sum(sales_amount) filter (
            where reason_code = 'INVALID_CUSTOMER' and is_guest
        ) as guest_amount,
        min(order_date) filter (
            where reason_code is null and set_aside_kind is null
        ) as first_date,
        max(order_date) filter (
            where reason_code is null and set_aside_kind is null
        ) as last_date

    from verdicts
    group by load_id

),

dated as (

    select
        files.load_id,
        max(counted.last_date) over (
            order by files.load_id
            rows between unbounded preceding and 1 preceding
        ) as last_date_before

    from files
    left join counted
        on files.load_id = counted.load_id

),

late as (

    select
        verdicts.load_id,
        count(*) as late_records

    from verdicts
    inner join dated
        on verdicts.load_id = dated.load_id
    where
        verdicts.reason_code is null
        and verdicts.set_aside_kind is null
        and verdicts.order_date < dated.last_date_before
    group by verdicts.load_id

),

first_seen as (

    select
        order_id,
        min(load_id) as load_id

    from verdicts
    where
        reason_code is null
        and order_id is not null
        and coalesce(set_aside_kind, 'none') <> 'MENDED'
    group by order_id

),

news as (

    select
        load_id,
        count(*) as new_orders

    from first_seen
    group by load_id

),

changed as (

    select
        load_id,
        count(distinct order_id) as changed_orders

    from changes
    group by load_id

),

final as (

    select
        files.load_id,
        files.source_file,
        files.layout,
        coalesce(counted.records, 0) as records,
        coalesce(counted.clean_records, 0) as clean_records,
        coalesce(counted.rejected_records, 0) as rejected_records,
        coalesce(counted.guest_records, 0) as guest_records,
        coalesce(counted.set_aside_records, 0) as set_aside_records,
        cast(coalesce(counted.clean_amount, 0) as decimal(38, 2))
            as clean_amount,
        cast(coalesce(counted.rejected_amount, 0) as decimal(38, 2))
            as rejected_amount,
        cast(coalesce(counted.guest_amount, 0) as decimal(38, 2))
            as guest_amount,
        coalesce(news.new_orders, 0) as new_orders,
        coalesce(changed.changed_orders, 0) as changed_orders,
        coalesce(counted.repeated_records, 0) as repeated_records,
        coalesce(late.late_records, 0) as late_records,
        counted.first_date,
        counted.last_date

    from files
    left join counted
        on files.load_id = counted.load_id
    left join news
        on files.load_id = news.load_id
    left join changed
        on files.load_id = changed.load_id
    left join late
        on files.load_id = late.load_id

)

select * from final
