import { z } from 'zod';
import { customers, date, days, money, real, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { pageParameters, sortParameters, textParameter, wholeParameter } from '../query-parameters.ts';
import { given, type SqlParts, where } from '../sql-parts.ts';
import { budgetQueries } from './campaign-budget.ts';
import { launchQueries } from './campaign-launches.ts';

const TARGETS = 'business.campaign_targets';

/** What value at stake is made of; the probability of no order and the contact date come with the expected orders. */
const AT_STAKE = ['predicted_value', 'churn_risk'] as const;
const OF_LIST = [...AT_STAKE, 'expected_orders', 'next_order'] as const;

const types = tableQuery({
  name: 'campaigns',
  summary:
    'How many customers are on which list, and what one more order of each would bring. One row per campaign, group and priority.',
  params: z.strictObject({}),
  scores: AT_STAKE,
  columns: {
    campaign_type: text('campaign_targets'),
    campaign_group: text('campaign_targets'),
    priority_level: whole('campaign_targets'),
    customers: customers('customers on the list'),
    estimated_value: money('what one more order of each of them would bring; not a forecast that it comes'),
    historic_value: money('value so far of these customers'),
    value_at_stake: money('predicted value of the next 365 days times churn risk, summed; null where one is withheld'),
  },
  sql: () => `
    select
      campaign_type, campaign_group, priority_level,
      count(*) as customers,
      cast(sum(estimated_value) as decimal(18, 2)) as estimated_value,
      cast(sum(historic_value) as decimal(18, 2)) as historic_value,
      cast(sum(value_at_stake) as decimal(18, 2)) as value_at_stake
    from ${TARGETS}
    group by campaign_type, campaign_group, priority_level
    order by campaign_type, campaign_group, priority_level`,
});

const power = tableQuery({
  name: 'campaigns/power',
  summary:
    'What each list is worth and what a launch of it could teach: smallest effect that would show, and the verdict. One row per campaign.',
  params: z.strictObject({}),
  scores: OF_LIST,
  columns: {
    campaign_type: text('campaign_power'),
    targets: customers('campaign_power'),
    controls: customers('campaign_power'),
    addresses: customers(
      'targets whose customer id looks like an e-mail address, by which mail and advertising tools find people',
    ),
    value_at_stake: money(
      'predicted value of the next 365 days times churn risk, of targets and controls together; null where one is withheld',
    ),
    average_order_value: money('what one more order brings, on average'),
    offer_cost_ceiling: money(
      'what contact and offer may cost together for a customer, on average; null where withheld and where grossMargin is not set',
    ),
    first_contact_date: date(
      'first best_contact_date of the targets; before it no order is due; null where none is known',
    ),
    last_contact_date: date('last best_contact_date of the targets; null likewise'),
    contact_dates: customers('targets with a best_contact_date'),
    window_days: days('campaign_power'),
    base_rate: real('campaign_power'),
    base_rate_basis: text('campaign_power'),
    detectable_difference: real('campaign_power'),
    detectable_lift: real('campaign_power'),
    power_lift_10: real('campaign_power'),
    power_lift_20: real('campaign_power'),
    customers_needed: customers('campaign_power'),
    verdict: text('campaign_power'),
  },
  sql: (_params, parts) => `
    with
    lists as (
      select
        campaign_type,
        count(*) filter (where campaign_group = 'target' and customer_id like '%_@_%._%') as addresses,
        cast(sum(value_at_stake) as decimal(18, 2)) as value_at_stake,
        cast(sum(estimated_value) as decimal(18, 2)) as estimated_value,
        count(*) as customers,
        cast(sum(offer_cost_ceiling) as decimal(18, 2)) as ceilings,
        count(offer_cost_ceiling) as ceiling_customers,
        min(best_contact_date) filter (where campaign_group = 'target') as first_contact_date,
        max(best_contact_date) filter (where campaign_group = 'target') as last_contact_date,
        count(best_contact_date) filter (where campaign_group = 'target') as contact_dates
      from ${TARGETS}
      group by campaign_type
    )
    select
      power.campaign_type, power.targets, power.controls, lists.addresses, lists.value_at_stake,
      ${parts.call('money_divide', 'lists.estimated_value', 'lists.customers')} as average_order_value,
      ${parts.call('money_divide', 'lists.ceilings', 'lists.ceiling_customers')} as offer_cost_ceiling,
      lists.first_contact_date, lists.last_contact_date, lists.contact_dates,
      power.window_days, power.base_rate, power.base_rate_basis, power.detectable_difference, power.detectable_lift,
      power.power_lift_10, power.power_lift_20, power.customers_needed, power.verdict
    from business.campaign_power as power
    inner join lists on power.campaign_type = lists.campaign_type
    order by power.campaign_type`,
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
  'value_at_stake',
  'best_contact_date',
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
  scores: OF_LIST,
  columns: {
    customer_id: text('campaign_targets'),
    campaign_type: text('campaign_targets'),
    campaign_group: text('campaign_targets'),
    customer_segment: text('campaign_targets'),
    priority_level: whole('campaign_targets'),
    value_at_stake: money('campaign_targets'),
    estimated_value: money('campaign_targets'),
    historic_value: money('campaign_targets'),
    days_since_last_order: days('campaign_targets'),
    best_contact_date: date('campaign_targets'),
    offer_cost_ceiling: money('campaign_targets'),
    reason: text('campaign_targets'),
    recommended_action: text('campaign_targets'),
  },
  sql: (params, parts, page) => `
    select
      customer_id, campaign_type, campaign_group, customer_segment, priority_level, value_at_stake, estimated_value,
      historic_value, days_since_last_order, best_contact_date, offer_cost_ceiling, reason, recommended_action
    ${ofList(params, parts)}
    order by ${params.sort} ${params.order} nulls last, customer_id
    ${page}`,
  count: (params, parts) => `select count(*) ${ofList(params, parts)}`,
});

export const campaignQueries = [types, power, ...budgetQueries, targets, ...launchQueries] as const;
