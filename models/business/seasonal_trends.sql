/*
How sales differ between months of the year, quarters and weekdays, per day covered, so that a season that the data holds more often does not look stronger. One row per kind of season and season.

@grain season_kind, season_number
@column season_kind - month, quarter or weekday
@column season_number - 1 to 12, 1 to 4, or 1 for Sunday to 7 for Saturday
@column season_name - its name
@column days_covered - days of the data that fall into the season
@column total_orders - orders in them
@column total_sales - revenue in them, net of returns
@column avg_order_value - revenue per order; null without orders
@column sales_per_day - revenue per day covered
@column sales_index_percent - sales per day in percent of the average day; 100 is average, null when the average is not above zero
@check not_null(season_kind, season_number, days_covered)
@check unique(season_kind, season_number)
@check accepted_values(season_kind, 'month', 'quarter', 'weekday')
*/
with

days as (

    select * from {{ ref('agg_sales_daily') }}

),

calendar as (

    select * from {{ ref('dim_date') }}

),

days_with_seasons as (

    select
        days.total_orders,
        days.total_sales,
        calendar.month,
        calendar.month_name,
        calendar.quarter,
        calendar.day_of_week,
        calendar.day_name

    from days
    inner join calendar
        on days.date_id = calendar.date_id

),

seasons as (

    select
        'month' as season_kind,
        month as season_number,
        month_name as season_name,
        total_orders,
        total_sales
    from days_with_seasons

    union all

    select
        'quarter' as season_kind,
        quarter as season_number,
        'Q' || cast(quarter as varchar) as season_name,
        total_orders,
        total_sales
    from days_with_seasons

    union all

    select
        'weekday' as season_kind,
        day_of_week as season_number,
        day_name as season_name,
        total_orders,
        total_sales
    from days_with_seasons

),

summed as (

    select
        season_kind,
        season_number,
        season_name,

        count(*) as days_covered,
        sum(total_orders) as total_orders,
        sum(total_sales) as total_sales

    from seasons
    group by season_kind, season_number, season_name

),

overall as (

    select
        count(*) as days_covered,
        sum(total_sales) as total_sales

    from days

),

final as (

    select
        summed.season_kind,
        summed.season_number,
        summed.season_name,
        cast(summed.days_covered as integer) as days_covered,
        cast(summed.total_orders as integer) as total_orders,
        cast(summed.total_sales as decimal(18, 2)) as total_sales,
        {{ money_divide('summed.total_sales', 'summed.total_orders') }}
            as avg_order_value,
        {{ money_divide('summed.total_sales', 'summed.days_covered') }}
            as sales_per_day,
        case
            when overall.total_sales > 0
                then
                    {{ divide('100 * summed.total_sales * overall.days_covered', 'summed.days_covered * overall.total_sales') }}
        end as sales_index_percent

    from summed
    cross join overall

)

select * from final
