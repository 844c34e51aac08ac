import { z } from 'zod';
import { decimal, flag, money, orders, percent, real, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { wholeParameter } from '../query-parameters.ts';
import { given, where } from '../sql-parts.ts';

const months = tableQuery({
  name: 'forecast/months',
  summary:
    'Orders and revenue by month: what came, and what is expected of the months to come. One row per month; no expected ones where the forecast is withheld.',
  params: z.strictObject({
    history: wholeParameter(1, 1_200).optional().describe('how many of the last months that have begun; left out: all'),
  }),
  columns: {
    period_month: text('the month, YYYY-MM'),
    is_complete: flag('false for a month that is not over, and for those to come'),
    total_orders: orders('orders; null for months to come'),
    total_sales: money('revenue, net of returns; null for months to come'),
    lead_months: whole('sales_forecast'),
    expected_orders: real('sales_forecast', 'orders'),
    orders_low: real('sales_forecast', 'orders'),
    orders_high: real('sales_forecast', 'orders'),
    expected_revenue: money('sales_forecast'),
    revenue_low: money('sales_forecast'),
    revenue_high: money('sales_forecast'),
    existing_revenue: money('sales_forecast'),
    new_revenue: money('sales_forecast'),
    orders_method: text('sales_forecast'),
    revenue_method: text('sales_forecast'),
  },
  sql: ({ history }, parts) => `
    with
    past as (
      select
        period_month, is_complete, total_orders, total_sales,
        row_number() over (order by period_month desc) as months_back
      from business.monthly_metrics
    )
    select
      coalesce(past.period_month, ahead.forecast_month) as period_month,
      coalesce(past.is_complete, false) as is_complete,
      past.total_orders, past.total_sales, ahead.lead_months,
      ahead.expected_orders, ahead.orders_low, ahead.orders_high,
      ahead.expected_revenue, ahead.revenue_low, ahead.revenue_high, ahead.existing_revenue, ahead.new_revenue,
      ahead.orders_method, ahead.revenue_method
    from past
    full join business.sales_forecast as ahead on ahead.forecast_month = past.period_month
    ${where(given(history, (count) => `past.months_back is null or past.months_back <= ${parts.number(count)}`))}
    order by 1`,
});

const accuracy = tableQuery({
  name: 'forecast/accuracy',
  summary:
    'How far the forecast and the naive ones were off in past months, by months ahead. One row per measure, lead and method.',
  params: z.strictObject({
    measure: z.enum(['orders', 'revenue']).optional().describe('left out: both'),
  }),
  columns: {
    measure: text('forecast_accuracy'),
    lead_months: whole('forecast_accuracy'),
    method: text('forecast_accuracy'),
    is_shown: flag('whether the forecast that is shown is made by this method'),
    forecasts: whole('forecast_accuracy'),
    mean_absolute_error: decimal('forecast_accuracy'),
    mean_error: decimal('forecast_accuracy'),
    mean_error_percent: percent('forecast_accuracy'),
    tested_intervals: whole('forecast_accuracy'),
    interval_coverage_percent: percent('forecast_accuracy'),
  },
  sql: ({ measure }, parts) => `
    select
      accuracy.measure, accuracy.lead_months, accuracy.method,
      coalesce(accuracy.method = grades.shown_method, false) as is_shown,
      accuracy.forecasts, accuracy.mean_absolute_error, accuracy.mean_error, accuracy.mean_error_percent,
      accuracy.tested_intervals, accuracy.interval_coverage_percent
    from business.forecast_accuracy as accuracy
    left join business.forecast_grades as grades on grades.measure = accuracy.measure
    ${where(given(measure, (name) => `accuracy.measure = ${parts.text(name)}`))}
    order by accuracy.measure, accuracy.lead_months, accuracy.method`,
});

const grades = tableQuery({
  name: 'forecast/grades',
  summary: 'How the forecast did against the naive ones, which is shown, and why. One row per measure.',
  params: z.strictObject({}),
  columns: {
    measure: text('forecast_grades'),
    verdict: text('forecast_grades'),
    shown_method: text('forecast_grades'),
    reason: text('forecast_grades'),
    complete_months: whole('forecast_grades'),
    backtested_origins: whole('forecast_grades'),
    backtested_forecasts: whole('forecast_grades'),
    mean_absolute_error: decimal('forecast_grades'),
    relative_to_last_month: real('forecast_grades'),
    relative_to_same_month_last_year: real('forecast_grades'),
    mean_absolute_scaled_error: real('forecast_grades'),
    tested_intervals: whole('forecast_grades'),
    interval_coverage: real('forecast_grades'),
  },
  sql: () => `
    select
      measure, verdict, shown_method, reason, complete_months, backtested_origins, backtested_forecasts,
      mean_absolute_error, relative_to_last_month, relative_to_same_month_last_year, mean_absolute_scaled_error,
      tested_intervals, interval_coverage
    from business.forecast_grades
    order by measure`,
});

export const forecastQueries = [months, accuracy, grades] as const;
