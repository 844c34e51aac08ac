import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type PlannedLook, planLooks } from '../../src/analytics/experiments/alpha-spending.ts';
import { type Arm, armOf } from '../../src/analytics/experiments/arm.ts';
import { type Resampling, resample } from '../../src/analytics/experiments/bootstrap.ts';
import { type Difference, type Readout, readOut } from '../../src/analytics/experiments/read-out.ts';
import { verdictInWords, verdictOf, verdicts } from '../../src/analytics/experiments/verdict.ts';
import { normalCdf } from '../../src/analytics/numeric/normal.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { type CodeModelContext, defineModel, type ResultRows } from '../../src/project/model.ts';

const columns = [
  { name: 'launch_id', type: 'text', description: 'the launch' },
  { name: 'campaign_type', type: 'text', description: 'Win-Back, Retention, Cross-Sell or Loyalty' },
  {
    name: 'look_number',
    type: 'integer',
    description: '1 to 4, 4 at the end of the window; 0 as long as no look has been reached',
  },
  { name: 'launched_on', type: 'date', description: 'the day of the launch; orders count from the day after' },
  { name: 'window_days', type: 'integer', description: 'days of the window that is measured' },
  { name: 'look_day', type: 'date', description: 'the last day whose orders count; the launch day for look 0' },
  { name: 'share_of_window', type: 'double', description: 'share of the window that is over at this look, planned' },
  { name: 'is_final', type: 'boolean', description: 'the window is over' },
  { name: 'is_latest', type: 'boolean', description: 'the latest look of this launch and type that has been reached' },
  { name: 'next_look_on', type: 'date', description: 'the day of the look after this one; null at the last' },
  { name: 'targets', type: 'integer', description: 'customers who were to be contacted, whether they were or not' },
  { name: 'controls', type: 'integer', description: 'customers who were to be left alone' },
  { name: 'target_converters', type: 'integer', description: 'targets with an order since the launch' },
  { name: 'control_converters', type: 'integer', description: 'controls with an order since the launch' },
  { name: 'target_conversion_percent', type: 'double', description: 'targets with an order in percent of all targets' },
  { name: 'control_conversion_percent', type: 'double', description: 'controls with an order, likewise' },
  {
    name: 'conversion_difference_points',
    type: 'double',
    description:
      'targets less controls in percentage points; this and all that compares is null before look 1 and without a control group',
  },
  { name: 'conversion_low', type: 'double', description: 'lower end of its interval (Newcombe)' },
  { name: 'conversion_high', type: 'double', description: 'upper end of it; the verdict says whether 0 lies outside' },
  {
    name: 'interval_level_percent',
    type: 'double',
    description: 'level of the intervals of this look, so that those of all looks together hold the truth in 95 %',
  },
  { name: 'critical_z', type: 'double', description: 'standard errors beyond which a difference counts as evidence' },
  {
    name: 'alpha_spent',
    type: 'double',
    description: 'probability, without an effect, of evidence at this look or before',
  },
  {
    name: 'revenue_per_target',
    type: 'decimal(18,2)',
    description: 'revenue since the launch per target, before returns',
  },
  { name: 'revenue_per_control', type: 'decimal(18,2)', description: 'revenue since the launch per control, likewise' },
  { name: 'revenue_difference', type: 'decimal(18,2)', description: 'targets less controls, per customer' },
  {
    name: 'revenue_low',
    type: 'decimal(18,2)',
    description: 'lower end of its interval (studentized bootstrap); null likewise, and as long as nobody has ordered',
  },
  { name: 'revenue_high', type: 'decimal(18,2)', description: 'upper end of it; null likewise' },
  {
    name: 'cuped_theta',
    type: 'double',
    description: 'share of the predicted revenue that is taken off each customer; 0 where it does not help',
  },
  {
    name: 'cuped_difference',
    type: 'decimal(18,2)',
    description: 'difference in revenue per customer, less what was predicted of them at the launch',
  },
  { name: 'cuped_low', type: 'decimal(18,2)', description: 'lower end of its interval; null likewise' },
  { name: 'cuped_high', type: 'decimal(18,2)', description: 'upper end of it; null likewise' },
  {
    name: 'variance_reduction_percent',
    type: 'double',
    description: 'by how much the prediction makes the variance of the revenue difference smaller',
  },
  {
    name: 'incremental_revenue',
    type: 'decimal(18,2)',
    description: 'cuped_difference for all targets together: what the campaign brought, before its costs',
  },
  { name: 'incremental_low', type: 'decimal(18,2)', description: 'lower end of its interval; null likewise' },
  { name: 'incremental_high', type: 'decimal(18,2)', description: 'upper end of it; null likewise' },
  {
    name: 'verdict',
    type: 'text',
    description:
      'more, fewer, no evidence, too early or no control group; of the share who ordered, not of the revenue',
  },
  { name: 'verdict_in_words', type: 'text', description: 'the verdict as a sentence' },
] as const;

/** Probability that any look of a launch finds evidence where there is no effect. */
const alpha = 0.05;
/** Shares of the window at whose ends a launch is looked at; look 1 is the first of them. */
const shares = [0.25, 0.5, 0.75, 1];
const draws = 999;
const seed = 1998;

function readOutcomes({ query, ref }: CodeModelContext): Promise<ResultRows> {
  return query(`
    select
      launch_id, campaign_type, look_number, campaign_group, bucket, buckets, launched_on, window_days, look_day,
      next_look_on, customers, converters, revenue, revenue_squares, expected_revenue, expected_squares, products
    from ${ref('campaign_outcomes')}
    order by launch_id, campaign_type, look_number, campaign_group, bucket`);
}

function armIn(rows: ResultRows, group: 'target' | 'control'): Arm {
  const own = rows.filter((row) => row.campaign_group === group);
  const buckets = own.map((row) => ({
    bucket: Number(row.bucket),
    customers: Number(row.customers),
    converters: Number(row.converters),
    revenue: Number(row.revenue),
    revenueSquares: Number(row.revenue_squares),
    expected: Number(row.expected_revenue),
    expectedSquares: Number(row.expected_squares),
    products: Number(row.products),
  }));
  return armOf(buckets, Number(own[0]?.buckets ?? 0));
}

/** Draws for arms with so many buckets: the same in every run, and made once. */
function sharedResamplings(): (targets: Arm, controls: Arm) => Resampling {
  const made = new Map<string, Resampling>();
  return (targets, controls) => {
    const key = `${targets.buckets} ${controls.buckets}`;
    const generator = xoroshiro128plus(seed);
    const resampling =
      made.get(key) ?? resample(targets.buckets, controls.buckets, draws, () => uniformFloat64(generator));
    made.set(key, resampling);
    return resampling;
  };
}

const percent = ({ converters, customers }: Arm) => (customers === 0 ? null : (100 * converters) / customers);
const perCustomer = ({ sums, customers }: Arm) => (customers === 0 ? null : money(sums.y / customers));

/** Never -0.00. */
function money(value: number): string {
  return (Math.round(100 * value) / 100 + 0).toFixed(2);
}

function moneyOf(difference: Difference | undefined, times = 1) {
  if (difference === undefined) return { value: null, low: null, high: null };
  const { value, interval } = difference;
  return {
    value: money(times * value),
    low: interval === null ? null : money(times * interval.low),
    high: interval === null ? null : money(times * interval.high),
  };
}

function comparedColumns(readout: Readout | null, targets: number) {
  const conversion = readout?.conversion;
  const revenue = moneyOf(readout?.revenue);
  const adjusted = moneyOf(readout?.adjusted);
  const total = moneyOf(readout?.adjusted, targets);
  return {
    conversion_difference_points: conversion === undefined ? null : 100 * conversion.value,
    conversion_low: conversion === undefined ? null : 100 * conversion.interval.low,
    conversion_high: conversion === undefined ? null : 100 * conversion.interval.high,
    revenue_difference: revenue.value,
    revenue_low: revenue.low,
    revenue_high: revenue.high,
    cuped_theta: readout?.theta ?? null,
    cuped_difference: adjusted.value,
    cuped_low: adjusted.low,
    cuped_high: adjusted.high,
    variance_reduction_percent: readout?.varianceReductionPercent ?? null,
    incremental_revenue: total.value,
    incremental_low: total.low,
    incremental_high: total.high,
  };
}

/** The rows of one launch, type and look, as one row of the result. */
function resultRow(
  rows: ResultRows,
  isLatest: boolean,
  looks: readonly PlannedLook[],
  resamplingFor: ReturnType<typeof sharedResamplings>,
) {
  const [first = {}] = rows;
  const [targets, controls] = [armIn(rows, 'target'), armIn(rows, 'control')];
  const number = Number(first.look_number);
  const look = number === 0 ? undefined : looks[number - 1];
  const canCompare = look !== undefined && targets.customers > 0 && controls.customers > 0;
  const readout = canCompare ? readOut(targets, controls, look.criticalZ, resamplingFor(targets, controls)) : null;
  const isFinal = number === shares.length;
  const judged = { targets: targets.customers, controls: controls.customers, isFinal, readout };
  return {
    launch_id: first.launch_id ?? null,
    campaign_type: first.campaign_type ?? null,
    look_number: number,
    launched_on: first.launched_on ?? null,
    window_days: Number(first.window_days),
    look_day: first.look_day ?? null,
    share_of_window: look?.information ?? 0,
    is_final: isFinal,
    is_latest: isLatest,
    next_look_on: first.next_look_on ?? null,
    targets: targets.customers,
    controls: controls.customers,
    target_converters: targets.converters,
    control_converters: controls.converters,
    target_conversion_percent: percent(targets),
    control_conversion_percent: percent(controls),
    interval_level_percent: look === undefined ? null : 100 * (1 - 2 * normalCdf(-look.criticalZ)),
    critical_z: look?.criticalZ ?? null,
    alpha_spent: look?.alphaSpent ?? 0,
    revenue_per_target: perCustomer(targets),
    revenue_per_control: perCustomer(controls),
    ...comparedColumns(readout, targets.customers),
    verdict: verdictOf(judged),
    verdict_in_words: verdictInWords(judged),
  };
}

export const model = defineModel({
  description:
    'What launched campaigns brought, customers to be contacted against customers to be left alone, at each look that has been reached. One row per launch, campaign type and look.',
  dependsOn: ['campaign_outcomes'],
  grain: ['launch_id', 'campaign_type', 'look_number'],
  columns,
  checks: [
    'not_null(launch_id, campaign_type, look_number, launched_on, look_day, is_final, is_latest, targets, controls, verdict, verdict_in_words)',
    'unique(launch_id, campaign_type, look_number)',
    'range(look_number, 0, 4)',
    'range(variance_reduction_percent, 0, 100)',
    `accepted_values(verdict, ${verdicts.map((verdict) => `'${verdict}'`).join(', ')})`,
    'expression(interval_holds_its_estimate, conversion_low is null or conversion_difference_points between conversion_low and conversion_high)',
  ],
  async run(context) {
    const outcomes = await readOutcomes(context);
    if (outcomes.length === 0) return resultOf(columns, []);
    const looks = planLooks(shares, alpha);
    const resamplingFor = sharedResamplings();
    const launches = Map.groupBy(outcomes, (row) => JSON.stringify([row.launch_id, row.campaign_type]));
    const records = [...launches.values()].flatMap((rows) => {
      const byLook = [...Map.groupBy(rows, (row) => Number(row.look_number)).values()];
      return byLook.map((own, index) => resultRow(own, index === byLook.length - 1, looks, resamplingFor));
    });
    return resultOf(columns, records);
  },
});
