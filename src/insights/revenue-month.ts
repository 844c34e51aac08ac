import { FEWEST_VALUES_BEFORE, type SeriesMethod, seriesSurprise } from '../analytics/evidence/series-surprise.ts';
import type { Candidate, InsightContext, Relation } from './candidate.ts';
import { daysInMonth, monthName, monthNumber } from './month-number.ts';
import { chance, LEVEL_WORDS, type Words } from './words.ts';

/** The last so many complete months are tested, each with what lies before it. */
const TESTED_MONTHS = 3;

export interface MonthRevenue {
  readonly month: number;
  readonly revenue: number;
}

const METHOD_WORDS: Readonly<Record<SeriesMethod, string>> = {
  last: 'the month before carried on',
  level: 'the level of the six months before',
  trend: 'a straight line through the months before',
  season: 'the same month of the year before times the growth since',
};

/** Revenue of the last months against what the months before each of them let expect. */
export async function revenueMonths(context: InsightContext): Promise<readonly Candidate[]> {
  const { query, ref, published, words, shop } = context;
  const evidence = (at: Relation) =>
    `select period_month, total_sales from ${at('monthly_metrics')} where is_complete order by period_month`;
  const rows = await query(evidence(ref));
  const months = rows.map((row) => ({
    month: monthNumber(String(row.period_month)),
    revenue: Number(row.total_sales),
  }));
  // A month in which the data begins is not a whole one.
  const whole = Number(shop.firstDate.slice(8)) === 1 ? months : months.slice(1);
  return judgeMonths(whole, words, (month) =>
    evidence(published).replace('is_complete', `is_complete and period_month <= '${monthName(month)}'`),
  );
}

/** The comparisons of whole months, oldest first. Months are made comparable by revenue per day. */
export function judgeMonths(
  months: readonly MonthRevenue[],
  words: Words,
  evidenceSql: (month: number) => string,
): Candidate[] {
  return months.slice(-TESTED_MONTHS).map((tested): Candidate => {
    const name = monthName(tested.month);
    const known = months.filter(({ month }) => month <= tested.month);
    const base = {
      ...{ key: `revenue_month ${name}`, type: 'revenue_month', unit: 'percent of the expected revenue' },
      comparison: `revenue of ${name} against what the months before let expect`,
      evidenceSql: evidenceSql(tested.month),
    };
    const evidence = seriesSurprise(
      known.map(({ month, revenue }) => revenue / daysInMonth(month)),
      { season: true },
    );
    if (evidence === null) {
      const before = `${known.length - 1} complete ${known.length === 2 ? 'month' : 'months'} with revenue before it`;
      return { ...base, evidence: null, notTried: `${before}, ${FEWEST_VALUES_BEFORE} are needed` };
    }
    const days = daysInMonth(tested.month);
    const [expected, low, high] = [evidence.expected, evidence.expectedLow, evidence.expectedHigh].map((x) => x * days);
    const isLess = evidence.effect < 0;
    return {
      ...base,
      evidence,
      money: Math.abs(tested.revenue - (expected ?? 0)),
      story: {
        title: `Revenue of ${name} was ${words.against(evidence.relative)} what was to be expected`,
        description:
          `${words.money(tested.revenue)} came in; ${words.money(expected ?? 0)} was expected (${LEVEL_WORDS}: ${words.money(low ?? 0)} to ` +
          `${words.money(high ?? 0)}), by ${METHOD_WORDS[evidence.method]}. How far this may be off is known from ${evidence.pastForecasts} ` +
          `such forecasts of earlier months (${chance(evidence.pValue)}). It does not say why.`,
        recommendation: isLess
          ? `Look for what was different in ${name}: visitors, stock, prices, payment, a campaign that did not run, orders missing in the file.`
          : `Find out what brought ${name} ahead, a campaign, a season, a large buyer, and whether it can be repeated.`,
      },
    };
  });
}
