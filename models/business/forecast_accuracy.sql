/*
How far the forecast and the naive ones were off in past months, by lead time. One row per measure, lead and method.

@grain measure, lead_months, method
@column measure - orders, or revenue net of returns
@column lead_months - months ahead
@column method - components for ours; last_month and same_month_last_year for what needs no method
@column forecasts - past forecasts
@column mean_absolute_error - their mean error without its sign
@column mean_error - their mean error, actual less forecast: below 0 they were too high
@column mean_error_percent - the mean absolute error in percent of the mean that came; null where nothing came
@column tested_intervals - past 80 % intervals
@column interval_coverage_percent - percent of them that held; null without any
@check not_null(measure, lead_months, method, forecasts, mean_absolute_error, mean_error)
@check unique(measure, lead_months, method)
@check range(interval_coverage_percent, 0, 100)
*/
with

backtests as (

    select * from {{ ref('forecast_backtests') }}

),

summed as (

    select
        measure,
        lead_months,
        method,

        count(*) as forecasts,
        sum(abs(forecast_error)) as absolute_error,
        sum(forecast_error) as total_error,
        sum(actual) as total_actual,
        count(is_in_interval) as tested_intervals,
        count(*) filter (where is_in_interval) as intervals_held

    from backtests
    group by measure, lead_months, method

),

final as (

    select
        measure,
        lead_months,
        method,
        cast(forecasts as integer) as forecasts,
        {{ money_divide('absolute_error', 'forecasts') }}
            as mean_absolute_error,
        {{ money_divide('total_error', 'forecasts') }} as mean_error,
        cast(
            case
                when total_actual > 0
                    then {{ money_divide('100 * absolute_error', 'total_actual') }}
            end as decimal(18, 2)
        ) as mean_error_percent,
        cast(tested_intervals as integer) as tested_intervals,
        {{ money_divide('100 * intervals_held', 'tested_intervals') }}
            as interval_coverage_percent

    from summed

)

select * from final
