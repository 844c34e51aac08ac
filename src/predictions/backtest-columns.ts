import type { CodeModelColumn, ResultRows } from '../project/model.ts';

/** Columns of `model_backtests`. */
export const backtestColumns = [
  {
    name: 'cut',
    type: 'text',
    description: 'the past day after which was predicted, YYYY-MM-DD, or all for all of them together',
  },
  { name: 'score', type: 'text', description: 'churn_risk, expected_orders, predicted_value or next_order' },
  {
    name: 'method',
    type: 'text',
    description:
      'model for ours; purchase_model alone; constant, recency and order_count for what needs no model; run_rate for what was paid so far, carried on',
  },
  {
    name: 'metric',
    type: 'text',
    description:
      'auc, brier, log_loss, calibration_slope, calibration_intercept, lift_top_decile, mean_predicted, mean_actual, ratio, rmse, correlation, coverage, expected_coverage, share_by_median or top_decile_share',
  },
  { name: 'value', type: 'double', description: 'the metric' },
  {
    name: 'low',
    type: 'double',
    description:
      'lower end of its 95 % interval, for all days together as wide as for one; null where none is computed',
  },
  { name: 'high', type: 'double', description: 'upper end of it; null likewise' },
  { name: 'customers', type: 'bigint', description: 'customers looked at; in all together each counts on every day' },
] as const satisfies readonly CodeModelColumn[];

export type Score = 'churn_risk' | 'expected_orders' | 'predicted_value' | 'next_order';

export interface BacktestRecord {
  readonly cut: string;
  readonly score: Score;
  readonly method: string;
  readonly metric: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly customers: number;
}

/** Rows of `model_backtests` as they come back. */
export function backtestsOf(rows: ResultRows): BacktestRecord[] {
  const scores: readonly Score[] = ['churn_risk', 'expected_orders', 'predicted_value', 'next_order'];
  const limit = (value: unknown) => (value === null ? null : Number(value));
  return rows.flatMap((row) => {
    const score = scores.find((one) => one === row.score);
    if (score === undefined) return [];
    return [
      {
        ...{ cut: String(row.cut), score, method: String(row.method), metric: String(row.metric) },
        ...{ value: Number(row.value), low: limit(row.low), high: limit(row.high), customers: Number(row.customers) },
      },
    ];
  });
}
