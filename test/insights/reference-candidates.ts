import type { Share } from '../../src/analytics/homogeneity.ts';
import { judgeAmounts } from '../../src/insights/amount-shift.ts';
import type { Candidate } from '../../src/insights/candidate.ts';
import { judgeCohorts } from '../../src/insights/cohort-difference.ts';
import { judgeHighValue } from '../../src/insights/high-value-return.ts';
import { lastCompleteMonth, monthName } from '../../src/insights/month-number.ts';
import { judgeGaps } from '../../src/insights/order-gaps.ts';
import { FAULTS, judgeFaults } from '../../src/insights/rejected-share.ts';
import { judgeMonths } from '../../src/insights/revenue-month.ts';
import { judgeWaiting, steps } from '../../src/insights/second-order.ts';
import type { ShopFigures } from '../../src/insights/shop-figures.ts';
import { wordsOf } from '../../src/insights/words.ts';
import { dateOf } from '../support/calendar-days.ts';
import type { SaleRow } from '../support/make-shop.ts';
import { ReferenceAggregates } from './reference-aggregates.ts';

const vars = new Map([
  ['locale', 'en-US'],
  ['currency', 'USD'],
]);

/** The comparisons of a shop, judged by the functions of the engine on aggregates that were not made by it. */
export async function referenceCandidates(
  rows: readonly SaleRow[],
  faults: readonly Share[] = [],
): Promise<{ candidates: Candidate[]; yearRevenue: number }> {
  const aggregates = new ReferenceAggregates(rows);
  const { firstDay, asOf } = aggregates;
  const year = aggregates.revenueSince(asOf - 365);
  const shop: ShopFigures = {
    ...{ asOf: dateOf(asOf), firstDate: dateOf(firstDay), historyDays: asOf - firstDay, leftTruncatedUntil: null },
    ...{ yearRevenue: year.revenue, averageOrder: year.revenue / year.orders },
  };
  const last = lastCompleteMonth(shop.asOf);
  const context = { words: wordsOf({ vars }), shop };
  const cohorts = aggregates.cohorts(last).map((one) => ({ ...one, month: monthName(Number(one.month)) }));
  const [fault] = FAULTS;
  const candidates = [
    ...judgeMonths(aggregates.months(last), context.words, () => ''),
    ...steps.map((step) => judgeWaiting(step, aggregates.waiting(step.purchase, last), last, context, '')),
    ...(await judgeCohorts(cohorts, context, '')),
    judgeHighValue(aggregates.cuts(), 90, context, ''),
    judgeGaps(aggregates.gaps(), context, ''),
    judgeAmounts(aggregates.amounts(), 28, context, ''),
    ...(fault === undefined || faults.length === 0 ? [] : [judgeFaults(fault, 'weeks', faults, context, '')]),
  ];
  return { candidates, yearRevenue: year.revenue };
}
