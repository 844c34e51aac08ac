import { fitLogistic } from './logistic-regression.ts';
import { byRisingProbability, clipped, type ScoredCell } from './scored-cell.ts';

/** logit(true probability) = intercept + slope * logit(predicted probability). */
export interface CalibrationLine {
  /** 0 for calibrated probabilities. */
  readonly intercept: number;
  /** 1 for calibrated probabilities, below 1 for ones too near to 0 and 1, above 1 for ones too near to the middle. */
  readonly slope: number;
  readonly slopeStandardError: number;
}

/**
 * Logistic recalibration: the regression of the event on the logit of its probability, which is moved into
 * [1e-9, 1 - 1e-9]. Source: Cox 1958, "Two further applications of a model for binary regression". Null where no line
 * is the best one: all probabilities equal, nobody or everybody with the event, or a score that separates the two.
 */
export function calibrationLine(cells: readonly ScoredCell[]): CalibrationLine | null {
  const scores = byRisingProbability(cells.map((cell) => ({ ...cell, probability: clipped(cell.probability) })));
  if (!overlaps(scores)) return null;
  const rows = scores.map(({ probability, events, nonEvents }) => ({
    values: Float64Array.of(Math.log(probability) - Math.log1p(-probability)),
    events,
    nonEvents,
  }));
  const { intercept, coefficients, standardErrors, converged } = fitLogistic({ features: ['logit'], rows, ridge: 0 });
  const [slope, slopeStandardError] = [coefficients[0], standardErrors?.[0]];
  if (!converged || slope === undefined || slopeStandardError === undefined) return null;
  return { intercept, slope, slopeStandardError };
}

/**
 * Whether the scores of customers with and without the event overlap, which the estimate needs and for which it
 * suffices (Albert and Anderson 1984).
 */
function overlaps(ascending: readonly ScoredCell[]): boolean {
  const withEvent = ascending.filter(({ events }) => events > 0).map(({ probability }) => probability);
  const without = ascending.filter(({ nonEvents }) => nonEvents > 0).map(({ probability }) => probability);
  const isBelow = (a: number | undefined, b: number | undefined) => a !== undefined && b !== undefined && a < b;
  return isBelow(withEvent[0], without.at(-1)) && isBelow(without[0], withEvent.at(-1));
}
