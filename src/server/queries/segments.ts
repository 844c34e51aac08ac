import { z } from 'zod';
import { customers, date, decimal, flag, money, percent, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import type { SqlParts } from '../sql-parts.ts';
import { VALUE_AT_RISK } from './overview.ts';

const figures = {
  customers: customers('customers of the segment'),
  customers_percent: percent('these in percent of all customers'),
  total_orders: whole('orders of these customers', 'orders'),
  revenue: money('revenue of these customers, net of returns'),
  revenue_percent: percent('this in percent of all revenue'),
  revenue_per_customer: money('revenue per customer'),
  historic_value: money('value so far: revenue, or margin where grossMargin is set'),
  predicted_value: money('value of the next 365 days, discounted; null where withheld'),
  value_at_risk: money('predicted value times churn risk, summed; null where one is withheld'),
  avg_days_since_last_order: decimal('average days from the last order to the as-of date', 'days'),
};

/** Size and worth of groups of customers. */
function bySegment(group: readonly string[], parts: SqlParts): string {
  const names = group.join(', ');
  return `
    with
    sums as (
      select
        ${names},
        count(*) as customers,
        cast(sum(total_orders) as bigint) as total_orders,
        cast(sum(total_spent) as decimal(18, 2)) as revenue,
        cast(sum(historic_value) as decimal(18, 2)) as historic_value,
        cast(sum(predicted_value) as decimal(18, 2)) as predicted_value,
        cast(sum(${VALUE_AT_RISK}) as decimal(18, 2)) as value_at_risk,
        cast(sum(days_since_last_order) as bigint) as silent_days,
        count(days_since_last_order) as silent_customers
      from business.customer_list
      group by ${names}
    ),
    totals as (
      select cast(sum(customers) as bigint) as all_customers, cast(sum(revenue) as decimal(18, 2)) as all_revenue from sums
    )
    select
      ${names}, customers,
      ${parts.call('money_divide', '100 * customers', 'all_customers')} as customers_percent,
      total_orders, revenue,
      ${parts.call('money_divide', '100 * revenue', 'all_revenue')} as revenue_percent,
      ${parts.call('money_divide', 'revenue', 'customers')} as revenue_per_customer,
      historic_value, predicted_value, value_at_risk,
      ${parts.call('money_divide', 'silent_days', 'silent_customers')} as avg_days_since_last_order
    from sums cross join totals
    order by customers desc, ${names}`;
}

const marketing = tableQuery({
  name: 'segments/marketing',
  summary: 'The five marketing segments by size and worth. One row per segment.',
  params: z.strictObject({}),
  scores: ['predicted_value', 'churn_risk'],
  columns: { customer_segment: text('customer_segments'), ...figures },
  sql: (_params, parts) => bySegment(['customer_segment'], parts),
});

const rfm = tableQuery({
  name: 'segments/rfm',
  summary: 'The RFM segments by size and worth. One row per segment.',
  params: z.strictObject({}),
  scores: ['predicted_value', 'churn_risk'],
  columns: { rfm_segment: text('customer_segments'), ...figures },
  sql: (_params, parts) => bySegment(['rfm_segment'], parts),
});

const map = tableQuery({
  name: 'segments/map',
  summary: 'Customers by recency and frequency score. One row per pair of scores and RFM segment.',
  params: z.strictObject({}),
  scores: ['predicted_value', 'churn_risk'],
  columns: {
    recency_score: whole('customer_segments'),
    frequency_score: whole('customer_segments'),
    rfm_segment: text('customer_segments'),
    ...figures,
  },
  sql: (_params, parts) => bySegment(['recency_score', 'frequency_score', 'rfm_segment'], parts),
});

const lifecycle = tableQuery({
  name: 'segments/lifecycle',
  summary: 'Customers by stage of life at the end of each month. One row per day and stage.',
  params: z.strictObject({}),
  columns: {
    snapshot_date: date('customer_lifecycle_snapshot'),
    lifecycle_stage: text('customer_lifecycle_snapshot'),
    customers: customers('customer_lifecycle_snapshot'),
    share_of_base: percent('customer_lifecycle_snapshot'),
    avg_days_since_last_order: decimal('customer_lifecycle_snapshot', 'days'),
    is_as_of: flag('customer_lifecycle_snapshot'),
  },
  sql: () => `
    select snapshot_date, lifecycle_stage, customers, share_of_base, avg_days_since_last_order, is_as_of
    from business.customer_lifecycle_snapshot
    order by snapshot_date, lifecycle_stage`,
});

const tiers = tableQuery({
  name: 'value/tiers',
  summary: 'The value tiers by size and worth. One row per tier.',
  params: z.strictObject({}),
  scores: ['predicted_value', 'churn_risk'],
  columns: { value_tier: text('customer_list'), ...figures },
  sql: (_params, parts) => bySegment(['value_tier'], parts),
});

export const segmentQueries = [marketing, rfm, map, lifecycle, tiers] as const;
