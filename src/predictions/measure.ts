import type { MeanErrors } from '../analytics/backtest/mean-errors.ts';
import { areaUnderCurve } from '../analytics/classification/area-under-curve.ts';
import { calibrationLine } from '../analytics/classification/calibration-line.ts';
import { liftByPart } from '../analytics/classification/lift.ts';
import { brierScore, logLoss } from '../analytics/classification/proper-scores.ts';
import { countEvents, type ScoredCell } from '../analytics/classification/scored-cell.ts';
import { logistic } from '../analytics/numeric/log-sum.ts';
import type { BacktestRecord } from './backtest-columns.ts';

type Place = Pick<BacktestRecord, 'cut' | 'score' | 'method'>;

/** Twelve digits: what stands behind them depends on the order in which an engine returns rows. */
const settled = (value: number): number => Number(value.toPrecision(12));

function record(place: Place, metric: string, value: number | null, customers: number): BacktestRecord[] {
  return value === null ? [] : [{ ...place, metric, value: settled(value), low: null, high: null, customers }];
}

/** A limit of an interval that is symmetric in the logit, `factor` times as far away there. */
function widenedLimit(value: number, limit: number, factor: number): number {
  if (value <= 0 || value >= 1 || limit <= 0 || limit >= 1) return limit;
  const logit = (share: number) => Math.log(share) - Math.log1p(-share);
  return logistic(logit(value) + factor * (logit(limit) - logit(value)));
}

const standardNormal975 = 1.959963984540054;

/**
 * Everything that is said of a probability: order (AUC, lift), size (Brier, log loss), calibration. Of several days together intervals are
 * as wide as those of one day: mostly the same customers stand on all of them, so that they may tell no more than one.
 */
export function measureProbability(place: Place, cells: readonly ScoredCell[], days = 1): BacktestRecord[] {
  const { events, nonEvents } = countEvents(cells);
  const customers = events + nonEvents;
  if (customers === 0) return [];
  const auc = areaUnderCurve(cells);
  const line = calibrationLine(cells);
  const half = standardNormal975 * Math.sqrt(days) * (line?.slopeStandardError ?? 0);
  const slope =
    line === null
      ? []
      : [
          {
            ...place,
            metric: 'calibration_slope',
            value: settled(line.slope),
            low: settled(line.slope - half),
            high: settled(line.slope + half),
            customers,
          },
        ];
  const widened = (limit: number): number => widenedLimit(auc?.value ?? 0, limit, Math.sqrt(days));
  const predicted = cells.reduce((sum, cell) => sum + cell.probability * (cell.events + cell.nonEvents), 0);
  return [
    ...(auc === null
      ? []
      : [
          {
            ...place,
            metric: 'auc',
            value: settled(auc.value),
            low: settled(widened(auc.low)),
            high: settled(widened(auc.high)),
            customers,
          },
        ]),
    ...record(place, 'brier', brierScore(cells), customers),
    ...record(place, 'log_loss', logLoss(cells), customers),
    ...slope,
    ...record(place, 'calibration_intercept', line?.intercept ?? null, customers),
    ...record(place, 'lift_top_decile', liftByPart(cells, 10)[0]?.lift ?? null, customers),
    ...record(place, 'mean_predicted', predicted / customers, customers),
    ...record(place, 'mean_actual', events / customers, customers),
  ];
}

/** How far predicted numbers were off. */
export function measureNumbers(place: Place, errors: MeanErrors | null): BacktestRecord[] {
  if (errors === null) return [];
  const { customers, meanPredicted, meanActual, ratio, rootMeanSquaredError, correlation } = errors;
  return [
    ...record(place, 'mean_predicted', meanPredicted, customers),
    ...record(place, 'mean_actual', meanActual, customers),
    ...record(place, 'ratio', ratio, customers),
    ...record(place, 'rmse', rootMeanSquaredError, customers),
    ...record(place, 'correlation', correlation, customers),
  ];
}

/** One share of customers, with how many of them there are. */
export function measureShare(place: Place, metric: string, count: number, customers: number): BacktestRecord[] {
  return customers === 0 ? [] : record(place, metric, count / customers, customers);
}
