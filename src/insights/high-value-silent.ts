import { type Fact, type InsightContext, numberOf, type Relation } from './candidate.ts';
import { highValueCondition } from './high-value.ts';

/** Customers among the most valuable who have gone quiet, with what may be lost of what they are expected to bring. */
export async function highValueSilent(context: InsightContext): Promise<readonly Fact[]> {
  const { query, ref, published, words } = context;
  const [active, lost] = [numberOf(context, 'activeDays'), numberOf(context, 'lostDays')];
  const evidence = (at: Relation) =>
    'select count(*) as customers, sum(value) as historic_value, sum(predicted_value) as predicted_value, ' +
    'cast(sum(cast(0.01 * predicted_value * churn_risk_score as decimal(38, 4))) as decimal(18, 2)) as expected_loss, min(reason) as reason from (' +
    'select historic_value as value, predicted_value, churn_risk_score, days_since_last_order, ' +
    'case when predicted_value is null then prediction_reason when churn_risk_score is null then churn_reason end as reason, ' +
    `rank() over (order by historic_value desc) as value_rank, count(*) over () as base from ${at('customer_ltv_analysis')}` +
    `) as ranked where ${highValueCondition(context)} and days_since_last_order > ${active} and days_since_last_order <= ${lost}`;
  const [row = {}] = await query(evidence(ref));
  const customers = Number(row.customers ?? 0);
  if (customers === 0) return [];
  const isPredicted = row.expected_loss !== null && row.expected_loss !== undefined;
  const loss = isPredicted ? Number(row.expected_loss) : null;
  const who =
    context.vars.get('highValueBy') === 'threshold'
      ? `customers worth ${words.money(numberOf(context, 'ltvHighThreshold'))} or more`
      : `customers of the top ${Math.round(100 * numberOf(context, 'highValueShare'))} % by value`;
  return [
    {
      ...{ type: 'high_value_silent', title: `High-value customers gone quiet: ${words.whole(customers)}` },
      description:
        `${words.whole(customers)} ${who} have not ordered for more than ${active} days, but not yet for ${lost}. ` +
        (loss === null
          ? `What may be lost is not said, for the predictions are withheld: ${row.reason}.`
          : `They are expected to bring ${words.money(Number(row.predicted_value))} in the next 365 days; weighed with each one's churn risk, ` +
            `${words.money(loss)} of it is at stake. That is a forecast, not what they have spent (${words.money(Number(row.historic_value))}).`),
      ...{ value: customers, unit: 'customers', money: loss },
      recommendation: 'Start with the Retention list of campaign_targets.',
      evidenceSql: evidence(published),
    },
  ];
}
