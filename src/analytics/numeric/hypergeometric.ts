import { betaMean } from './beta-mean.ts';

/** Where the series would need more than about a thousand terms, the integral is the faster formula. */
const seriesLimit = 0.97;

/**
 * Gauss's hypergeometric function 2F1(a, b; c; -z) for c > b > 0, a > 0, z >= 0: the mean of (1 + z p)^-a when p ~
 * Beta(b, c - b). Two formulas, neither of which subtracts:
 * - Pfaff's transformation (Abramowitz and Stegun 15.3.4), (1 + z)^-a 2F1(a, c - b; c; w) with w = z / (1 + z) in [0, 1):
 *   all terms of the series are positive;
 * - for w near 1, or where (1 + z)^-a would underflow, Euler's integral (15.3.1) in the logit of p.
 */
export function hypergeometric2F1(a: number, b: number, c: number, z: number): number {
  const w = z / (1 + z);
  const logScale = -a * Math.log1p(z);
  if (w <= seriesLimit && logScale > -600) return Math.exp(logScale) * pfaffSeries(a, c - b, c, w);
  const at = (p: number): number => Math.exp(-a * Math.log1p(z * p));
  return betaMean(b, c - b, { at, atZero: 1, atOne: Math.exp(logScale) });
}

function pfaffSeries(a: number, b: number, c: number, w: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < 100_000; n++) {
    const ratio = (((a + n) * (b + n)) / ((c + n) * (n + 1))) * w;
    term *= ratio;
    sum += term;
    // The ratio falls to w or rises to it, so the rest is below a geometric series.
    if (ratio < 1 && term / (1 - Math.max(ratio, w)) < 1e-17 * sum) break;
  }
  return sum;
}
