import { type Duration, shareWithEventBy } from '../analytics/kaplan-meier.ts';
import type { Fact, InsightContext, Relation } from './candidate.ts';

const HORIZON_DAYS = 365;
const SHORTEST_HORIZON_DAYS = 30;

/** How many customers have ordered once, and what that share becomes when young customers are given their time. */
export async function oneOrderShare(context: InsightContext): Promise<readonly Fact[]> {
  const { query, ref, published, words } = context;
  const evidence = (at: Relation) =>
    `select count(*) filter (where total_orders = 1) as one_order, count(*) as customers from ${at('dim_customer')} where total_orders > 0`;
  const [counts = {}] = await query(evidence(ref));
  const [oneOrder, all] = [Number(counts.one_order ?? 0), Number(counts.customers ?? 0)];
  if (all === 0) return [];
  const durations = await secondOrderDurations(context);
  const byDays = Math.min(HORIZON_DAYS, Math.max(0, ...durations.map(({ days }) => days)));
  const share = (100 * oneOrder) / all;
  return [
    {
      ...{ type: 'conversion', title: `Customer conversion: ${words.percent(share, 2)} have ordered once` },
      description:
        `${words.whole(oneOrder)} of ${words.whole(all)} customers have ordered once so far.` +
        (byDays < SHORTEST_HORIZON_DAYS
          ? ` The history of ${byDays} days is too short to say how many will order again.`
          : ` Counting that young customers have had less time, ${words.percent(100 * shareWithEventBy(durations, byDays))} order again within ${byDays} days of the first order (Kaplan-Meier).`),
      ...{ value: Number(share.toFixed(2)), unit: 'percent of customers', money: null },
      recommendation: 'Work on the second order: welcome mail, refill reminder, a reason to come back.',
      evidenceSql: evidence(published),
    },
  ];
}

/** Days from the first purchase day to the second, or to the as-of date where there was none yet. */
async function secondOrderDurations({ query, ref, shop }: InsightContext): Promise<Duration[]> {
  const truncated = shop.leftTruncatedUntil;
  const rows = await query(`
    select
      coalesce(days_to_next_purchase, cast('${shop.asOf}' as date) - purchase_date) as days,
      count(next_purchase_date) as events,
      count(*) - count(next_purchase_date) as censored
    from ${ref('agg_purchase_days')}
    where purchase_number = 1 ${truncated === null ? '' : `and first_purchase_date > date '${truncated}'`}
    group by 1 order by 1`);
  return rows.map(({ days, events, censored }) => ({
    ...{ days: Number(days), events: Number(events), censored: Number(censored) },
  }));
}
