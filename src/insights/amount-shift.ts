import { FEWEST_VALUES_BEFORE, seriesSurprise } from '../analytics/evidence/series-surprise.ts';
import type { Candidate, InsightContext, Relation } from './candidate.ts';
import { BLOCK_DAYS, blockOf, blocksIn } from './day-blocks.ts';
import { chance, LEVEL_WORDS } from './words.ts';

export interface AmountBlock {
  readonly orders: number;
  readonly amount: number;
}

/** In shorter histories weeks are compared. */
const WEEK_DAYS = 7;

/** Whether the mean amount of an order has jumped: other prices, or another currency, unit or tax in the file. */
export async function amountShift(context: InsightContext): Promise<readonly Candidate[]> {
  const { query, ref, published, shop } = context;
  const days = blocksIn(shop) > FEWEST_VALUES_BEFORE ? BLOCK_DAYS : WEEK_DAYS;
  const block = blockOf('full_date', shop, days);
  const evidence = (at: Relation) =>
    `select ${block} as block, sum(total_orders) as orders, sum(gross_sales) as amount from ${at('agg_sales_daily')} ` +
    `where ${block} < ${blocksIn(shop, days)} group by 1 having sum(total_orders) > 0 order by 1`;
  const rows = await query(evidence(ref));
  const blocks = rows.map(({ orders, amount }) => ({ orders: Number(orders), amount: Number(amount) }));
  return [judgeAmounts(blocks, days, context, evidence(published))];
}

/** The comparison of the last block, which comes first, with the earlier ones. */
export function judgeAmounts(
  blocks: readonly AmountBlock[],
  days: number,
  { words }: Pick<InsightContext, 'words'>,
  evidenceSql: string,
): Candidate {
  const base = {
    ...{ key: 'order_amount', type: 'order_amount', unit: 'percent of the expected amount', evidenceSql },
    comparison: `mean amount of an order: last ${days} days against what the blocks of ${days} days before let expect`,
  };
  const evidence = seriesSurprise(blocks.map(({ orders, amount }) => amount / orders).toReversed());
  const [last] = blocks;
  if (evidence === null || last === undefined) {
    const notTried = `${Math.max(0, blocks.length - 1)} blocks of ${days} days before it, ${FEWEST_VALUES_BEFORE} are needed`;
    return { ...base, evidence: null, notTried };
  }
  const mean = last.amount / last.orders;
  const factor = mean / evidence.expected;
  return {
    ...base,
    evidence,
    money: Math.abs(last.amount - evidence.expected * last.orders),
    story: {
      title: `The mean order of the last ${days} days is ${words.against(evidence.relative)} what was to be expected`,
      description:
        `An order brought ${words.money(mean)}; ${words.money(evidence.expected)} was expected (${LEVEL_WORDS}: ${words.money(evidence.expectedLow)} to ` +
        `${words.money(evidence.expectedHigh)}, ${chance(evidence.pValue)}).${looksLikeUnit(factor) ? ` A factor of about ${factor > 1 ? factor.toFixed(0) : factor.toFixed(3)} looks like another unit or currency.` : ''}`,
      recommendation:
        'First check the file: currency, tax, cents written as whole amounts. Then prices, discounts and large buyers.',
    },
  };
}

/** Whether amounts have changed so much that prices are no explanation. */
const looksLikeUnit = (factor: number): boolean => factor >= 5 || factor <= 0.2;
