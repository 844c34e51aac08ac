import { z } from 'zod';
import { customers, date, decimal, flag, money, orders, percent, text } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { wholeParameter } from '../query-parameters.ts';
import type { SqlParts } from '../sql-parts.ts';

/** The figures of a month that the overview shows: their column in monthly_metrics and their unit. */
const KPIS = [
  ['revenue', 'total_sales', 'money'],
  ['orders', 'total_orders', 'orders'],
  ['customers', 'unique_customers', 'customers'],
  ['new_customers', 'new_customers', 'customers'],
  ['avg_order_value', 'avg_order_value', 'money'],
  ['revenue_per_customer', 'revenue_per_customer', 'money'],
  ['purchase_frequency', 'purchase_frequency', 'orders per customer'],
] as const;

/** The complete months, or all where none is complete, as one row per figure and month. */
function monthlyFigures(): string {
  const figures = KPIS.map(
    ([kpi, column, unit], index) => `
      select
        ${index + 1} as position, '${kpi}' as kpi, '${unit}' as unit, period_month, is_complete, months_back,
        cast(${column} as decimal(18, 2)) as value
      from months`,
  );
  return `
    months as (
      select *, row_number() over (order by period_month desc) as months_back
      from business.monthly_metrics
      where is_complete or not exists (select 1 from business.monthly_metrics where is_complete)
    ),
    figures as (${figures.join('\n      union all')}
    )`;
}

const kpis = tableQuery({
  name: 'overview/kpis',
  summary: 'The figures of the last complete month and their change against the month before. One row per figure.',
  params: z.strictObject({}),
  columns: {
    kpi: text('name of the figure'),
    unit: text('in what it is counted'),
    period_month: text('monthly_metrics'),
    is_complete: flag('monthly_metrics'),
    value: decimal('the figure of the month'),
    previous_month: text('the month before; null without one'),
    previous_value: decimal('the figure of the month before; null without one'),
    change_percent: percent('change against the month before; null without one or when it was not above zero'),
  },
  sql: (_params, parts: SqlParts) => `
    with ${monthlyFigures()}
    select
      this.kpi, this.unit, this.period_month, this.is_complete, this.value, before.period_month as previous_month,
      before.value as previous_value,
      case when before.value > 0 then ${parts.call('money_divide', '100 * (this.value - before.value)', 'before.value')} end
        as change_percent
    from figures as this
    left join figures as before on before.kpi = this.kpi and before.months_back = 2
    where this.months_back = 1
    order by this.position`,
});

const sparklines = tableQuery({
  name: 'overview/sparklines',
  summary: 'The course of the same figures over the last complete months. One row per figure and month.',
  params: z.strictObject({
    months: wholeParameter(2, 120).default(13).describe('how many months, 2 to 120'),
  }),
  columns: {
    kpi: text('name of the figure'),
    period_month: text('monthly_metrics'),
    value: decimal('the figure of the month'),
  },
  sql: ({ months }, parts) => `
    with ${monthlyFigures()}
    select kpi, period_month, value
    from figures
    where months_back <= ${parts.number(months)}
    order by position, period_month`,
});

/** What may be lost of the predicted value, as decimal with eight digits before it is summed. */
export const VALUE_AT_RISK = 'predicted_value * cast(churn_risk_score / 100.0 as decimal(7, 6))';

const totals = tableQuery({
  name: 'overview/totals',
  summary: 'All customers as of today: how many, what they have brought, may bring and may not. One row.',
  params: z.strictObject({}),
  scores: ['predicted_value', 'churn_risk'],
  columns: {
    customers: customers('customers of the data'),
    buyers: customers('customers with an order'),
    repeat_buyers: customers('customers with two orders or more'),
    repeat_buyers_percent: percent('these in percent of the customers with an order; null without any'),
    orders: orders('orders of all customers'),
    revenue: money('revenue of all customers, net of returns'),
    historic_value: money('value so far of all customers: revenue, or margin where grossMargin is set'),
    predicted_value: money('value of the next 365 days, discounted; null where withheld'),
    value_at_risk: money('predicted value times churn risk, summed over all customers; null where one is withheld'),
    first_order_date: date('first day with an order'),
    last_order_date: date('last day with an order'),
  },
  sql: (_params, parts) => `
    with
    worth as (
      select
        count(*) as customers,
        count(*) filter (where total_orders > 0) as buyers,
        count(*) filter (where total_orders > 1) as repeat_buyers,
        cast(coalesce(sum(total_orders), 0) as bigint) as orders,
        cast(sum(total_spent) as decimal(18, 2)) as revenue,
        cast(sum(historic_value) as decimal(18, 2)) as historic_value,
        cast(sum(predicted_value) as decimal(18, 2)) as predicted_value,
        cast(sum(${VALUE_AT_RISK}) as decimal(18, 2)) as value_at_risk
      from business.customer_ltv_analysis
    ),
    dates as (
      select min(first_order_date) as first_order_date, max(last_order_date) as last_order_date
      from warehouse.dim_customer
    )
    select
      worth.customers, worth.buyers, worth.repeat_buyers,
      ${parts.call('money_divide', '100 * worth.repeat_buyers', 'worth.buyers')} as repeat_buyers_percent,
      worth.orders, worth.revenue, worth.historic_value, worth.predicted_value, worth.value_at_risk,
      dates.first_order_date, dates.last_order_date
    from worth cross join dates`,
});

const campaigns = tableQuery({
  name: 'overview/campaigns',
  summary: 'The campaign lists by size, those that may bring most first. One row per campaign.',
  params: z.strictObject({}),
  columns: {
    campaign_type: text('campaign_targets'),
    customers: customers('customers to be addressed'),
    first_priority_customers: customers('those of them with priority 1'),
    control_customers: customers('customers to be left alone, to measure what the campaign brings'),
    estimated_value: money(
      'what one more order of each customer to be addressed would bring; not a forecast that it comes',
    ),
  },
  sql: () => `
    with
    lists as (
      select
        campaign_type,
        count(*) filter (where campaign_group = 'target') as customers,
        count(*) filter (where campaign_group = 'target' and priority_level = 1) as first_priority_customers,
        count(*) filter (where campaign_group = 'control') as control_customers,
        cast(coalesce(sum(estimated_value) filter (where campaign_group = 'target'), 0) as decimal(18, 2))
          as estimated_value
      from business.campaign_targets
      group by campaign_type
    )
    select campaign_type, customers, first_priority_customers, control_customers, estimated_value
    from lists
    order by estimated_value desc, campaign_type`,
});

export const overviewQueries = [kpis, sparklines, totals, campaigns] as const;
