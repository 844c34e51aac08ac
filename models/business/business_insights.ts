import { testHomogeneity } from '../../src/analytics/homogeneity.ts';
import { type Duration, shareWithEventBy } from '../../src/analytics/kaplan-meier.ts';
import type { CellValue, CodeModelContext } from '../../src/project/model.ts';
import { defineModel } from '../../src/project/model.ts';

const SMALLEST_COHORT = 30;
const HORIZON_DAYS = 365;
const SHORTEST_HORIZON_DAYS = 30;

interface Finding {
  readonly insight_type: string;
  readonly insight_title: string;
  readonly insight_description: string;
  readonly metric_value: number | null;
  readonly metric_unit: string;
  readonly p_value: number | null;
  readonly recommendation: string;
  readonly priority_level: number;
  readonly evidence_sql: string;
}

const integer = (value: CellValue | undefined) => Number(value ?? 0);

/** Writes numbers and money as the shop's settings say. */
function formats({ vars }: CodeModelContext) {
  const locale = String(vars.get('locale'));
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: String(vars.get('currency')),
    maximumFractionDigits: 0,
  });
  const percent = (value: number, digits: number) => `${value.toFixed(digits)} %`;
  return { whole: (value: number) => whole.format(value), money: (value: number) => money.format(value), percent };
}

/** A p-value as people write it; one that rounds to zero is not zero. */
function probability(pValue: number): string {
  return pValue < 0.001 ? 'p < 0.001' : `p = ${pValue.toFixed(pValue < 0.1 ? 3 : 2)}`;
}

type Formats = ReturnType<typeof formats>;

/** How many customers have ordered once, and what that share becomes when young customers are given their time. */
async function conversion(context: CodeModelContext, { whole, percent }: Formats): Promise<Finding[]> {
  const evidence = (customers: string) =>
    `select count(*) filter (where total_orders = 1) as one_order, count(*) as customers from ${customers} where total_orders > 0`;
  const [counts = {}] = await context.query(evidence(context.ref('dim_customer')));
  const oneOrder = integer(counts.one_order);
  const all = integer(counts.customers);
  if (all === 0) return [];
  const durations = await secondOrderDurations(context);
  const oldest = Math.max(...durations.map(({ days }) => days));
  const byDays = Math.min(HORIZON_DAYS, oldest);
  const secondOrder = 100 * shareWithEventBy(durations, byDays);
  const share = (100 * oneOrder) / all;
  return [
    {
      insight_type: 'conversion',
      insight_title: `Customer conversion: ${percent(share, 2)} have ordered once`,
      insight_description:
        `${whole(oneOrder)} of ${whole(all)} customers have ordered once so far.` +
        (byDays < SHORTEST_HORIZON_DAYS
          ? ` The history of ${byDays} days is too short to say how many will order again.`
          : ` Counting that young customers have had less time, ${percent(secondOrder, 1)} order again within ${byDays} days of the first order (Kaplan-Meier).`),
      metric_value: Number(share.toFixed(2)),
      metric_unit: 'percent of customers',
      p_value: null,
      recommendation: 'Work on the second order: welcome mail, refill reminder, a reason to come back.',
      priority_level: 1,
      evidence_sql: evidence(context.published('dim_customer')),
    },
  ];
}

/** Days from the first purchase day to the second, or to the as-of date where there was none yet. */
async function secondOrderDurations({ query, ref }: CodeModelContext): Promise<Duration[]> {
  const rows = await query(`
    with second_days as (
      select customer_id, min(days_since_customer_first_order) as days_to_second
      from ${ref('dim_order')}
      where days_since_customer_first_order > 0
      group by customer_id
    )
    select
      coalesce(second_days.days_to_second, customers.days_since_first_order) as days,
      count(second_days.days_to_second) as events,
      count(*) - count(second_days.days_to_second) as censored
    from ${ref('dim_customer')} as customers
    left join second_days on customers.customer_id = second_days.customer_id
    cross join ${ref('observation_window')} as observation
    where customers.total_orders > 0
      and (observation.left_truncated_until is null or customers.first_order_date > observation.left_truncated_until)
    group by 1
    order by 1`);
  return rows.map((row) => ({
    days: integer(row.days),
    events: integer(row.events),
    censored: integer(row.censored),
  }));
}

/** The cohort with the best retention in the month after the first, and whether cohorts differ at all. */
async function bestCohort(context: CodeModelContext, { percent, whole }: Formats): Promise<Finding[]> {
  const evidence = (cohortAnalysis: string) =>
    `select cohort_month, cohort_size, active_customers, retention_rate_percent from ${cohortAnalysis} ` +
    'where months_since_acquisition = 1 and not is_immature and not is_left_truncated order by retention_rate_percent desc, cohort_month';
  const cohorts = await context.query(evidence(context.ref('cohort_analysis')));
  const large = cohorts.filter((cohort) => integer(cohort.cohort_size) >= SMALLEST_COHORT);
  const [best] = large;
  if (best === undefined || large.length < 2) return [];
  const rate = integer(best.retention_rate_percent);
  const test = await testHomogeneity(
    large.map((cohort) => ({ successes: integer(cohort.active_customers), total: integer(cohort.cohort_size) })),
  );
  const differ = test !== undefined && test.pValue < 0.05;
  const verdict =
    test === undefined
      ? 'No cohort came back in that month, so there is nothing to compare.'
      : differ
        ? `The cohorts differ by more than chance explains (${probability(test.pValue)}).`
        : `The cohorts do not differ by more than chance explains (${probability(test.pValue)}): do not read a cause into the lead.`;
  return [
    {
      insight_type: 'cohort',
      insight_title: `Best month-1 cohort: ${best.cohort_month} with ${percent(rate, 1)} retention`,
      insight_description:
        `Of ${whole(integer(best.cohort_size))} customers who first ordered in ${best.cohort_month}, ` +
        `${whole(integer(best.active_customers))} ordered in the month after. ${verdict}`,
      metric_value: rate,
      metric_unit: 'percent of the cohort',
      p_value: test === undefined ? null : test.pValue,
      recommendation: differ
        ? 'Look at what was different about this cohort: channel, offer, products.'
        : 'Do not change plans because of this cohort.',
      priority_level: differ ? 2 : 3,
      evidence_sql: evidence(context.published('cohort_analysis')),
    },
  ];
}

/** Customers among the most valuable who have gone quiet, with what they have spent. */
async function silentHighValue(context: CodeModelContext, { whole, money }: Formats): Promise<Finding[]> {
  const share = Number(context.vars.get('highValueShare'));
  const activeDays = integer(context.vars.get('activeDays') as CellValue);
  const lostDays = integer(context.vars.get('lostDays') as CellValue);
  const evidence = (values: string) =>
    'select count(*) as customers, sum(historic_value) as historic_value from (' +
    `select historic_value, days_since_last_order, rank() over (order by historic_value desc) as value_rank, count(*) over () as base from ${values}` +
    `) as ranked where value_rank <= ${share} * base and days_since_last_order > ${activeDays} and days_since_last_order <= ${lostDays}`;
  const [row = {}] = await context.query(evidence(context.ref('customer_ltv_analysis')));
  const customers = integer(row.customers);
  if (customers === 0) return [];
  const value = integer(row.historic_value);
  return [
    {
      insight_type: 'high_value_silent',
      insight_title: `High-value customers gone quiet: ${whole(customers)}`,
      insight_description:
        `${whole(customers)} customers of the top ${Math.round(100 * share)} % by value have not ordered for more than ${activeDays} days, ` +
        `but not yet for ${lostDays}. They have spent ${money(value)} so far; that is past spend, not a forecast of a loss.`,
      metric_value: customers,
      metric_unit: 'customers',
      p_value: null,
      recommendation: 'Start with the Retention list of campaign_targets.',
      priority_level: 2,
      evidence_sql: evidence(context.published('customer_ltv_analysis')),
    },
  ];
}

/** That the first "new" customers are not new, where it is so. */
async function leftTruncation(context: CodeModelContext, { whole }: Formats): Promise<Finding[]> {
  const evidence = (window: string) =>
    `select cast(left_truncated_until as varchar) as until, left_truncation_reason as reason from ${window} where is_left_truncated`;
  const [row] = await context.query(evidence(context.ref('observation_window')));
  if (row === undefined) return [];
  const counted = (customers: string) =>
    `select count(*) as customers from ${customers} where first_order_date <= date '${row.until}'`;
  const [counts = {}] = await context.query(counted(context.ref('dim_customer')));
  const customers = integer(counts.customers);
  return [
    {
      insight_type: 'left_truncation',
      insight_title: `The data begins in the middle of the shop's life: ${whole(customers)} customers first seen up to ${row.until} are not all new`,
      insight_description:
        `Old customers who order again look like new ones where the data begins (${row.reason}). Customers first seen up to ${row.until} ` +
        'are left out of fits, cohort comparisons and repeat rates.',
      metric_value: customers,
      metric_unit: 'customers',
      p_value: null,
      recommendation: 'Load older orders if there are any; otherwise do not compare the first cohorts with later ones.',
      priority_level: 2,
      evidence_sql: counted(context.published('dim_customer')),
    },
  ];
}

function toRow(finding: Finding, position: number): CellValue[] {
  return [
    position + 1,
    finding.insight_type,
    finding.insight_title,
    finding.insight_description,
    finding.metric_value,
    finding.metric_unit,
    finding.p_value,
    finding.recommendation,
    finding.priority_level,
    finding.evidence_sql,
  ];
}

const columns = [
  { name: 'insight_id', type: 'integer', description: 'number of the insight, from 1' },
  { name: 'insight_type', type: 'text', description: 'conversion, cohort, high_value_silent or left_truncation' },
  { name: 'insight_title', type: 'text', description: 'the finding in one line' },
  { name: 'insight_description', type: 'text', description: 'the finding in plain words, with what it does not say' },
  { name: 'metric_value', type: 'double', description: 'the figure of the title' },
  { name: 'metric_unit', type: 'text', description: 'its unit' },
  {
    name: 'p_value',
    type: 'double',
    description: 'probability of such a difference by chance; null where nothing is compared',
  },
  { name: 'recommendation', type: 'text', description: 'what to do about it' },
  { name: 'priority_level', type: 'integer', description: '1 comes first, 5 last' },
  { name: 'evidence_sql', type: 'text', description: 'the query that gives the figures' },
] as const;

export const model = defineModel({
  description: 'Findings in plain words with their figures, and what they do not prove. One row per finding.',
  dependsOn: ['dim_customer', 'dim_order', 'cohort_analysis', 'customer_ltv_analysis', 'observation_window'],
  grain: ['insight_id'],
  columns,
  checks: [
    'not_null(insight_id, insight_type, insight_title, insight_description, recommendation, priority_level)',
    'unique(insight_id)',
    'range(priority_level, 1, 5)',
    'range(p_value, 0, 1)',
  ],
  async run(context) {
    const words = formats(context);
    const findings = [
      ...(await conversion(context, words)),
      ...(await silentHighValue(context, words)),
      ...(await leftTruncation(context, words)),
      ...(await bestCohort(context, words)),
    ];
    return { columns: columns.map(({ name, type }) => ({ name, type })), rows: findings.map(toRow) };
  },
});
