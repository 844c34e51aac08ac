import { z } from 'zod';
import { type ColumnSpec, date, days, flag, money, orders, percent, real, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { numberParameter, pageParameters, sortParameters, textParameter, wholeParameter } from '../query-parameters.ts';
import { type SqlParts, where } from '../sql-parts.ts';

/** The tables with one row per customer, by their alias; the first has all customers. */
const TABLES = {
  worth: 'business.customer_ltv_analysis',
  segment: 'business.customer_segments',
  outlook: 'business.customer_predictions',
  campaign: 'business.campaign_targets',
} as const;

type Alias = keyof typeof TABLES;

/** Where the columns of the list come from. */
const SOURCES = {
  customer_id: 'worth',
  customer_segment: 'worth',
  rfm_segment: 'segment',
  rfm_score: 'segment',
  value_tier: 'segment',
  acquisition_cohort: 'worth',
  total_orders: 'worth',
  total_spent: 'worth',
  avg_order_value: 'worth',
  days_since_last_order: 'worth',
  orders_per_year: 'worth',
  historic_value: 'worth',
  predicted_value: 'worth',
  lifetime_value: 'worth',
  churn_risk_score: 'worth',
  expected_orders_365: 'outlook',
  next_order_date: 'outlook',
  campaign_type: 'campaign',
  campaign_group: 'campaign',
  priority_level: 'campaign',
} as const satisfies Record<string, Alias>;

type Field = keyof typeof SOURCES;

const FIELDS = Object.keys(SOURCES) as [Field, ...Field[]];

const qualified = (field: Field) => `${SOURCES[field]}.${field}`;

const columns = {
  customer_id: text('customer_ltv_analysis'),
  customer_segment: text('customer_ltv_analysis'),
  rfm_segment: text('customer_segments'),
  rfm_score: text('customer_segments'),
  value_tier: text('customer_segments'),
  acquisition_cohort: text('customer_ltv_analysis'),
  total_orders: orders('customer_ltv_analysis'),
  total_spent: money('customer_ltv_analysis'),
  avg_order_value: money('customer_ltv_analysis'),
  days_since_last_order: days('customer_ltv_analysis'),
  orders_per_year: real('customer_ltv_analysis'),
  historic_value: money('customer_ltv_analysis'),
  predicted_value: money('customer_ltv_analysis'),
  lifetime_value: money('customer_ltv_analysis'),
  churn_risk_score: percent('customer_ltv_analysis'),
  expected_orders_365: real('customer_predictions', 'orders'),
  next_order_date: date('customer_predictions'),
  campaign_type: text('campaign_targets'),
  campaign_group: text('campaign_targets'),
  priority_level: whole('campaign_targets'),
} satisfies Record<Field, ColumnSpec>;

const filters = {
  search: textParameter().optional().describe('customers whose id contains this text, whatever the case'),
  prefix: textParameter().optional().describe('customers whose id begins with this text'),
  segment: textParameter().optional().describe('marketing segment'),
  rfm: textParameter().optional().describe('RFM segment'),
  tier: textParameter().optional().describe('value tier'),
  cohort: textParameter().optional().describe('month of the first order, YYYY-MM'),
  campaign: textParameter().optional().describe('campaign on whose list the customer is'),
  value_min: numberParameter().optional().describe('least lifetime value'),
  value_max: numberParameter().optional().describe('most lifetime value'),
  spent_min: numberParameter().optional().describe('least revenue'),
  spent_max: numberParameter().optional().describe('most revenue'),
  orders_min: wholeParameter(0, 1e9).optional().describe('fewest orders'),
  orders_max: wholeParameter(0, 1e9).optional().describe('most orders'),
  churn_min: numberParameter().optional().describe('least churn risk, 0 to 100'),
  churn_max: numberParameter().optional().describe('most churn risk, 0 to 100'),
  recency_min: wholeParameter(0, 1e6).optional().describe('fewest days since the last order'),
  recency_max: wholeParameter(0, 1e6).optional().describe('most days since the last order'),
};

type Filters = z.output<z.ZodObject<typeof filters>>;

/** The filters that were given, with the column that each needs. */
function conditionsOf(params: Filters, parts: SqlParts): { readonly field: Field; readonly sql: string }[] {
  const list: { field: Field; sql: string }[] = [];
  const add = <T>(value: T | undefined, field: Field, sql: (column: string, value: T) => string) => {
    if (value !== undefined) list.push({ field, sql: sql(qualified(field), value) });
  };
  const equals = (column: string, value: string) => `${column} = ${parts.text(value)}`;
  const least = (column: string, value: number) => `${column} >= ${parts.number(value)}`;
  const most = (column: string, value: number) => `${column} <= ${parts.number(value)}`;
  add(params.search, 'customer_id', (id, value) => `position(lower(${parts.text(value)}) in lower(${id})) > 0`);
  add(params.prefix, 'customer_id', (id, value) => `starts_with(${id}, ${parts.text(value)})`);
  add(params.segment, 'customer_segment', equals);
  add(params.rfm, 'rfm_segment', equals);
  add(params.tier, 'value_tier', equals);
  add(params.cohort, 'acquisition_cohort', equals);
  add(params.campaign, 'campaign_type', equals);
  add(params.value_min, 'lifetime_value', least);
  add(params.value_max, 'lifetime_value', most);
  add(params.spent_min, 'total_spent', least);
  add(params.spent_max, 'total_spent', most);
  add(params.orders_min, 'total_orders', least);
  add(params.orders_max, 'total_orders', most);
  add(params.churn_min, 'churn_risk_score', least);
  add(params.churn_max, 'churn_risk_score', most);
  add(params.recency_min, 'days_since_last_order', least);
  add(params.recency_max, 'days_since_last_order', most);
  return list;
}

/** All customers, joined to the tables of these fields only: a join of a million rows takes longer than all else. */
function fromTables(fields: readonly Field[]): string {
  const aliases = (Object.keys(TABLES) as Alias[]).filter(
    (alias) => alias !== 'worth' && fields.some((field) => SOURCES[field] === alias),
  );
  const joins = aliases.map(
    (alias) => `left join ${TABLES[alias]} as ${alias} on ${alias}.customer_id = worth.customer_id`,
  );
  return [`from ${TABLES.worth} as worth`, ...joins].join('\n    ');
}

const list = tableQuery({
  name: 'customers',
  summary: 'All customers with their segments, values and scores, to be searched, filtered and sorted. One row each.',
  params: z.strictObject({ ...filters, ...sortParameters(FIELDS, 'customer_id'), ...pageParameters }),
  scores: ['expected_orders', 'predicted_value', 'churn_risk', 'next_order'],
  columns,
  sql: (params, parts, page) => {
    const conditions = conditionsOf(params, parts);
    const order = `order by ${qualified(params.sort)} ${params.order} nulls last, worth.customer_id`;
    const chosen = where(...conditions.map(({ sql }) => sql));
    const select = `select ${FIELDS.map(qualified).join(', ')}`;
    if (page === '') return `${select} ${fromTables(FIELDS)} ${chosen} ${order}`;
    return `
    with page as (
      select worth.customer_id
      ${fromTables([params.sort, ...conditions.map(({ field }) => field)])}
      ${chosen}
      ${order}
      ${page}
    )
    ${select}
    ${fromTables(FIELDS)}
    where worth.customer_id in (select customer_id from page)
    ${order}`;
  },
  count: (params, parts) => {
    const conditions = conditionsOf(params, parts);
    return `select count(*) ${fromTables(conditions.map(({ field }) => field))} ${where(...conditions.map(({ sql }) => sql))}`;
  },
});

const ofCustomer = (id: string, parts: SqlParts) => `from warehouse.dim_order where customer_id = ${parts.text(id)}`;

const timeline = tableQuery({
  name: 'customer/orders',
  summary: 'The orders of one customer, and the returns that belong to none, oldest first. One row each.',
  params: z.strictObject({ id: textParameter().describe('customer id, as text'), ...pageParameters }),
  columns: {
    order_date: date('dim_order'),
    order_id: text('dim_order'),
    is_return: flag('dim_order'),
    order_amount: money('dim_order'),
    returned_amount: money('dim_order'),
    days_since_previous_order: days('dim_order'),
  },
  sql: ({ id }, parts, page) => `
    select order_date, order_id, is_return, order_amount, returned_amount, days_since_previous_order
    ${ofCustomer(id, parts)}
    order by order_date, order_id
    ${page}`,
  count: ({ id }, parts) => `select count(*) ${ofCustomer(id, parts)}`,
});

export const customerQueries = [list, timeline] as const;
