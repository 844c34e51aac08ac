import { waitingShift } from '../analytics/evidence/waiting-shift.ts';
import type { Duration } from '../analytics/kaplan-meier.ts';
import type { Candidate, InsightContext, Relation } from './candidate.ts';
import { lastCompleteMonth, monthName } from './month-number.ts';
import { chance, LEVEL_WORDS } from './words.ts';

/** Orders within so many days are looked at. */
export const WATCHED_DAYS = 90;
/** The last complete months are compared with the months before them. */
const [RECENT_MONTHS, EARLIER_MONTHS, FEWEST_EARLIER] = [3, 12, 3];

/** Customers of a month whose order number `step` was in it, by how long they waited for the next one. */
export interface WaitingMonth {
  readonly month: number;
  readonly durations: readonly Duration[];
}

export interface Step {
  readonly key: string;
  readonly type: string;
  /** Number of the purchase from which is waited. */
  readonly purchase: number;
  readonly next: string;
  readonly who: string;
}

export const steps: readonly Step[] = [
  {
    ...{ key: 'second_order', type: 'second_order', purchase: 1, next: 'a second time' },
    who: 'customers who first ordered',
  },
  {
    ...{ key: 'third_order', type: 'third_order', purchase: 2, next: 'a third time' },
    who: `customers who ordered a second time, within ${WATCHED_DAYS} days of the first,`,
  },
];

/** Whether new and returning customers come back as often and as soon as those of the months before. */
export async function secondOrders(context: InsightContext): Promise<readonly Candidate[]> {
  const { query, ref, published, shop } = context;
  const last = lastCompleteMonth(shop.asOf);
  const candidates: Candidate[] = [];
  for (const step of steps) {
    const rows = await query(evidence(step, last, shop, ref));
    const byMonth = Map.groupBy(rows, ({ month }) => Number(month));
    const months = [...byMonth].map(([month, all]) => ({
      month,
      durations: all.map(({ days, events, censored }) => ({
        ...{ days: Number(days), events: Number(events), censored: Number(censored) },
      })),
    }));
    candidates.push(judgeWaiting(step, months, last, context, evidence(step, last, shop, published)));
  }
  return candidates;
}

function evidence(step: Step, last: number, shop: InsightContext['shop'], at: Relation): string {
  const first = last - RECENT_MONTHS - EARLIER_MONTHS + 1;
  const truncated = shop.leftTruncatedUntil;
  const waited = `coalesce(days_to_next_purchase, cast('${shop.asOf}' as date) - purchase_date)`;
  const came = `coalesce(days_to_next_purchase <= ${WATCHED_DAYS}, false)`;
  return (
    'select cast(12 * extract(year from purchase_date) + extract(month from purchase_date) - 1 as integer) as month, ' +
    `least(${WATCHED_DAYS}, ${waited}) as days, count(*) filter (where ${came}) as events, count(*) filter (where not ${came}) as censored ` +
    `from ${at('agg_purchase_days')} where purchase_number = ${step.purchase} and purchase_date >= date '${monthName(first)}-01'` +
    ` and purchase_date < date '${monthName(last + 1)}-01'` +
    (step.purchase > 1 ? ` and days_since_previous_purchase <= ${WATCHED_DAYS}` : '') +
    (truncated === null ? '' : ` and first_purchase_date > date '${truncated}'`) +
    ' group by 1, 2 order by 1, 2'
  );
}

export function judgeWaiting(
  { key, type, who, next }: Step,
  months: readonly WaitingMonth[],
  last: number,
  { words, shop }: Pick<InsightContext, 'words' | 'shop'>,
  evidenceSql: string,
): Candidate {
  const recent = months.filter(({ month }) => month > last - RECENT_MONTHS);
  const earlier = months.filter(({ month }) => month <= last - RECENT_MONTHS).toSorted((a, b) => a.month - b.month);
  const period = `${monthName(last - RECENT_MONTHS + 1)} to ${monthName(last)}`;
  const base = {
    ...{ key, type, unit: 'percent of the expected orders', evidenceSql },
    comparison: `share that orders ${next} within ${WATCHED_DAYS} days: ${who} in ${period}, against the ${EARLIER_MONTHS} months before`,
  };
  if (earlier.length < FEWEST_EARLIER) {
    return { ...base, evidence: null, notTried: `${earlier.length} earlier months, ${FEWEST_EARLIER} are needed` };
  }
  const durations = recent.flatMap((month) => month.durations);
  const shift = waitingShift(
    durations,
    earlier.map((month) => month.durations),
    WATCHED_DAYS,
  );
  if (shift === null) return { ...base, evidence: null, notTried: 'too few repeat orders to tell' };
  const members = durations.reduce((sum, { events, censored }) => sum + events + censored, 0);
  const events = durations.reduce((sum, one) => sum + one.events, 0);
  const isLess = shift.effect < 0;
  return {
    ...base,
    evidence: shift,
    money: Math.abs(shift.observed - shift.expected) * shop.averageOrder,
    story: {
      title: `${isLess ? 'Fewer' : 'More'} customers order ${next}: ${words.percent(100 * shift.share)} within ${WATCHED_DAYS} days, ${words.percent(100 * shift.usualShare)} before`,
      description:
        `Of ${words.whole(members)} ${who} in ${period}, ${words.percent((100 * events) / members)} have ordered ${next} so far; counting that some ` +
        `have had less than ${WATCHED_DAYS} days, ${words.percent(100 * shift.share)} do within ${WATCHED_DAYS} days (Kaplan-Meier). In the ` +
        `${EARLIER_MONTHS} months before it was ${words.percent(100 * shift.usualShare)}, both watched for the same ${WATCHED_DAYS} days: ${words.whole(shift.observed)} such orders came, ${words.whole(shift.expected)} were expected (` +
        `difference in ${LEVEL_WORDS} ${(shift.low ?? 0).toFixed(0)} to ${(shift.high ?? 0).toFixed(0)} %, log-rank test ${chance(shift.pValue)}).`,
      recommendation: isLess
        ? 'Compare how these customers were won and what they bought; check that the mails after an order still go out.'
        : 'Find out what these customers were offered, and keep it.',
    },
  };
}
