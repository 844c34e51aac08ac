import { z } from 'zod';
import { customers, date, days, flag, money, orders, percent, real, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { numberParameter, pageParameters, sortParameters, textParameter, wholeParameter } from '../query-parameters.ts';
import { given, type SqlParts, where } from '../sql-parts.ts';

/** The columns of the list, all of one table: a join of a million rows takes longer than everything else. */
const columns = {
  customer_id: text('customer_list'),
  customer_segment: text('customer_list'),
  rfm_segment: text('customer_list'),
  rfm_score: text('customer_list'),
  value_tier: text('customer_list'),
  acquisition_cohort: text('customer_list'),
  last_order_date: date('customer_list'),
  days_since_last_order: days('customer_list'),
  total_orders: orders('customer_list'),
  total_spent: money('customer_list'),
  avg_order_value: money('customer_list'),
  historic_value: money('customer_list'),
  predicted_value: money('customer_list'),
  lifetime_value: money('customer_list'),
  churn_risk_score: percent('customer_list'),
  expected_orders_365: real('customer_list', 'orders'),
  next_order_date: date('customer_list'),
  campaign_type: text('customer_list'),
  campaign_group: text('customer_list'),
  priority_level: whole('customer_list'),
};

type Field = keyof typeof columns;

const FIELDS = Object.keys(columns) as [Field, ...Field[]];

const filters = {
  search: textParameter().optional().describe('customers whose id contains this text; A is the same as a'),
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

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Whether the id contains the text. Only A to Z count as capitals: what else does depends on the language of the
 * database. Digits alone are compared as they are, in a third of the time.
 */
function contains(part: string, parts: SqlParts): string {
  if (!/[A-Za-z]/.test(part)) return `position(${parts.text(part)} in customer_id) > 0`;
  const small = part.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return `position(${parts.text(small)} in translate(customer_id, '${CAPITALS}', '${CAPITALS.toLowerCase()}')) > 0`;
}

/** The customers that the filters leave. */
function ofList(params: Filters, parts: SqlParts): string {
  const equals = (column: Field, value: string | undefined) =>
    given(value, (wanted) => `${column} = ${parts.text(wanted)}`);
  const between = (column: Field, least: number | undefined, most: number | undefined) => [
    given(least, (bound) => `${column} >= ${parts.number(bound)}`),
    given(most, (bound) => `${column} <= ${parts.number(bound)}`),
  ];
  return `from business.customer_list ${where(
    given(params.search, (part) => contains(part, parts)),
    given(params.prefix, (beginning) => `starts_with(customer_id, ${parts.text(beginning)})`),
    equals('customer_segment', params.segment),
    equals('rfm_segment', params.rfm),
    equals('value_tier', params.tier),
    equals('acquisition_cohort', params.cohort),
    equals('campaign_type', params.campaign),
    ...between('lifetime_value', params.value_min, params.value_max),
    ...between('total_spent', params.spent_min, params.spent_max),
    ...between('total_orders', params.orders_min, params.orders_max),
    ...between('churn_risk_score', params.churn_min, params.churn_max),
    ...between('days_since_last_order', params.recency_min, params.recency_max),
  )}`;
}

const list = tableQuery({
  name: 'customers',
  summary: 'All customers with their segments, values and scores, to be searched, filtered and sorted. One row each.',
  params: z.strictObject({ ...filters, ...sortParameters(FIELDS, 'customer_id'), ...pageParameters }),
  scores: ['expected_orders', 'predicted_value', 'churn_risk', 'next_order'],
  columns,
  sql: (params, parts, page) => `
    select ${FIELDS.join(', ')}
    ${ofList(params, parts)}
    order by ${params.sort} ${params.order} nulls last, customer_id
    ${page}`,
  count: (params, parts) => `select count(*) ${ofList(params, parts)}`,
});

/** What customers are told apart by, and the column that says it. */
const FACETS = {
  segment: 'customer_segment',
  rfm: 'rfm_segment',
  tier: 'value_tier',
  cohort: 'acquisition_cohort',
  campaign: 'campaign_type',
} as const satisfies Partial<Record<keyof typeof filters, Field>>;

const facets = tableQuery({
  name: 'customers/facets',
  summary: 'What the list of customers can be filtered by, and how many have it. One row per filter and value.',
  params: z.strictObject({}),
  columns: {
    facet: text('filter of the list of customers: segment, rfm, tier, cohort or campaign'),
    value: text('what the customers have in common; null where they are without, as those in no campaign'),
    customers: customers('customers who have it'),
  },
  sql: () => `${Object.entries(FACETS)
    .map(
      ([facet, column]) =>
        `select '${facet}' as facet, ${column} as value, count(*) as customers from business.customer_list group by ${column}`,
    )
    .join(' union all ')}
    order by facet, value nulls last`,
});

const id = textParameter().describe('customer id, as text');

const ofCustomer = (customer: string, parts: SqlParts) =>
  `from warehouse.dim_order where customer_id = ${parts.text(customer)}`;

const timeline = tableQuery({
  name: 'customer/orders',
  summary: 'The orders of one customer, and the returns that belong to none, oldest first. One row each.',
  params: z.strictObject({
    id,
    order: z.enum(['asc', 'desc']).default('asc').describe('desc: the newest first'),
    ...pageParameters,
  }),
  columns: {
    order_date: date('dim_order'),
    order_id: text('dim_order'),
    is_return: flag('dim_order'),
    order_amount: money('dim_order'),
    returned_amount: money('dim_order'),
    days_since_previous_order: days('dim_order'),
  },
  sql: ({ id, order }, parts, page) => `
    select order_date, order_id, is_return, order_amount, returned_amount, days_since_previous_order
    ${ofCustomer(id, parts)}
    order by order_date ${order}, order_id ${order}
    ${page}`,
  count: ({ id }, parts) => `select count(*) ${ofCustomer(id, parts)}`,
});

const segments = tableQuery({
  name: 'customer/segments',
  summary: 'The segment of one customer at the last month ends and at the as-of date, oldest first. One row per day.',
  params: z.strictObject({ id }),
  columns: {
    as_of_date: date('segment_states'),
    customer_segment: text('segment_states'),
    total_orders: orders('segment_states'),
    revenue: money('segment_states'),
    days_since_last_order: days('segment_states'),
  },
  sql: ({ id }, parts) => `
    select as_of_date, customer_segment, total_orders, revenue, days_since_last_order
    from business.segment_states
    where customer_id = ${parts.text(id)}
    order by as_of_date`,
});

const launches = tableQuery({
  name: 'customer/campaigns',
  summary: 'The launched campaigns that one customer was assigned to, the latest first. One row per launch.',
  params: z.strictObject({ id }),
  columns: {
    launched_on: date('campaign_assignments'),
    campaign_type: text('campaign_assignments'),
    campaign_group: text('campaign_assignments'),
    window_days: days('campaign_assignments'),
    estimated_value: money('campaign_assignments'),
    launch_id: text('campaign_assignments'),
  },
  sql: ({ id }, parts) => `
    select launched_on, campaign_type, campaign_group, window_days, estimated_value, launch_id
    from business.campaign_assignments
    where customer_id = ${parts.text(id)}
    order by launched_on desc, launch_id`,
});

const ofRecords = (customer: string, parts: SqlParts) =>
  `from staging.stg_sales_clean where customer_id = ${parts.text(customer)}`;

const records = tableQuery({
  name: 'customer/records',
  summary: 'The records of the input files that one customer is made of, in their order. One row per record.',
  params: z.strictObject({ id, ...pageParameters }),
  columns: {
    source_file: text('stg_sales_clean'),
    source_row: whole('stg_sales_clean'),
    source_line: whole('stg_sales_clean'),
    order_date: date('stg_sales_clean'),
    order_id: text('stg_sales_clean'),
    sales_amount: money('stg_sales_clean'),
    refunded_amount: money('stg_sales_clean'),
    product: text('stg_sales_clean'),
    status: text('stg_sales_clean'),
    load_id: whole('stg_sales_clean'),
  },
  sql: ({ id }, parts, page) => `
    select source_file, source_row, source_line, order_date, order_id, sales_amount, refunded_amount, product, status, load_id
    ${ofRecords(id, parts)}
    order by load_id, source_row
    ${page}`,
  count: ({ id }, parts) => `select count(*) ${ofRecords(id, parts)}`,
});

export const customerQueries = [list, facets, timeline, segments, launches, records] as const;
