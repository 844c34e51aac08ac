import betainc from '@stdlib/math-base-special-betainc';
import type { SpendValues } from './models/gamma-gamma.ts';
import { gammaBelow, gammaQuantile } from './numeric/gamma-distribution.ts';
import { normalQuantile } from './numeric/normal.ts';
import { type Matrix, quadraticForm } from './numeric/symmetric-matrix.ts';

/** Where a figure will be with the stated probability: as often below as above. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The smallest number of orders that is reached or not exceeded with the probability `share`. */
export function orderQuantile(probabilities: Float64Array, share: number): number {
  let sum = 0;
  for (let n = 0; n < probabilities.length; n++) {
    sum += probabilities[n] ?? 0;
    if (sum >= share) return n;
  }
  return Math.max(0, probabilities.length - 1);
}

/**
 * Predictive interval of a number of orders. Orders are whole, so it covers at least `level`, often more: 0 to 0 covers all
 * customers who order with less than (1 - level) / 2.
 */
export function orderInterval(probabilities: Float64Array, level = 0.8): Interval {
  const tail = (1 - level) / 2;
  return { low: orderQuantile(probabilities, tail), high: orderQuantile(probabilities, 1 - tail) };
}

const allAlike = 1e7;

/**
 * Probability that the amounts of all orders sum to at most `amount`. Given n orders and the customer's nu (see
 * `updateSpend`) the sum is Gamma(p n, nu); over nu it is gamma times a beta-prime(p n, q). Numbers of orders less likely than `smallest` are left out.
 */
export function valueProbability(
  probabilities: Float64Array,
  { p, q, gamma }: SpendValues,
  amount: number,
  smallest: number = 1e-12,
): number {
  if (amount < 0) return 0;
  let sum = probabilities[0] ?? 0;
  const part = amount / (amount + gamma);
  // The customers' mean amounts are then all the same to more digits than the beta function has.
  const isAlike = q > allAlike;
  for (let n = 1; n < probabilities.length; n++) {
    const probability = probabilities[n] ?? 0;
    if (probability > smallest) {
      sum += probability * (isAlike ? gammaBelow((amount * q) / gamma, p * n) : betainc(part, p * n, q));
    }
  }
  return Math.min(1, sum);
}

export interface QuantileSearch {
  /** How far, relatively, the result may be off. Default 1e-9. */
  readonly tolerance?: number;
  /** An amount near which to look first; what a single order brings unless given. */
  readonly near?: number;
}

/** The amount that the orders reach or do not exceed with the probability `share`. */
export function valueQuantile(
  probabilities: Float64Array,
  spend: SpendValues,
  share: number,
  { tolerance = 1e-9, near }: QuantileSearch = {},
): number {
  if ((probabilities[0] ?? 0) >= share) return 0;
  const smallest = 1e-2 * tolerance;
  const excess = (logAmount: number): number =>
    valueProbability(probabilities, spend, Math.exp(logAmount), smallest) - share;
  const isNear = near !== undefined && near > 0;
  const start = isNear ? Math.log(near) : Math.log(spend.p * spend.gamma) - Math.log(Math.max(spend.q, 1));
  const bracket = bracketAround(excess, start, isNear ? 0.02 : 1);
  return Math.exp(rootBetween(excess, bracket, tolerance));
}

/** Bounds around the root of a rising function, found by steps that grow. */
function bracketAround(excess: (x: number) => number, start: number, firstStep: number): Bracket {
  const there = excess(start);
  let [inner, outer] = [
    { x: start, value: there },
    { x: start, value: there },
  ];
  const direction = there > 0 ? -1 : 1;
  for (let step = firstStep; outer.value * direction < 0 && step < 1e4; step *= 2) {
    inner = outer;
    const x = outer.x + direction * step;
    outer = { x, value: excess(x) };
  }
  const [low, high] = direction > 0 ? [inner, outer] : [outer, inner];
  return { low: low.x, high: high.x, below: low.value, above: high.value };
}

interface Bracket {
  readonly low: number;
  readonly high: number;
  /** The function at `low`, at most 0, and at `high`, at least 0. */
  readonly below: number;
  readonly above: number;
}

/** The root of a rising function by false position with the Illinois rule, which halves the end that stays (Dowell, Jarratt 1971). */
function rootBetween(at: (x: number) => number, bracket: Bracket, tolerance: number): number {
  let { low, high, below, above } = bracket;
  let stayed = 0;
  for (let round = 0; round < 100 && high - low > tolerance; round++) {
    const guess = low + ((high - low) * -below) / (above - below);
    // Each fourth step is a bisection, so that a nearly flat end cannot hold the search up.
    const x = round % 4 === 3 || !(guess > low && guess < high) ? (low + high) / 2 : guess;
    const value = at(x);
    if (Math.abs(value) < 1e-3 * tolerance) return x;
    if (value < 0) {
      [low, below] = [x, value];
      if (stayed < 0) above /= 2;
      stayed = -1;
    } else {
      [high, above] = [x, value];
      if (stayed > 0) below /= 2;
      stayed = 1;
    }
  }
  return (low + high) / 2;
}

/** Predictive interval of the sum of a customer's amounts, from the numbers of orders and the customer's spend. */
export function valueInterval(
  probabilities: Float64Array,
  spend: SpendValues,
  level = 0.8,
  search: Pick<QuantileSearch, 'tolerance'> & { readonly near?: Interval | undefined } = {},
): Interval {
  const tail = (1 - level) / 2;
  const { tolerance = 1e-9, near } = search;
  const at = (share: number, guess: number | undefined) =>
    valueQuantile(probabilities, spend, share, { tolerance, ...(guess === undefined ? {} : { near: guess }) });
  return { low: at(tail, near?.low), high: at(1 - tail, near?.high) };
}

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Mean and variance of the sum of a customer's amounts from those of the orders. The amounts of one customer share nu, which
 * makes the sum wider than independent amounts would. Null where the variance is not finite (q at most 2).
 */
export function valueMoments(orders: Moments, { p, q, gamma }: SpendValues): Moments | null {
  if (q <= 2) return null;
  const inverse = gamma / (q - 1);
  const inverseSquare = (gamma * gamma) / ((q - 1) * (q - 2));
  const mean = orders.mean * p * inverse;
  const square = orders.variance + orders.mean ** 2;
  return { mean, variance: (orders.mean * p + square * p * p) * inverseSquare - mean * mean };
}

/** A sum over customers and how it depends on the parameters that all of them share. */
export interface SharedSum extends Moments {
  /** Derivatives of `mean` by the coordinates of the search (logarithms, logits), those of `covariance`. */
  readonly gradient: readonly number[];
  readonly covariance: Matrix | null;
}

/**
 * Variance of a sum of customers: their own variances, which are independent given the parameters, and what the
 * parameters' uncertainty moves in all of them together, gradient' * covariance * gradient (delta method).
 */
export function sumVariance({ variance, gradient, covariance }: SharedSum): number {
  return variance + (covariance === null ? 0 : quadraticForm(covariance, gradient));
}

/** Interval of a sum of customers: the quantiles of the Gamma distribution with its mean and variance, never negative. */
export function sumInterval(sum: SharedSum, level = 0.8): Interval {
  const { mean } = sum;
  const variance = sumVariance(sum);
  if (!(mean > 0)) return { low: 0, high: 0 };
  if (!(variance > 0)) return { low: mean, high: mean };
  const shape = (mean * mean) / variance;
  const tail = (1 - level) / 2;
  // Above this the Gamma distribution is the normal one to more digits than the variance has.
  if (shape > 1e7) {
    const half = -normalQuantile(tail) * Math.sqrt(variance);
    return { low: mean - half, high: mean + half };
  }
  const scale = variance / mean;
  return { low: scale * gammaQuantile(tail, shape), high: scale * gammaQuantile(1 - tail, shape) };
}

/** Derivatives of a function of search coordinates, by central differences. */
export function numericGradient(value: (point: Float64Array) => number, point: Float64Array): number[] {
  const step = 1e-4;
  return Array.from(point, (_, i) => {
    const [below, above] = [point.slice(), point.slice()];
    below[i] = (below[i] ?? 0) - step;
    above[i] = (above[i] ?? 0) + step;
    return (value(above) - value(below)) / (2 * step);
  });
}
