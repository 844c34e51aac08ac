import { customersNeeded, powerForLift, smallestDetectableDifference } from '../../src/analytics/experiments/power.ts';
import { powerVerdict } from '../../src/analytics/experiments/power-verdict.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { type CodeModelColumn, type CodeModelContext, defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'campaign_type', type: 'text', description: 'Win-Back, Retention, Cross-Sell or Loyalty' },
  { name: 'targets', type: 'integer', description: 'customers to be addressed' },
  { name: 'controls', type: 'integer', description: 'customers to be left alone' },
  {
    name: 'window_days',
    type: 'integer',
    description: 'length of the measurement window in days, as campaignWindowDays says',
  },
  {
    name: 'base_rate',
    type: 'double',
    description: 'share of the list expected to order in the window without a campaign; null where nobody knows',
  },
  {
    name: 'base_rate_basis',
    type: 'text',
    description:
      'predictions: mean of 1 - no_order_probability; comparable customers: share with an order in the last window of those who were as silent before it as this list is now; null where there are none',
  },
  {
    name: 'detectable_difference',
    type: 'double',
    description:
      'smallest difference of the two shares that the measurement finds with 80 % power, two-sided at 5 %; null without groups to compare or a base rate between 0 and 1',
  },
  {
    name: 'detectable_lift',
    type: 'double',
    description: 'the same relative to the base rate: 0.24 is 24 %; null likewise',
  },
  {
    name: 'power_lift_10',
    type: 'double',
    description: 'probability that 10 % more orders would be found; null likewise',
  },
  {
    name: 'power_lift_20',
    type: 'double',
    description: 'probability that 20 % more orders would be found; null likewise',
  },
  {
    name: 'customers_needed',
    type: 'bigint',
    description:
      'customers that a list with this share of controls needs to find 20 % more orders with 80 % power; null likewise',
  },
  { name: 'verdict', type: 'text', description: 'what can be learnt from the list, in words' },
] as const satisfies readonly CodeModelColumn[];

/** How often those ordered within the last window who were as silent before it as the customers of a list are now. */
function comparableSql({ ref, vars }: CodeModelContext): string {
  const days = Number(vars.get('campaignWindowDays'));
  const asOf = `cast('${String(vars.get('asOf'))}' as date)`;
  return `
    with spans as (
      select campaign_type, min(days_since_last_order) as shortest, max(days_since_last_order) as longest
      from ${ref('campaign_targets')} group by campaign_type
    ),
    silences as (
      select ${asOf} - ${days} - purchase_date as silence, next_purchase_date is not null and next_purchase_date <= ${asOf} as came
      from ${ref('agg_purchase_days')}
      where purchase_date <= ${asOf} - ${days} and (next_purchase_date is null or next_purchase_date > ${asOf} - ${days})
    )
    select spans.campaign_type, count(*) as customers, count(*) filter (where silences.came) as came
    from spans inner join silences on silences.silence between spans.shortest and spans.longest
    group by spans.campaign_type`;
}

/** One row per campaign: the size of its groups and the sum of the probabilities, of those that have one. */
function listsSql({ ref }: CodeModelContext): string {
  return `
    select campaign_type, count(*) filter (where campaign_group = 'target') as targets,
      count(*) filter (where campaign_group = 'control') as controls, count(no_order_probability) as foreseen,
      coalesce(sum(no_order_probability), 0) as no_orders
    from ${ref('campaign_targets')} group by campaign_type order by campaign_type`;
}

/** As many digits as every engine reads back as they were written. */
function stored(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(12));
}

export const model = defineModel({
  description: 'What each campaign list can teach, before it is launched. One row per campaign on the list.',
  dependsOn: ['agg_purchase_days', 'campaign_targets'],
  grain: ['campaign_type'],
  columns,
  checks: [
    'not_null(campaign_type, targets, controls, window_days, verdict)',
    'unique(campaign_type)',
    'range(base_rate, 0, 1)',
    'range(power_lift_10, 0, 1)',
    'range(power_lift_20, 0, 1)',
    "accepted_values(base_rate_basis, 'predictions', 'comparable customers')",
  ],
  async run(context) {
    const lists = await context.query(listsSql(context));
    const isForeseen = lists.some(({ foreseen }) => Number(foreseen) > 0);
    const comparable = isForeseen || lists.length === 0 ? [] : await context.query(comparableSql(context));
    const records = lists.map((list) => {
      const groups = { targets: Number(list.targets), controls: Number(list.controls) };
      const foreseen = Number(list.foreseen);
      const others = comparable.find(({ campaign_type: type }) => type === list.campaign_type);
      const baseRate =
        foreseen > 0
          ? 1 - Number(list.no_orders) / foreseen
          : others === undefined
            ? null
            : Number(others.came) / Number(others.customers);
      const compared = { ...groups, baseRate: baseRate ?? 0 };
      const difference = smallestDetectableDifference(compared);
      const controlShare = groups.controls / (groups.targets + groups.controls);
      return {
        campaign_type: String(list.campaign_type),
        ...groups,
        window_days: Number(context.vars.get('campaignWindowDays')),
        base_rate: stored(baseRate),
        base_rate_basis: foreseen > 0 ? 'predictions' : others === undefined ? null : 'comparable customers',
        detectable_difference: stored(difference),
        detectable_lift: difference === null ? null : stored(difference / compared.baseRate),
        power_lift_10: stored(powerForLift(compared, 0.1)),
        power_lift_20: stored(powerForLift(compared, 0.2)),
        customers_needed: customersNeeded({ baseRate: compared.baseRate, controlShare }, 0.2),
        verdict: powerVerdict({ ...groups, baseRate }),
      };
    });
    return resultOf(columns, records);
  },
});
