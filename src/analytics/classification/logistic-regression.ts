import { logAddExp, logistic } from '../numeric/log-sum.ts';
import { eigen, invertPositive, type Matrix, quadraticForm } from '../numeric/symmetric-matrix.ts';
import { countEvents, type EventCounts } from './scored-cell.ts';
import { type LogisticRow, type StandardizedRows, standardize } from './standardized-rows.ts';

export type { LogisticRow } from './standardized-rows.ts';

export interface LogisticProblem {
  /** Names of the rows' values, in their order. */
  readonly features: readonly string[];
  readonly rows: readonly LogisticRow[];
  /**
   * Half of this times the sum of the squared coefficients per standard deviation is taken from the log-likelihood: the
   * coefficients are expected to be around 0 with the variance 1 / ridge. 0 for maximum likelihood.
   */
  readonly ridge: number;
  /** Features that vary by no more than this standard deviation are left out: few customers would decide. Default 0. */
  readonly leastDeviation?: number;
}

/** ln(odds of the event) = intercept + sum of coefficient * value. All numbers are finite. */
export interface LogisticFit {
  readonly features: readonly string[];
  readonly intercept: number;
  /** Per unit of each feature; 0 for one that is the same for all customers. */
  readonly coefficients: readonly number[];
  /** From the curvature of the penalized likelihood. Null where it has no single highest point (see `converged`). */
  readonly interceptStandardError: number | null;
  readonly standardErrors: readonly number[] | null;
  /** Of each feature over customers. */
  readonly means: readonly number[];
  /** Of the customers, without the penalty. */
  readonly logLikelihood: number;
  readonly iterations: number;
  /**
   * False where no coefficients are the best ones. Without ridge: features that separate the event from its absence
   * (coefficients are where the search stopped, and large), or that are combinations of each other (they share the effect).
   * With any ridge: nobody or everybody with the event.
   */
  readonly converged: boolean;
}

const iterationLimit = 50;
/** A Newton step that changes no row's ln(odds) by more is the last one: what it leaves is about the square. */
const lastStep = 1e-6;
/** A variance per standard deviation of the feature above this is that of a coefficient which the customers leave open. */
const widestVariance = 1e20;

/**
 * Ridge-penalized logistic regression by Newton's method (iteratively reweighted least squares; McCullagh and Nelder 1989,
 * section 4.4; le Cessie and van Houwelingen 1992 for the penalty). The intercept is not penalized. Where nobody or
 * everybody has the event there is only an intercept, as if half a customer of the other kind had been seen.
 */
export function fitLogistic({ features, rows, ridge, leastDeviation = 0 }: LogisticProblem): LogisticFit {
  const standardized = standardize(rows, features.length, leastDeviation);
  const counts = countEvents(standardized.rows);
  const search =
    counts.events === 0 || counts.nonEvents === 0
      ? interceptOnly(standardized.rows, counts)
      : climb(standardized.rows, ridge, Math.log(counts.events / counts.nonEvents) - meanOffset(standardized.rows));
  return { features, ...naturalScale(search, standardized) };
}

function meanOffset(rows: readonly LogisticRow[]): number {
  const total = rows.reduce((sum, { events, nonEvents }) => sum + events + nonEvents, 0);
  return rows.reduce((sum, { events, nonEvents, offset = 0 }) => sum + (events + nonEvents) * offset, 0) / total;
}

/** Probability of the event for a customer with these values of the features. */
export function predictLogistic(
  { intercept, coefficients }: LogisticFit,
  values: ArrayLike<number>,
  offset = 0,
): number {
  const fitted = coefficients.reduce((sum, coefficient, j) => sum + coefficient * (values[j] ?? 0), intercept);
  return logistic(offset + fitted);
}

/** What each feature adds to ln(odds), against a customer with the mean of all features. */
export function contributions({ coefficients, means }: LogisticFit, values: ArrayLike<number>): number[] {
  return coefficients.map((coefficient, j) => coefficient * ((values[j] ?? 0) - (means[j] ?? 0)));
}

/** Where a search over intercept and standardized coefficients ended. */
interface Search {
  readonly point: readonly number[];
  readonly covariance: Matrix | null;
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

function interceptOnly(rows: readonly LogisticRow[], { events, nonEvents }: EventCounts): Search {
  const point = [Math.log((events + 0.5) / (nonEvents + 0.5))];
  return { point, covariance: null, logLikelihood: 0 - lossAt(rows, point, 0), iterations: 0, converged: false };
}

function climb(rows: readonly LogisticRow[], ridge: number, intercept: number): Search {
  let point: readonly number[] = Array.from(rows[0]?.values ?? [], (_, j) => (j === 0 ? intercept : 0));
  let iterations = 0;
  let isThere = false;
  while (!isThere && iterations < iterationLimit) {
    iterations++;
    const slopes = slopesAt(rows, point, ridge);
    const step = newtonStep(slopes);
    isThere = rows.every(({ values }) => Math.abs(dot(values, step)) <= lastStep);
    // The last step is too small for the loss to show.
    const next = isThere
      ? along(point, step, 1)
      : downhill({ rows, ridge, point, step, slope: dot(step, slopes.gradient) });
    if (next === null) break;
    point = next;
  }
  const inverse = invertPositive(slopesAt(rows, point, ridge).curvature);
  const covariance = inverse?.every((row, j) => (row[j] ?? 0) < widestVariance) ? inverse : null;
  return {
    point,
    covariance,
    logLikelihood: 0 - lossAt(rows, point, 0),
    iterations,
    converged: isThere && covariance !== null,
  };
}

interface Descent {
  readonly rows: readonly LogisticRow[];
  readonly ridge: number;
  readonly point: readonly number[];
  readonly step: readonly number[];
  /** Of the loss along the step; negative. */
  readonly slope: number;
}

/**
 * The first of the step, its half, its quarter ... that lowers the loss by a quarter of what the slope promises (Boyd and
 * Vandenberghe 2004, section 9.2). A step that lowers it by less may end where the loss is flat, and nothing leads back.
 */
function downhill({ rows, ridge, point, step, slope }: Descent): readonly number[] | null {
  const loss = lossAt(rows, point, ridge);
  for (let factor = 1; factor > 1e-30; factor /= 2) {
    const next = along(point, step, factor);
    if (lossAt(rows, next, ridge) <= loss * (1 + 1e-12) + (factor * slope) / 4) return next;
  }
  return null;
}

function along(point: readonly number[], step: readonly number[], factor: number): number[] {
  return point.map((from, j) => from + factor * (step[j] ?? 0));
}

/** Minus the log-likelihood, plus the penalty. */
function lossAt(rows: readonly LogisticRow[], point: readonly number[], ridge: number): number {
  const penalty = point.reduce((sum, coefficient, j) => (j === 0 ? sum : sum + coefficient ** 2), 0) * (ridge / 2);
  return rows.reduce((sum, { values, events, nonEvents, offset = 0 }) => {
    const logit = offset + dot(values, point);
    return sum + events * logAddExp(0, -logit) + nonEvents * logAddExp(0, logit);
  }, penalty);
}

interface Slopes {
  readonly gradient: readonly number[];
  readonly curvature: Matrix;
}

/** First and second derivatives of the loss. */
function slopesAt(rows: readonly LogisticRow[], point: readonly number[], ridge: number): Slopes {
  const gradient = point.map((coefficient, j) => (j === 0 ? 0 : ridge * coefficient));
  const curvature = point.map((_, j) => point.map((__, k) => (j === k && j > 0 ? ridge : 0)));
  for (const { values, events, nonEvents, offset = 0 } of rows) {
    const logit = offset + dot(values, point);
    const [yes, no] = [logistic(logit), logistic(-logit)];
    const excess = nonEvents * yes - events * no;
    const weight = (events + nonEvents) * yes * no;
    for (const [j, row] of curvature.entries()) {
      const value = values[j] ?? 0;
      gradient[j] = (gradient[j] ?? 0) + excess * value;
      for (let k = 0; k <= j; k++) row[k] = (row[k] ?? 0) + weight * value * (values[k] ?? 0);
    }
  }
  return {
    gradient,
    curvature: curvature.map((row, j) => row.map((entry, k) => (k <= j ? entry : (curvature[k]?.[j] ?? 0)))),
  };
}

/** -curvature^-1 * gradient; not at all in directions in which the loss is flat, as far as rounding lets one tell. */
function newtonStep({ gradient, curvature }: Slopes): number[] {
  const { values, vectors } = eigen(curvature);
  const most = values.at(-1) ?? 0;
  const step = gradient.map(() => 0);
  for (const [k, vector] of vectors.entries()) {
    const value = values[k] ?? 0;
    if (!(value > 1e-12 * most)) continue;
    const by = -dot(vector, gradient) / value;
    for (const [j, entry] of vector.entries()) step[j] = (step[j] ?? 0) + by * entry;
  }
  return step;
}

/** From intercept and coefficients per standard deviation around the mean to ones per unit around 0. */
function naturalScale(
  { point, covariance, ...search }: Search,
  { means, deviations }: StandardizedRows,
): Omit<LogisticFit, 'features'> {
  let varying = 0;
  // Where in `point` the feature stands; 0 for none, as is the intercept.
  const places = deviations.map((deviation) => (deviation > 0 && point.length > 1 ? ++varying : 0));
  const perUnit = (place: number, j: number, of: number): number => (place === 0 ? 0 : of / (deviations[j] ?? 1));
  const coefficients = places.map((place, j) => perUnit(place, j, point[place] ?? 0));
  const shifts: number[] = point.map((_, k) => (k === 0 ? 1 : 0));
  for (const [j, place] of places.entries()) if (place > 0) shifts[place] = -(means[j] ?? 0) / (deviations[j] ?? 1);
  const errorOf = (place: number): number => Math.sqrt(covariance?.[place]?.[place] ?? 0);
  const known = search.converged ? covariance : null;
  return {
    intercept: dot(shifts, point),
    coefficients,
    interceptStandardError: known === null ? null : Math.sqrt(Math.max(0, quadraticForm(known, shifts))),
    standardErrors: known === null ? null : places.map((place, j) => perUnit(place, j, errorOf(place))),
    means,
    ...search,
  };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
