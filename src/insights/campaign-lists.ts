import type { Fact, InsightContext, Relation } from './candidate.ts';

/** What the customers on the campaign lists are expected to bring as things are; what a campaign adds is known only from a control group. */
export async function campaignLists({ query, ref, published, words }: InsightContext): Promise<readonly Fact[]> {
  const evidence = (at: Relation) =>
    'select targets.campaign_type, count(*) as customers, sum(predictions.predicted_value) as predicted_value, ' +
    'cast(sum(cast(0.01 * predictions.predicted_value * predictions.churn_risk_score as decimal(38, 4))) as decimal(18, 2)) as at_stake ' +
    `from ${at('campaign_targets')} as targets inner join ${at('customer_predictions')} as predictions on targets.customer_id = predictions.customer_id ` +
    "where targets.campaign_group = 'target' group by 1 order by 1";
  const rows = await query(evidence(ref));
  const customers = rows.reduce((sum, row) => sum + Number(row.customers), 0);
  if (customers === 0) return [];
  const values = rows.map((row) => row.predicted_value);
  const isPredicted = values.every((value) => value !== null);
  const expected = isPredicted ? values.reduce<number>((sum, value) => sum + Number(value), 0) : null;
  const isWeighed = rows.every(({ at_stake: stake }) => stake !== null);
  const atStake = isWeighed ? rows.reduce((sum, row) => sum + Number(row.at_stake), 0) : null;
  const lists = rows
    .map(({ campaign_type: type, customers: count }) => `${type} ${words.whole(Number(count))}`)
    .join(', ');
  return [
    {
      type: 'campaign_opportunity',
      title:
        expected === null
          ? `Campaign lists: ${words.whole(customers)} customers`
          : `Campaign lists: ${words.whole(customers)} customers, expected to bring ${words.money(expected)} in the next 365 days`,
      description:
        `${lists}. ` +
        (expected === null
          ? 'What they will bring is not said, for the predictions are withheld.'
          : `That is expected as things are${atStake === null ? '' : `; weighed with each one's churn risk, ${words.money(atStake)} of it is at stake`}.`) +
        ' What a campaign adds is known only when its customers are compared with the control group.',
      ...{ value: customers, unit: 'customers', money: atStake ?? expected },
      recommendation: 'Contact the lists by priority, and leave the control group alone.',
      evidenceSql: evidence(published),
    },
  ];
}
