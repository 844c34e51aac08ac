import { z } from 'zod';
import { customers, date, decimal, flag, money, orders, percent, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { monthParameter, pageParameters, sortParameters, wholeParameter } from '../query-parameters.ts';
import { SHARE_INTERVAL, shareIntervalSql } from '../share-interval.ts';
import { given, type SqlParts, where } from '../sql-parts.ts';

const range = {
  from: monthParameter().optional().describe('first cohort'),
  to: monthParameter().optional().describe('last cohort'),
};

function inRange({ from, to }: { from?: string | undefined; to?: string | undefined }, parts: SqlParts) {
  return [
    given(from, (month) => `cohort_month >= ${parts.text(month)}`),
    given(to, (month) => `cohort_month <= ${parts.text(month)}`),
  ];
}

const inMonth = shareIntervalSql('active_customers', 'cohort_size');
const onOrAfter = shareIntervalSql('customers_on_or_after', 'cohort_size');

const matrix = tableQuery({
  name: 'cohorts/matrix',
  summary: 'What became of the customers who first ordered in the same month. One row per cohort and month.',
  params: z.strictObject({
    ...range,
    months: wholeParameter(0, 600).optional().describe('most months after the first order'),
  }),
  columns: {
    cohort_month: text('cohort_analysis'),
    activity_month: text('cohort_analysis'),
    months_since_acquisition: whole('cohort_analysis'),
    cohort_size: customers('cohort_analysis'),
    active_customers: customers('cohort_analysis'),
    retention_rate_percent: percent('cohort_analysis'),
    retention_low_percent: percent(`lower end of the rate: ${SHARE_INTERVAL}`),
    retention_high_percent: percent(`upper end of the rate: ${SHARE_INTERVAL}`),
    customers_on_or_after: customers('cohort_analysis'),
    retention_on_or_after_percent: percent('cohort_analysis'),
    on_or_after_low_percent: percent(`lower end of the rate of those who ordered then or later: ${SHARE_INTERVAL}`),
    on_or_after_high_percent: percent(`upper end of the rate of those who ordered then or later: ${SHARE_INTERVAL}`),
    total_orders: orders('cohort_analysis'),
    total_sales: money('cohort_analysis'),
    avg_order_value: money('cohort_analysis'),
    revenue_per_customer: money('cohort_analysis'),
    cumulative_sales: money('cohort_analysis'),
    cumulative_revenue_per_customer: money('cohort_analysis'),
    is_immature: flag('cohort_analysis'),
    is_left_truncated: flag('cohort_analysis'),
  },
  sql: (params, parts) => `
    select
      cohort_month, activity_month, months_since_acquisition, cohort_size, active_customers, retention_rate_percent,
      ${inMonth.low} as retention_low_percent, ${inMonth.high} as retention_high_percent,
      customers_on_or_after, retention_on_or_after_percent,
      ${onOrAfter.low} as on_or_after_low_percent, ${onOrAfter.high} as on_or_after_high_percent,
      total_orders, total_sales, avg_order_value, revenue_per_customer,
      cumulative_sales, cumulative_revenue_per_customer, is_immature, is_left_truncated
    from business.cohort_analysis
    ${where(
      ...inRange(params, parts),
      given(params.months, (most) => `months_since_acquisition <= ${parts.number(most)}`),
    )}
    order by cohort_month, activity_month`,
});

const average = tableQuery({
  name: 'cohorts/average',
  summary:
    'Retention and revenue of all cohorts together, weighted by their size; immature and left-truncated cells are left out. One row per month after the first order.',
  params: z.strictObject(range),
  columns: {
    months_since_acquisition: whole('cohort_analysis'),
    cohorts: whole('cohorts in the average'),
    customers: customers('customers of these cohorts'),
    retention_rate_percent: percent('customers with an order in the month, percent of the customers'),
    retention_on_or_after_percent: percent('customers with an order in the month or later, percent of the customers'),
    cumulative_revenue_per_customer: money('revenue up to the month per customer'),
  },
  sql: (params, parts) => `
    with sums as (
      select
        months_since_acquisition,
        count(*) as cohorts,
        cast(sum(cohort_size) as bigint) as customers,
        cast(sum(active_customers) as bigint) as active,
        cast(sum(customers_on_or_after) as bigint) as on_or_after,
        cast(sum(cumulative_sales) as decimal(18, 2)) as sales
      from business.cohort_analysis
      ${where('not is_immature', 'not is_left_truncated', ...inRange(params, parts))}
      group by months_since_acquisition
    )
    select
      months_since_acquisition, cohorts, customers,
      ${parts.call('money_divide', '100 * active', 'customers')} as retention_rate_percent,
      ${parts.call('money_divide', '100 * on_or_after', 'customers')} as retention_on_or_after_percent,
      ${parts.call('money_divide', 'sales', 'customers')} as cumulative_revenue_per_customer
    from sums
    order by months_since_acquisition`,
});

const windows = tableQuery({
  name: 'cohorts/windows',
  summary: 'Customers of each cohort who ordered again within so many months. One row per cohort and window.',
  params: z.strictObject(range),
  columns: {
    cohort_month: text('cumulative_retention_analysis'),
    retention_window_months: whole('cumulative_retention_analysis'),
    cohort_size: customers('cumulative_retention_analysis'),
    retained_customers: customers('cumulative_retention_analysis'),
    retention_rate_percent: percent('cumulative_retention_analysis'),
    revenue_in_window: money('cumulative_retention_analysis'),
    revenue_per_customer: money('cumulative_retention_analysis'),
    is_immature: flag('cumulative_retention_analysis'),
    is_left_truncated: flag('cumulative_retention_analysis'),
  },
  sql: (params, parts) => `
    select
      cohort_month, retention_window_months, cohort_size, retained_customers, retention_rate_percent,
      revenue_in_window, revenue_per_customer, is_immature, is_left_truncated
    from business.cumulative_retention_analysis
    ${where(...inRange(params, parts))}
    order by cohort_month, retention_window_months`,
});

const CELL_COLUMNS = [
  'customer_id',
  'first_order_date',
  'last_order_date',
  'total_orders',
  'total_spent',
  'avg_order_value',
] as const;

const cellParameters = {
  cohort_month: monthParameter().describe('month of the first order'),
  activity_month: monthParameter().optional().describe('month looked at; left out: all customers of the cohort'),
  mode: z
    .enum(['in', 'on-or-after'])
    .default('in')
    .describe('in: with an order in that month; on-or-after: in it or later'),
};

interface Cell {
  readonly cohort_month: string;
  readonly activity_month?: string | undefined;
  readonly mode: 'in' | 'on-or-after';
}

function firstDay(month: string, monthsLater = 0): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + monthsLater, 1)).toISOString().slice(0, 10);
}

function ofCell({ cohort_month, activity_month, mode }: Cell, parts: SqlParts): string {
  const isActive = given(activity_month, (month) => {
    const first = parts.date(firstDay(month));
    if (mode === 'on-or-after') return `customer.last_order_date >= ${first}`;
    return `exists (
      select 1 from warehouse.agg_purchase_days as day
      where day.customer_id = customer.customer_id
        and day.purchase_date >= ${first} and day.purchase_date < ${parts.date(firstDay(month, 1))}
    )`;
  });
  return `from warehouse.dim_customer as customer
    ${where(`customer.first_order_cohort_month = ${parts.text(cohort_month)}`, isActive)}`;
}

const cellCustomers = tableQuery({
  name: 'cohorts/customers',
  summary: 'The customers behind a cell of the cohort matrix. One row per customer.',
  params: z.strictObject({ ...cellParameters, ...sortParameters(CELL_COLUMNS, 'customer_id'), ...pageParameters }),
  columns: {
    customer_id: text('dim_customer'),
    first_order_date: date('dim_customer'),
    last_order_date: date('dim_customer'),
    total_orders: orders('dim_customer'),
    total_spent: money('dim_customer'),
    avg_order_value: decimal('dim_customer', 'money'),
  },
  sql: (params, parts, page) => `
    select
      customer.customer_id, customer.first_order_date, customer.last_order_date, customer.total_orders,
      customer.total_spent, customer.avg_order_value
    ${ofCell(params, parts)}
    order by customer.${params.sort} ${params.order} nulls last, customer.customer_id
    ${page}`,
  count: (params, parts) => `select count(*) ${ofCell(params, parts)}`,
});

export const cohortQueries = [matrix, average, windows, cellCustomers] as const;
