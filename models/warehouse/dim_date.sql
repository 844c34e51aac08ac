/*
The calendar, without gaps: every day of every year from the first order to the as-of date. One row per day.

@grain date_id
@column date_id - the day as a number YYYYMMDD
@column full_date - the day
@column year - calendar year
@column quarter - quarter of the year, 1 to 4
@column month - month of the year, 1 to 12
@column month_name - English name of the month
@column month_abbr - first three letters of it
@column week_of_year - ISO week, 1 to 53
@column day_of_year - 1 to 366
@column day_of_month - 1 to 31
@column day_of_week - 1 for Sunday to 7 for Saturday
@column day_name - English name of the day
@column day_abbr - first three letters of it
@column is_weekend - Saturday or Sunday
@column is_month_start - first day of the month
@column is_month_end - last day of the month
@column is_quarter_start - first day of the quarter
@column is_quarter_end - last day of the quarter
@column is_year_start - first of January
@column is_year_end - last of December
@column date_string - the day as text YYYY-MM-DD
@column month_year - the month as text YYYY-MM
@column quarter_year - the quarter as text YYYY-Qn
@column fiscal_year - fiscal year, named after the calendar year in which it ends
@column fiscal_quarter - quarter of the fiscal year, 1 to 4
@column fiscal_month - month of the fiscal year, 1 to 12
@check not_null(date_id, full_date)
@check unique(date_id)
@check unique(full_date)
@check range(day_of_week, 1, 7)
@check range(week_of_year, 1, 53)
@check range(fiscal_month, 1, 12)
*/
with

sales as (

    select * from {{ ref('stg_sales_clean') }}

),

settings as (

    select
        cast({{ var('asOf') }} as date) as as_of_date,
        {{ var('fiscalYearStartMonth') }} as fiscal_start_month

),

first_sale as (

    select min(sales.order_date) as first_date
    from sales
    cross join settings
    where sales.order_date <= settings.as_of_date

),

bounds as (

    select
        {{ year_start('first_sale.first_date') }} as first_day,
        {{ add_months('settings.as_of_date', '12') }} as in_a_year

    from first_sale
    cross join settings

),

days as (

    select calendar.full_date
    from
        {{ date_series('(select first_day from bounds)', '(select in_a_year from bounds)', 'full_date') }}
            as calendar
    cross join bounds
    where calendar.full_date < {{ year_start('bounds.in_a_year') }}

),

parts as (

    select
        days.full_date,
        cast(extract(year from days.full_date) as integer) as year,
        cast(extract(quarter from days.full_date) as integer) as quarter,
        cast(extract(month from days.full_date) as integer) as month,
        cast(extract(week from days.full_date) as integer) as week_of_year,
        cast(extract(doy from days.full_date) as integer) as day_of_year,
        cast(extract(day from days.full_date) as integer) as day_of_month,
        cast(extract(dow from days.full_date) as integer) + 1 as day_of_week,
        {{ month_name('days.full_date') }} as month_name,
        {{ day_name('days.full_date') }} as day_name,
        {{ format_month('days.full_date') }} as month_year,
        {{ format_quarter('days.full_date') }} as quarter_year,
        {{ month_start('days.full_date') }} as first_of_month,
        {{ month_end('days.full_date') }} as last_of_month,
        {{ quarter_start('days.full_date') }} as first_of_quarter,
        {{ add_days('days.full_date', '1') }} as next_day,
        {{ add_months('days.full_date', '(13 - settings.fiscal_start_month) % 12') }}
            as fiscal_date

    from days
    cross join settings

),

final as (

    select
        year * 10000 + month * 100 + day_of_month as date_id,
        full_date,
        year,
        quarter,
        month,
        month_name,
        substr(month_name, 1, 3) as month_abbr,
        week_of_year,
        day_of_year,
        day_of_month,
        day_of_week,
        day_name,
        substr(day_name, 1, 3) as day_abbr,
        day_of_week in (1, 7) as is_weekend,
        full_date = first_of_month as is_month_start,
        full_date = last_of_month as is_month_end,
        full_date = first_of_quarter as is_quarter_start,
        next_day = {{ quarter_start('next_day') }} as is_quarter_end,
        day_of_year = 1 as is_year_start,
        month = 12 and day_of_month = 31 as is_year_end,
        cast(full_date as varchar) as date_string,
        month_year,
        quarter_year,
        cast(extract(year from fiscal_date) as integer) as fiscal_year,
        cast(extract(quarter from fiscal_date) as integer) as fiscal_quarter,
        cast(extract(month from fiscal_date) as integer) as fiscal_month

    from parts

)

select * from final
