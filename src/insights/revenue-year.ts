import type { Fact, InsightContext, Relation } from './candidate.ts';

const MONTHS = 12;

/** Revenue of the last twelve complete months beside that of the twelve before: growth, of which nothing is tested. */
export async function revenueYear({ query, ref, published, words, shop }: InsightContext): Promise<readonly Fact[]> {
  // The month in which the data begins is not a whole one.
  const isWhole = shop.firstDate.endsWith('-01') ? '' : ` and period_month > '${shop.firstDate.slice(0, 7)}'`;
  const evidence = (at: Relation) =>
    `select count(*) as months, sum(total_sales) filter (where months_ago <= ${MONTHS}) as revenue, ` +
    `sum(total_sales) filter (where months_ago > ${MONTHS}) as revenue_before from (` +
    'select total_sales, row_number() over (order by period_month desc) as months_ago ' +
    `from ${at('monthly_metrics')} where is_complete${isWhole}) as months where months_ago <= ${2 * MONTHS}`;
  const [row = {}] = await query(evidence(ref));
  const [revenue, before] = [Number(row.revenue ?? 0), Number(row.revenue_before ?? 0)];
  if (Number(row.months ?? 0) < 2 * MONTHS || before <= 0) return [];
  const relative = revenue / before - 1;
  return [
    {
      ...{
        type: 'revenue_year',
        title: `Revenue of the last ${MONTHS} months is ${words.against(relative)} that of the ${MONTHS} before`,
      },
      description: `${words.money(revenue)} against ${words.money(before)}, complete months, net of returns.`,
      ...{ value: Number((100 * relative).toFixed(2)), unit: 'percent of the year before', money: null },
      recommendation: 'Compare it with your plan; which months stand out is tested apart.',
      evidenceSql: evidence(published),
    },
  ];
}
