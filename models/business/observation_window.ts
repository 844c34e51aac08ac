import type { Duration } from '../../src/analytics/kaplan-meier.ts';
import { chooseChurnHorizon } from '../../src/analytics/observation/churn-horizon.ts';
import { missingEvidence } from '../../src/analytics/observation/evidence-floor.ts';
import { detectLeftTruncation } from '../../src/analytics/observation/left-truncation.ts';
import { medianTime } from '../../src/analytics/observation/median-time.ts';
import { RETURN_DAYS } from '../../src/analytics/observation/newcomer-week.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

/** Distinct histories that are scored one by one. In larger shops, customers whose days nearly agree share one. */
const MOST_CELLS = 50_000;
const CELL_DAYS = [1, 2, 3, 7, 14, 28, 56];

const calendar = ({ vars }: CodeModelContext) => `cast('${vars.get('asOf')}' as date)`;

const columns = [
  { name: 'as_of_date', type: 'date', description: 'the last day looked at' },
  { name: 'first_order_date', type: 'date', description: 'day of the first order; null without orders' },
  { name: 'history_days', type: 'integer', description: 'days between the two' },
  { name: 'buyers', type: 'integer', description: 'customers with an order' },
  {
    name: 'churn_horizon_days',
    type: 'integer',
    description:
      'within so many days without an order a customer counts as churned; null where the history is too short for any',
  },
  {
    name: 'churn_horizon_reason',
    type: 'text',
    description: 'why so many',
  },
  {
    name: 'median_days_to_next_order',
    type: 'integer',
    description:
      'median time from a repeat purchase to the next one (Kaplan-Meier); null where fewer than half have ordered again',
  },
  {
    name: 'returned_customers',
    type: 'integer',
    description: 'customers from before the last horizon who ordered within it',
  },
  { name: 'not_returned_customers', type: 'integer', description: 'customers from before it who did not' },
  {
    name: 'missing_evidence',
    type: 'text',
    description: 'what is missing before anything can be predicted; null where nothing is',
  },
  {
    name: 'is_left_truncated',
    type: 'boolean',
    description:
      'whether the data begins in the middle of the life of the shop, so that its first "new" customers are not new',
  },
  {
    name: 'left_truncated_until',
    type: 'date',
    description:
      'customers first seen up to this day are kept out of fits of purchase models, cohort comparisons and repeat rates; null where the data is not truncated',
  },
  { name: 'left_truncation_reason', type: 'text', description: 'why so, in words' },
  {
    name: 'cell_days',
    type: 'integer',
    description: 'customers whose recency and age agree to so many days share a prediction; 1 but in very large shops',
  },
  { name: 'sample_share', type: 'double', description: 'share of the customers that backtests look at' },
] as const;

/** Days from a repeat purchase to the next one, or to the as-of date where there was none. */
async function returningGaps(context: CodeModelContext): Promise<Duration[]> {
  const rows = await context.query(`
    select
      coalesce(days_to_next_purchase, ${calendar(context)} - purchase_date) as days,
      count(next_purchase_date) as events,
      count(*) - count(next_purchase_date) as censored
    from ${context.ref('agg_purchase_days')}
    where purchase_number > 1
    group by 1 order by 1`);
  return rows.map(({ days: length, events, censored }) => ({
    days: Number(length),
    events: Number(events),
    censored: Number(censored),
  }));
}

/** Newcomers of each week since the first order, and how many of them came back soon. */
async function newcomersByWeek(context: CodeModelContext, firstDate: string) {
  const watched = `first_purchase_date + ${RETURN_DAYS} <= ${calendar(context)}`;
  const rows = await context.query(`
    select
      cast(floor(cast(first_purchase_date - cast('${firstDate}' as date) as double precision) / 7) as integer) as week,
      count(*) as newcomers,
      count(*) filter (where ${watched}) as watched,
      count(*) filter (where ${watched} and days_to_next_purchase <= ${RETURN_DAYS}) as returned
    from ${context.ref('agg_purchase_days')}
    where purchase_number = 1
    group by 1 order by 1`);
  const byWeek = new Map(rows.map((row) => [Number(row.week), row]));
  const weeks = 1 + Math.max(-1, ...byWeek.keys());
  return Array.from({ length: weeks }, (_, week) => {
    const row = byWeek.get(week);
    const count = (name: string) => Number(row?.[name] ?? 0);
    return { week, newcomers: count('newcomers'), watched: count('watched'), returned: count('returned') };
  });
}

/** Customers from before the last horizon: how many ordered within it, and how many did not. */
async function eventsWithin(context: CodeModelContext, horizonDays: number) {
  const cut = `${calendar(context)} - ${horizonDays}`;
  const [row] = await context.query(`
    select
      count(*) filter (where last_date > ${cut}) as returned,
      count(*) filter (where last_date <= ${cut}) as silent
    from (
      select customer_id, max(purchase_date) as last_date from ${context.ref('agg_purchase_days')}
      where first_purchase_date <= ${cut} group by customer_id
    ) as customers`);
  return { returned: Number(row?.returned ?? 0), notReturned: Number(row?.silent ?? 0) };
}

/** The finest grid on which the histories of all customers make few enough cells. */
async function chooseCellDays(context: CodeModelContext, buyers: number): Promise<number> {
  if (buyers <= MOST_CELLS) return 1;
  for (const size of CELL_DAYS) {
    const nearest = (column: string) => `floor((cast(${column} as double precision) + 0.5 * ${size}) / ${size})`;
    const [row] = await context.query(`
      select count(*) as cells from (
        select distinct purchase_number, ${nearest('days_since_first_purchase')} as recency,
          ${nearest(`${calendar(context)} - first_purchase_date`)} as age
        from ${context.ref('agg_purchase_days')} where next_purchase_date is null
      ) as histories`);
    if (Number(row?.cells ?? 0) <= MOST_CELLS) return size;
  }
  return CELL_DAYS.at(-1) ?? 1;
}

interface Horizon {
  readonly days: number | null;
  readonly medianDays: number | null;
  readonly reason: string;
}

/** The setting, or what the gaps between purchases say. */
async function findHorizon(context: CodeModelContext, historyDays: number): Promise<Horizon> {
  const gaps = await returningGaps(context);
  const set = context.vars.get('churnHorizonDays') ?? null;
  if (set !== null) {
    return { days: Number(set), medianDays: medianTime(gaps), reason: `set by churnHorizonDays to ${set} days` };
  }
  return (
    chooseChurnHorizon({ gaps, historyDays }) ?? {
      ...{ days: null, medianDays: medianTime(gaps) },
      reason: `a history of ${historyDays} days is too short for any horizon: 30 days need 90`,
    }
  );
}

const addDays = (date: string, by: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

export const model = defineModel({
  description:
    'What the data allows to say: its length, the horizon of churn, whether it begins in the middle of the shop’s life, and what is missing before anything can be predicted. One row.',
  dependsOn: ['agg_purchase_days'],
  grain: ['as_of_date'],
  columns,
  checks: [
    'not_null(as_of_date, history_days, buyers, churn_horizon_reason, returned_customers, not_returned_customers, is_left_truncated, left_truncation_reason, cell_days, sample_share)',
    'unique(as_of_date)',
    'range(history_days, 0, null)',
    'accepted_values(churn_horizon_days, 30, 60, 90, 180, 365)',
    'range(sample_share, 0, 1)',
  ],
  async run(context) {
    const { query, ref, vars } = context;
    const [base] = await query(`
      select cast(min(first_purchase_date) as varchar) as first_date, ${calendar(context)} - min(first_purchase_date) as days,
        count(*) as buyers
      from ${ref('agg_purchase_days')} where purchase_number = 1`);
    const buyers = Number(base?.buyers ?? 0);
    const firstDate = buyers > 0 ? String(base?.first_date) : null;
    const historyDays = Number(base?.days ?? 0);
    const chosen = await findHorizon(context, historyDays);
    const events = chosen.days === null ? { returned: 0, notReturned: 0 } : await eventsWithin(context, chosen.days);
    const truncation = detectLeftTruncation(firstDate === null ? [] : await newcomersByWeek(context, firstDate));
    const missing = missingEvidence(
      { buyers, historyDays, ...events },
      {
        minBuyers: Number(vars.get('minBuyersForPrediction')),
        minHistoryDays: Number(vars.get('minHistoryDaysForPrediction')),
        minEvents: Number(vars.get('minEventsForPrediction')),
      },
    );
    const truncatedUntil =
      truncation.isTruncated && firstDate !== null ? addDays(firstDate, 7 * truncation.weeks - 1) : null;
    const sample = Number(vars.get('backtestCustomers'));
    const row = [
      String(vars.get('asOf')),
      firstDate,
      historyDays,
      buyers,
      chosen.days,
      chosen.reason,
      chosen.medianDays,
      events.returned,
      events.notReturned,
      missing ?? (chosen.days === null ? chosen.reason : null),
      truncation.isTruncated,
      truncatedUntil,
      truncation.reason,
      await chooseCellDays(context, buyers),
      buyers > sample ? sample / buyers : 1,
    ];
    return { columns: columns.map(({ name, type }) => ({ name, type })), rows: [row] };
  },
});
