import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';

/**
 * Probability that a standard normal variable is at most `x`.
 * By the incomplete gamma function of 1/2, also far out in the lower tail (Abramowitz and Stegun 1964, 26.4.19).
 */
export function normalCdf(x: number): number {
  if (x === 0) return 0.5;
  const beyond = gammainc((x * x) / 2, 0.5, true, true) / 2;
  return x < 0 ? beyond : 1 - beyond;
}

/**
 * The value that a standard normal variable stays below with probability `p`, above 0 and below 1.
 * @throws RangeError for another probability.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`${p} is not a probability above 0 and below 1`);
  if (p === 0.5) return 0;
  const distance = Math.sqrt(2 * gammaincinv(2 * Math.min(p, 1 - p), 0.5, true));
  return p < 0.5 ? -distance : distance;
}

/** Density of the standard normal distribution at `x`. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}
