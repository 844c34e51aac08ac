import { z } from 'zod';
import { BEST_FIRST, runningCount } from '../../run/campaigns/list-selection.ts';
import { customers, money, real, text, whole } from '../column-spec.ts';
import { tableQuery } from '../query-definition.ts';
import { numberParameter, textParameter, wholeParameter } from '../query-parameters.ts';
import { given, type SqlParts, where } from '../sql-parts.ts';

interface BudgetParams {
  readonly type?: string | undefined;
  readonly cost?: number | undefined;
}

const budgetParams = {
  type: textParameter().optional().describe('campaign; left out: all of them'),
  cost: numberParameter()
    .pipe(z.number().min(0.000001).max(1_000_000_000))
    .optional()
    .describe('cost of one contact; whom one more order cannot earn it is left out, as far as grossMargin is set'),
};

const costOf = (cost: number | undefined, parts: SqlParts) =>
  `cast(${cost === undefined ? 'null' : parts.number(cost)} as decimal(18, 6))`;

/** The customers of a list, each with whether one more order can earn the contact: as `campaigns plan` chooses. */
const listed = ({ type }: BudgetParams, cost: string, parts: SqlParts) => `
  select
    customer_id, campaign_type, campaign_group, value_at_stake, historic_value, estimated_value, no_order_probability,
    offer_cost_ceiling,
    coalesce(offer_cost_ceiling is null or estimated_value * no_order_probability >= ${cost}, true) as is_worth_it
  from business.campaign_targets
  ${where(given(type, (value) => `campaign_type = ${parts.text(value)}`))}`;

const curve = tableQuery({
  name: 'campaigns/budget',
  summary:
    'What the first so many customers of a list have at stake, in the order in which campaigns plan takes them: those with the most at stake first. One row per point.',
  params: z.strictObject({
    ...budgetParams,
    points: wholeParameter(2, 200).default(50).describe('points, 2 to 200'),
  }),
  scores: ['predicted_value', 'churn_risk', 'expected_orders'],
  columns: {
    point: whole('number of the point, from 1'),
    customers: customers('customers up to the point, the control group not counted'),
    value_at_stake: money('predicted value times churn risk of these customers; null where one is withheld'),
    estimated_value: money('what one more order of each of them would bring; not a forecast that it comes'),
  },
  sql: ({ points, ...params }, parts) => `
    with
    listed as (${listed(params, costOf(params.cost, parts), parts)}),
    targets as (
      select value_at_stake, estimated_value, ntile(${points}) over (order by ${BEST_FIRST}) as point
      from listed
      where campaign_group = 'target' and is_worth_it
    ),
    sums as (
      select
        point, count(*) as customers, sum(value_at_stake) as value_at_stake, sum(estimated_value) as estimated_value
      from targets
      group by point
    )
    select
      cast(point as integer) as point,
      cast(sum(customers) over (order by point) as bigint) as customers,
      cast(sum(value_at_stake) over (order by point) as decimal(18, 2)) as value_at_stake,
      cast(sum(estimated_value) over (order by point) as decimal(18, 2)) as estimated_value
    from sums
    order by point`,
});

const plan = tableQuery({
  name: 'campaigns/plan',
  summary:
    'Whom so many contacts address, those with the most at stake first, as campaigns plan: what they cost and what must come of them. One row per campaign, and one for all.',
  params: z.strictObject({
    ...budgetParams,
    contacts: wholeParameter(1, 1_000_000_000).optional().describe('most customers to address; left out: all'),
  }),
  scores: ['predicted_value', 'churn_risk', 'expected_orders'],
  columns: {
    campaign_type: text('Win-Back, Retention, Cross-Sell or Loyalty; null in the row for all of them'),
    contacts: customers('customers to address'),
    controls: customers('customers of the same worth who are left alone, for comparison; they cost nothing'),
    cost: money('what the contacts cost; null without a cost of one contact'),
    value_at_stake: money('predicted value times churn risk of those addressed; null where one is withheld'),
    estimated_value: money('what one more order of each of those addressed would bring; not a forecast that it comes'),
    base_rate: real('share of the chosen customers expected to order in the window anyway; null where withheld'),
    margin_per_order: money(
      'margin of one more order of those addressed, on average; null where withheld and where grossMargin is not set',
    ),
    break_even_orders: real(
      'orders per 100 contacts, beyond those that come anyway, whose margin pays for the contacts; null without a cost or a margin',
    ),
    break_even_lift: real('the same relative to the orders that come anyway: 0.2 is 20 % more; null likewise'),
    beyond_budget: customers('targets who could earn a contact and are beyond so many contacts'),
    not_worth_it: customers('targets left out because the contact costs more than one more order can earn'),
  },
  sql: ({ contacts, ...params }, parts) => {
    const cost = costOf(params.cost, parts);
    const most = contacts === undefined ? '' : `and contacts_so_far <= ${parts.number(contacts)}`;
    return `
      with
      listed as (${listed(params, cost, parts)}),
      ranked as (
        select
          listed.*,
          ${runningCount(`campaign_group = 'target' and is_worth_it`)} as contacts_so_far
        from listed
      ),
      marked as (
        select
          ranked.*,
          campaign_group = 'target' as is_target,
          is_worth_it ${most} as is_chosen
        from ranked
      ),
      sums as (
        select
          campaign_type,
          count(*) filter (where is_chosen and is_target) as contacts,
          count(*) filter (where is_chosen and not is_target) as controls,
          sum(value_at_stake) filter (where is_chosen and is_target) as value_at_stake,
          sum(estimated_value) filter (where is_chosen and is_target) as estimated_value,
          count(no_order_probability) filter (where is_chosen) as foreseen,
          sum(no_order_probability) filter (where is_chosen) as no_orders,
          count(offer_cost_ceiling) filter (where is_chosen and is_target) as earning,
          sum(estimated_value) filter (where is_chosen and is_target and offer_cost_ceiling is not null) as margins,
          count(*) filter (where is_target and is_worth_it and not is_chosen) as beyond_budget,
          count(*) filter (where is_target and not is_worth_it) as not_worth_it
        from marked
        group by grouping sets ((campaign_type), ())
      ),
      rates as (
        select
          sums.*,
          1 - ${parts.call('divide', 'no_orders', 'foreseen')} as base_rate,
          ${parts.call('divide', `100 * ${cost} * earning`, 'case when margins > 0 then margins end')} as break_even_orders
        from sums
      )
      select
        campaign_type, contacts, controls,
        cast(round(contacts * ${cost}, 2) as decimal(18, 2)) as cost,
        cast(value_at_stake as decimal(18, 2)) as value_at_stake,
        cast(estimated_value as decimal(18, 2)) as estimated_value,
        base_rate,
        ${parts.call('money_divide', 'margins', 'earning')} as margin_per_order,
        break_even_orders,
        ${parts.call('divide', 'break_even_orders', '100 * base_rate')} as break_even_lift,
        beyond_budget, not_worth_it
      from rates
      order by campaign_type nulls last`;
  },
});

export const budgetQueries = [curve, plan] as const;
