import { type Verdict, verdicts } from '../../analytics/experiments/verdict.ts';
import type { PublishedReader } from '../../run/open-published.ts';
import { type PublishedRow, readRows } from '../explain/published-row.ts';
import type { CampaignArm, CampaignEffect, CampaignReadout, CampaignReadouts } from './campaign-readout.ts';

const results = `
  select
    launch_id, campaign_type, look_number, launched_on, window_days, look_day, is_final, is_latest, next_look_on,
    targets, controls, target_converters, control_converters, target_conversion_percent, control_conversion_percent,
    conversion_difference_points, conversion_low, conversion_high, interval_level_percent,
    revenue_per_target, revenue_per_control, revenue_difference, revenue_low, revenue_high,
    cuped_difference, cuped_low, cuped_high, variance_reduction_percent,
    incremental_revenue, incremental_low, incremental_high, verdict, verdict_in_words
  from business.campaign_results
  order by launched_on desc, launch_id, campaign_type, look_number desc`;

/** Reads what the published tables say of all launched campaigns, each at its latest look. */
export async function measureCampaigns({ manifest, reader }: PublishedReader): Promise<CampaignReadouts> {
  const { asOf, sources } = manifest;
  const rows = await readRows(reader, results, []);
  const launches = Map.groupBy(rows, (row) => JSON.stringify([row.text('launch_id'), row.text('campaign_type')]));
  const readouts = [...launches.values()].map(readoutOf);
  return {
    asOf,
    currency: sources.find((source) => source.currency !== undefined)?.currency ?? null,
    finished: readouts.filter(({ isFinal }) => isFinal),
    running: readouts.filter(({ isFinal }) => !isFinal),
  };
}

/** From the looks of one launch and type, the latest first. */
function readoutOf(looks: readonly PublishedRow[]): CampaignReadout {
  const [row, ...earlier] = looks;
  if (row === undefined) throw new Error('a launch without rows');
  const verdict = row.oneOf('verdict', verdicts);
  const evidence = earlier.find((look) => isEvidence(look.oneOf('verdict', verdicts)));
  const earlierVerdict = evidence?.oneOf('verdict', verdicts);
  return {
    launchId: row.text('launch_id'),
    campaignType: row.text('campaign_type'),
    launchedOn: row.text('launched_on'),
    windowDays: row.number('window_days'),
    lookNumber: row.number('look_number'),
    lookDay: row.text('look_day'),
    isFinal: row.isTrue('is_final'),
    nextLookOn: row.textOrNull('next_look_on'),
    targets: armOf(row, 'target'),
    controls: armOf(row, 'control'),
    effect: effectOf(row),
    verdict,
    verdictInWords: row.text('verdict_in_words'),
    earlierEvidence:
      evidence === undefined || earlierVerdict === undefined || earlierVerdict === verdict
        ? null
        : { lookDay: evidence.text('look_day'), verdict: earlierVerdict },
  };
}

const isEvidence = (verdict: Verdict): boolean => verdict === 'more' || verdict === 'fewer';

function armOf(row: PublishedRow, group: 'target' | 'control'): CampaignArm {
  return {
    customers: row.number(`${group}s`),
    converters: row.number(`${group}_converters`),
    conversionPercent: row.numberOrNull(`${group}_conversion_percent`),
    revenuePerCustomer: row.numberOrNull(`revenue_per_${group}`),
  };
}

function effectOf(row: PublishedRow): CampaignEffect | null {
  if (row.numberOrNull('conversion_difference_points') === null) return null;
  const difference = (value: string, name: string) => ({
    value: row.number(value),
    low: row.numberOrNull(`${name}_low`),
    high: row.numberOrNull(`${name}_high`),
  });
  return {
    conversionPoints: difference('conversion_difference_points', 'conversion'),
    revenue: difference('revenue_difference', 'revenue'),
    adjustedRevenue: difference('cuped_difference', 'cuped'),
    varianceReductionPercent: row.number('variance_reduction_percent'),
    incrementalRevenue: difference('incremental_revenue', 'incremental'),
    intervalLevelPercent: row.number('interval_level_percent'),
  };
}
