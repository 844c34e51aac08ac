import { trainingCuts } from '../analytics/backtest/plan-cuts.ts';
import {
  fitLogistic,
  type LogisticFit,
  type LogisticRow,
  predictLogistic,
} from '../analytics/classification/logistic-regression.ts';
import { logLoss } from '../analytics/classification/proper-scores.ts';
import type { ScoredCell } from '../analytics/classification/scored-cell.ts';
import { logistic } from '../analytics/numeric/log-sum.ts';
import type { Days } from '../analytics/units.ts';

/** A past day with what was known of its customers and who of them did not order. Offsets are the purchase model's ln(odds). */
export interface TrainingDay {
  readonly daysBefore: number;
  readonly rows: readonly LogisticRow[];
}

export interface ChurnFit {
  /** What is added to the purchase model's ln(odds); null where nothing is. */
  readonly correction: LogisticFit | null;
  /** In words: what was tried on which days, and what came of it. */
  readonly reason: string;
}

/** Levels that vary by less belong to a handful of customers. */
const leastDeviation = 0.1;

/** How much corrections may move: the first hardly holds them back, the last allows little. */
const ridges = [5, 50, 500] as const;

/**
 * Learns how the purchase model's probabilities have to be corrected by what it does not know: own rhythm, trends, cohort. Whether that
 * helps, and how far corrections may go, is decided on past days again: corrections learned from older days must have made newer ones
 * more likely. Where they did not, or no day is left to try, the purchase model's probability stands as it is.
 */
export function fitChurn(days: readonly TrainingDay[], features: readonly string[], horizonDays: Days): ChurnFit {
  const trials = days.flatMap((day) => {
    const older = trainingCuts(days, day.daysBefore, horizonDays);
    return older.length === 0 ? [] : [{ day, rows: older.flatMap(({ rows }) => rows) }];
  });
  if (trials.length === 0) {
    return { correction: null, reason: 'the purchase model as it is: no past day is left to try corrections on' };
  }
  const lossWith = (correct: (rows: readonly LogisticRow[]) => LogisticFit | null): number =>
    logLoss(trials.flatMap(({ day, rows }) => predictAll(day.rows, correct(rows)))) ?? 0;
  const plain = lossWith(() => null);
  const tried = ridges.map((ridge) => ({
    ridge,
    loss: lossWith((rows) => fitLogistic({ features, rows, ridge, leastDeviation })),
  }));
  const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  const change = Math.abs(1 - best.loss / plain) * 100;
  const where = `on ${trials.length} past day${trials.length === 1 ? '' : 's'}`;
  if (best.loss >= plain) {
    const reason = `the purchase model as it is: corrections learned before made the log loss ${change.toFixed(2)} % larger ${where}`;
    return { correction: null, reason };
  }
  const correction = fitLogistic({
    ...{ features, rows: days.flatMap(({ rows }) => rows), ridge: best.ridge, leastDeviation },
  });
  return {
    correction,
    reason: `the purchase model with corrections, which made the log loss ${change.toFixed(2)} % smaller ${where}`,
  };
}

function predictAll(rows: readonly LogisticRow[], correction: LogisticFit | null): ScoredCell[] {
  return rows.map(({ values, events, nonEvents, offset = 0 }) => ({
    probability: correction === null ? logistic(offset) : predictLogistic(correction, values, offset),
    ...{ events, nonEvents },
  }));
}

/** Mean of each feature over the customers of some rows. */
export function featureMeans(rows: readonly LogisticRow[], features: number): number[] {
  const total = rows.reduce((sum, { events, nonEvents }) => sum + events + nonEvents, 0);
  return Array.from(
    { length: features },
    (_, j) => rows.reduce((sum, row) => sum + (row.events + row.nonEvents) * (row.values[j] ?? 0), 0) / total,
  );
}
