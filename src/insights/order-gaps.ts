import { shareShift } from '../analytics/evidence/share-shift.ts';
import type { Share } from '../analytics/homogeneity.ts';
import type { Candidate, InsightContext, Relation } from './candidate.ts';
import { BLOCK_DAYS, blockOf, blocksIn } from './day-blocks.ts';
import { chance } from './words.ts';

const FEWEST_EARLIER = 4;

/** Whether the last weeks have more days without an order than the weeks before: orders that are missing in the file, or a shop that was closed. */
export async function orderGaps(context: InsightContext): Promise<readonly Candidate[]> {
  const { query, ref, published, shop } = context;
  const blocks = blocksIn(shop);
  const evidence = (at: Relation) =>
    `select ${blockOf('full_date', shop)} as block, count(*) as days, count(*) filter (where total_orders = 0) as days_without_orders ` +
    `from ${at('agg_sales_daily')} where ${blockOf('full_date', shop)} < ${blocks} group by 1 order by 1`;
  const rows = await query(evidence(ref));
  const shares = rows.map((row) => ({ successes: Number(row.days_without_orders), total: Number(row.days) }));
  return [judgeGaps(shares, context, evidence(published))];
}

/** The comparison of the last block, which comes first, with the earlier ones. */
export function judgeGaps(
  [last, ...earlier]: readonly Share[],
  { words, shop }: Pick<InsightContext, 'words' | 'shop'>,
  evidenceSql: string,
): Candidate {
  const base = {
    ...{ key: 'order_gaps', type: 'order_gaps', unit: 'percentage points of the days', evidenceSql },
    comparison: `days without an order: last ${BLOCK_DAYS} days against the blocks of ${BLOCK_DAYS} days before`,
  };
  if (last === undefined || earlier.length < FEWEST_EARLIER) {
    const notTried = `the history is too short: ${(FEWEST_EARLIER + 1) * BLOCK_DAYS} days are needed`;
    return { ...base, evidence: null, notTried };
  }
  const evidence = shareShift(last, earlier);
  if (evidence === null) return { ...base, evidence: null, notTried: 'every day has orders' };
  const before = earlier.reduce((sum, { successes }) => sum + successes, 0);
  const days = earlier.reduce((sum, { total }) => sum + total, 0);
  const usual = (before / days) * last.total;
  const isMore = evidence.effect > 0;
  const counted = `${last.successes} of the last ${last.total} days`;
  return {
    ...base,
    evidence,
    money: (Math.abs(last.successes - usual) * shop.yearRevenue) / 365,
    story: {
      title: `${counted} ${last.successes === 1 ? 'has' : 'have'} no order, ${usual.toFixed(1)} would be usual`,
      description:
        `In the ${words.whole(days)} days before, ${words.whole(before)} had none (${chance(evidence.pValue)}). ` +
        (isMore
          ? 'A shop that was closed looks the same as orders that are missing in the file.'
          : 'The shop sells on more days than before.'),
      recommendation: isMore
        ? 'Compare these days with the shop itself; load the file again if orders are missing.'
        : 'Nothing to do; comparisons with earlier weeks are of a smaller shop.',
    },
  };
}
