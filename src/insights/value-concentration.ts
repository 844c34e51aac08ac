import { concentrationShift, type SpendSums, topShare } from '../analytics/evidence/concentration-shift.ts';
import type { Candidate, InsightContext, Relation } from './candidate.ts';
import { chance, LEVEL_WORDS } from './words.ts';

const TOP_SHARES = [0.1, 0.2] as const;
const PERIOD_DAYS = 365;
/** Two periods, and one before them so that neither is of a shop that has just begun. */
const NEEDED_DAYS = 3 * PERIOD_DAYS;

/** Whether the best buyers of a year bring another share of its revenue than those of the year before. */
export async function valueConcentration(context: InsightContext): Promise<readonly Candidate[]> {
  const { query, ref, published, shop } = context;
  const candidates: Candidate[] = [];
  for (const share of TOP_SHARES) {
    const sql = (at: Relation) => evidence(at, shop.asOf, share);
    const rows = shop.historyDays < NEEDED_DAYS ? [] : await query(sql(ref));
    const sums = rows.map((row): SpendSums => {
      const [buyers = 0, limit = 0, amount = 0, above = 0, amountSquares = 0, aboveSquares = 0, products = 0] = [
        ...[row.buyers, row.limit_amount, row.amount, row.above, row.amount_squares, row.above_squares, row.products],
      ].map(Number);
      return { buyers, limit, amount, above, amountSquares, aboveSquares, products };
    });
    candidates.push(judgeConcentration(sums, share, context, sql(published)));
  }
  return candidates;
}

function evidence(at: Relation, asOf: string, share: number): string {
  const back = `cast('${asOf}' as date) - purchase_date`;
  const period = `case when ${back} < ${PERIOD_DAYS} then 0 else 1 end`;
  const squared = (product: string) => `sum(cast(${product} as decimal(38, 4)))`;
  return (
    `with buyers as (select ${period} as period, customer_id, sum(purchase_amount) as amount from ${at('agg_purchase_days')} ` +
    `where ${back} < ${2 * PERIOD_DAYS} group by 1, 2), ` +
    `limits as (select period, cast(percentile_cont(${1 - share}) within group (order by cast(amount as double precision)) as decimal(18, 2)) ` +
    'as limit_amount from buyers group by 1), ' +
    'amounts as (select buyers.period, limit_amount, cast(amount as decimal(18, 2)) as amount, ' +
    'cast(greatest(amount - limit_amount, 0) as decimal(18, 2)) as above from buyers inner join limits on buyers.period = limits.period) ' +
    'select period, limit_amount, count(*) as buyers, sum(amount) as amount, sum(above) as above, ' +
    `${squared('amount * amount')} as amount_squares, ${squared('above * above')} as above_squares, ${squared('amount * above')} as products ` +
    'from amounts group by 1, 2 order by 1'
  );
}

/** The comparison of the last period, which comes first, with the one before. */
export function judgeConcentration(
  [last, before]: readonly SpendSums[],
  share: number,
  { words }: Pick<InsightContext, 'words'>,
  evidenceSql: string,
): Candidate {
  const top = `top ${Math.round(100 * share)} %`;
  const base = {
    ...{ key: `concentration ${share}`, type: 'value_concentration', unit: 'percentage points', evidenceSql },
    comparison: `share of the ${top} of a year's buyers in what all pay: last ${PERIOD_DAYS} days against the ${PERIOD_DAYS} before`,
  };
  if (last === undefined || before === undefined) {
    return { ...base, evidence: null, notTried: `the history is too short: ${NEEDED_DAYS} days are needed` };
  }
  const evidence = concentrationShift(last, before, share);
  if (evidence === null) return { ...base, evidence: null, notTried: 'too few buyers to tell' };
  const percents = [last, before].map((sums) => words.percent(100 * topShare(sums, share).value));
  return {
    ...base,
    evidence,
    money: Math.abs(0.01 * evidence.effect) * last.amount,
    story: {
      title: `The ${top} of the buyers bring ${percents[0]} of the year's revenue, ${percents[1]} the year before`,
      description:
        `${words.whole(last.buyers)} customers bought in the last ${PERIOD_DAYS} days, ${words.whole(before.buyers)} in the ${PERIOD_DAYS} before ` +
        `(difference in ${LEVEL_WORDS} ${(evidence.low ?? 0).toFixed(1)} to ${(evidence.high ?? 0).toFixed(1)} percentage points, ${chance(evidence.pValue)}).`,
      recommendation:
        evidence.effect > 0
          ? 'Revenue depends on fewer customers than before: look after them, and win more of their kind.'
          : 'Revenue depends less on few customers than before: see whether the best ones buy less, or the others more.',
    },
  };
}
