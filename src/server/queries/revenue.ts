import { z } from 'zod';
import { customers, decimal, flag, money, orders, percent, real, text, whole } from '../column-spec.ts';
import { expectedSums } from '../expected-sums.ts';
import { tableQuery } from '../query-definition.ts';
import { monthParameter } from '../query-parameters.ts';
import { given, where } from '../sql-parts.ts';

const months = tableQuery({
  name: 'revenue/months',
  summary: 'Revenue, orders and customers by month. One row per month.',
  params: z.strictObject({
    from: monthParameter().optional().describe('first month'),
    to: monthParameter().optional().describe('last month'),
  }),
  columns: {
    period_month: text('monthly_metrics'),
    is_complete: flag('monthly_metrics'),
    total_sales: money('monthly_metrics'),
    gross_sales: money('monthly_metrics'),
    returned_amount: money('monthly_metrics'),
    avg_order_value: money('monthly_metrics'),
    total_orders: orders('monthly_metrics'),
    unique_customers: customers('monthly_metrics'),
    purchase_frequency: decimal('monthly_metrics'),
    revenue_per_customer: money('monthly_metrics'),
    new_customers: customers('monthly_metrics'),
    returning_customers: customers('monthly_metrics'),
    new_customer_revenue: money('monthly_metrics'),
    returning_customer_revenue: money('monthly_metrics'),
    sales_growth_percent: percent('monthly_metrics'),
    sales_growth_year_percent: percent('monthly_metrics'),
  },
  sql: ({ from, to }, parts) => `
    select
      period_month, is_complete, total_sales, gross_sales, returned_amount, avg_order_value, total_orders,
      unique_customers, purchase_frequency, revenue_per_customer, new_customers, returning_customers,
      new_customer_revenue, returning_customer_revenue, sales_growth_percent, sales_growth_year_percent
    from business.monthly_metrics
    ${where(
      given(from, (month) => `period_month >= ${parts.text(month)}`),
      given(to, (month) => `period_month <= ${parts.text(month)}`),
    )}
    order by period_month`,
});

const seasons = tableQuery({
  name: 'revenue/seasons',
  summary: 'How months, weekdays and other seasons differ, years put together. One row per season.',
  params: z.strictObject({
    kind: z.string().max(40).optional().describe('kind of season, as in season_kind: month, weekday'),
  }),
  columns: {
    season_kind: text('seasonal_trends'),
    season_number: whole('seasonal_trends'),
    season_name: text('seasonal_trends'),
    days_covered: whole('seasonal_trends', 'days'),
    total_orders: orders('seasonal_trends'),
    total_sales: money('seasonal_trends'),
    avg_order_value: money('seasonal_trends'),
    sales_per_day: money('seasonal_trends'),
    sales_index_percent: real('seasonal_trends', 'percent'),
  },
  sql: ({ kind }, parts) => `
    select
      season_kind, season_number, season_name, days_covered, total_orders, total_sales, avg_order_value, sales_per_day,
      sales_index_percent
    from business.seasonal_trends
    ${where(given(kind, (value) => `season_kind = ${parts.text(value)}`))}
    order by season_kind, season_number`,
});

const outlook = tableQuery({
  name: 'revenue/outlook',
  summary: "What today's customers are expected to bring in each of the next twelve months. One row per month.",
  params: z.strictObject({}),
  scores: ['expected_orders', 'predicted_value'],
  columns: {
    month_number: text('number of the month from the as-of date, 01 to 12'),
    ...expectedSums,
  },
  sql: () => `
    select
      total_name as month_number, first_day, last_day, customers, expected_orders, orders_low, orders_high,
      expected_revenue, revenue_low, revenue_high
    from business.prediction_totals
    where total_type = 'month'
    order by total_name`,
});

export const revenueQueries = [months, seasons, outlook] as const;
