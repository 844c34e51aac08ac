import { z } from 'zod';
import { launchHistory } from '../../run/campaigns/launch-history.ts';
import { customers, date, days, flag, money, real, text, whole } from '../column-spec.ts';
import { historyQuery, tableQuery } from '../query-definition.ts';

const results = tableQuery({
  name: 'campaigns/results',
  summary:
    'What launched campaigns brought, targets against controls, at each look that has been reached; the newest launch and its latest look first. One row per launch, campaign and look.',
  params: z.strictObject({}),
  columns: {
    launch_id: text('campaign_results'),
    campaign_type: text('campaign_results'),
    look_number: whole('campaign_results'),
    launched_on: date('campaign_results'),
    window_days: days('campaign_results'),
    look_day: date('campaign_results'),
    share_of_window: real('campaign_results'),
    is_final: flag('campaign_results'),
    is_latest: flag('campaign_results'),
    next_look_on: date('campaign_results'),
    targets: customers('campaign_results'),
    controls: customers('campaign_results'),
    target_converters: customers('campaign_results'),
    control_converters: customers('campaign_results'),
    target_conversion_percent: real('campaign_results', 'percent'),
    control_conversion_percent: real('campaign_results', 'percent'),
    conversion_difference_points: real('campaign_results'),
    conversion_low: real('campaign_results'),
    conversion_high: real('campaign_results'),
    interval_level_percent: real('campaign_results', 'percent'),
    critical_z: real('campaign_results'),
    alpha_spent: real('campaign_results'),
    revenue_per_target: money('campaign_results'),
    revenue_per_control: money('campaign_results'),
    revenue_difference: money('campaign_results'),
    revenue_low: money('campaign_results'),
    revenue_high: money('campaign_results'),
    cuped_difference: money('campaign_results'),
    cuped_low: money('campaign_results'),
    cuped_high: money('campaign_results'),
    variance_reduction_percent: real('campaign_results', 'percent'),
    incremental_revenue: money('campaign_results'),
    incremental_low: money('campaign_results'),
    incremental_high: money('campaign_results'),
    verdict: text('campaign_results'),
    verdict_in_words: text('campaign_results'),
  },
  sql: () => `
    select
      launch_id, campaign_type, look_number, launched_on, window_days, look_day, share_of_window, is_final,
      is_latest, next_look_on, targets, controls, target_converters, control_converters,
      target_conversion_percent, control_conversion_percent, conversion_difference_points, conversion_low,
      conversion_high, interval_level_percent, critical_z, alpha_spent, revenue_per_target, revenue_per_control,
      revenue_difference, revenue_low, revenue_high, cuped_difference, cuped_low, cuped_high,
      variance_reduction_percent, incremental_revenue, incremental_low, incremental_high, verdict,
      verdict_in_words
    from business.campaign_results
    order by launched_on desc, launch_id, campaign_type, look_number desc`,
});

const launches = historyQuery({
  name: 'campaigns/launches',
  summary: 'What was launched, from the ledger, newest first; also what no run has measured yet. One row per launch.',
  params: z.strictObject({}),
  isLive: true,
  columns: {
    launch_id: text('launch, as the ledger names it'),
    campaign_type: text('campaign_assignments'),
    launched_on: date('as-of date of the snapshot whose list was launched; the window begins on the day after'),
    launched_at: text('when it was recorded, UTC'),
    targets: customers('customers who were to be contacted'),
    controls: customers('customers who were to be left alone'),
    window_days: days('length of the measurement window in days'),
    window_ends: date('last day of the measurement window'),
    snapshot_id: text('snapshot whose list was launched'),
  },
  read: (_params, { history }) =>
    launchHistory(history).map((launch) => ({
      launch_id: launch.launchId,
      campaign_type: launch.campaignType,
      launched_on: launch.launchedOn,
      launched_at: launch.launchedAt,
      targets: launch.targets,
      controls: launch.controls,
      window_days: launch.windowDays,
      window_ends: launch.windowEnds,
      snapshot_id: launch.snapshotId,
    })),
});

export const launchQueries = [results, launches] as const;
