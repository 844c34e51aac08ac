import { z } from 'zod';
import { customers, days, money, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { pageParameters, sortParameters, textParameter, wholeParameter } from '../query-parameters.ts';
import { given, type SqlParts, where } from '../sql-parts.ts';

const TARGETS = 'business.campaign_targets';

const types = tableQuery({
  name: 'campaigns',
  summary:
    'How many customers are on which list, and what one more order of each would bring. One row per campaign, group and priority.',
  params: z.strictObject({}),
  columns: {
    campaign_type: text('campaign_targets'),
    campaign_group: text('campaign_targets'),
    priority_level: whole('campaign_targets'),
    customers: customers('customers on the list'),
    estimated_value: money('what one more order of each of them would bring; not a forecast that it comes'),
    historic_value: money('value so far of these customers'),
  },
  sql: () => `
    select
      campaign_type, campaign_group, priority_level,
      count(*) as customers,
      cast(sum(estimated_value) as decimal(18, 2)) as estimated_value,
      cast(sum(historic_value) as decimal(18, 2)) as historic_value
    from ${TARGETS}
    group by campaign_type, campaign_group, priority_level
    order by campaign_type, campaign_group, priority_level`,
});

const budget = tableQuery({
  name: 'campaigns/budget',
  summary:
    'What the first so many customers of a list would bring, those of the highest priority and value first. One row per point.',
  params: z.strictObject({
    type: textParameter().optional().describe('campaign; left out: all of them'),
    points: wholeParameter(2, 200).default(50).describe('points, 2 to 200'),
  }),
  columns: {
    point: whole('number of the point, from 1'),
    customers: customers('customers up to the point, the control group not counted'),
    estimated_value: money('what one more order of each of them would bring; not a forecast that it comes'),
  },
  sql: ({ type, points }, parts) => `
    with
    targets as (
      select
        estimated_value,
        ntile(${points}) over (order by priority_level, estimated_value desc, customer_id) as point
      from ${TARGETS}
      ${where(
        "campaign_group = 'target'",
        given(type, (value) => `campaign_type = ${parts.text(value)}`),
      )}
    ),
    sums as (
      select point, count(*) as customers, sum(estimated_value) as estimated_value
      from targets
      group by point
    )
    select
      cast(point as integer) as point,
      cast(sum(customers) over (order by point) as bigint) as customers,
      cast(sum(estimated_value) over (order by point) as decimal(18, 2)) as estimated_value
    from sums
    order by point`,
});

const LIST_COLUMNS = [
  'customer_id',
  'campaign_type',
  'campaign_group',
  'customer_segment',
  'priority_level',
  'estimated_value',
  'historic_value',
  'days_since_last_order',
] as const;

interface ListFilters {
  readonly type?: string | undefined;
  readonly group?: string | undefined;
  readonly priority?: number | undefined;
}

const ofList = ({ type, group, priority }: ListFilters, parts: SqlParts) =>
  `from ${TARGETS} ${where(
    given(type, (value) => `campaign_type = ${parts.text(value)}`),
    given(group, (value) => `campaign_group = ${parts.text(value)}`),
    given(priority, (value) => `priority_level = ${parts.number(value)}`),
  )}`;

const targets = tableQuery({
  name: 'campaigns/customers',
  summary: 'Whom to address with which campaign, and why. One row per customer.',
  params: z.strictObject({
    type: textParameter().optional().describe('campaign'),
    group: z.enum(['target', 'control']).optional().describe('target: to be addressed; control: to be left alone'),
    priority: wholeParameter(1, 5).optional().describe('priority, 1 is first'),
    ...sortParameters(LIST_COLUMNS, 'priority_level'),
    ...pageParameters,
  }),
  columns: {
    customer_id: text('campaign_targets'),
    campaign_type: text('campaign_targets'),
    campaign_group: text('campaign_targets'),
    customer_segment: text('campaign_targets'),
    priority_level: whole('campaign_targets'),
    estimated_value: money('campaign_targets'),
    historic_value: money('campaign_targets'),
    days_since_last_order: days('campaign_targets'),
    reason: text('campaign_targets'),
    recommended_action: text('campaign_targets'),
  },
  sql: (params, parts, page) => `
    select
      customer_id, campaign_type, campaign_group, customer_segment, priority_level, estimated_value, historic_value,
      days_since_last_order, reason, recommended_action
    ${ofList(params, parts)}
    order by ${params.sort} ${params.order} nulls last, customer_id
    ${page}`,
  count: (params, parts) => `select count(*) ${ofList(params, parts)}`,
});

export const campaignQueries = [types, budget, targets] as const;
