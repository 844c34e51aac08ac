import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';
import { normalQuantile } from './normal.ts';

/** From a shape of about 880 on, the library's incomplete gamma function is off by up to 0.05 (version 0.3.1), and its inverse too. */
const LARGEST_OF_LIBRARY = 500;

/** Probability that a Gamma variable of this shape and scale 1 is at most `x`. */
export function gammaBelow(x: number, shape: number): number {
  if (shape <= LARGEST_OF_LIBRARY) return gammainc(Math.max(0, x), shape, true, false);
  return x <= shape ? lowerTail(x, shape) : 1 - upperTail(x, shape);
}

/** Probability that it is above `x`, exact for small probabilities too. */
export function gammaAbove(x: number, shape: number): number {
  if (shape <= LARGEST_OF_LIBRARY) return gammainc(Math.max(0, x), shape, true, true);
  return x <= shape ? 1 - lowerTail(x, shape) : upperTail(x, shape);
}

/**
 * The value that it stays below with the probability `p`, above 0 and below 1. For large shapes from the approximation of Wilson and
 * Hilferty 1931, by Newton steps.
 */
export function gammaQuantile(p: number, shape: number): number {
  if (shape <= LARGEST_OF_LIBRARY) return gammaincinv(p, shape);
  let x = shape * (1 - 1 / (9 * shape) + normalQuantile(p) / (3 * Math.sqrt(shape))) ** 3;
  for (let step = 0; step < 3; step++) x += ((p - gammaBelow(x, shape)) * x) / (shape * mass(x, shape));
  return x;
}

/** x^shape e^-x / Gamma(shape + 1), by Stirling's series, without the cancellation of the textbook form. */
function mass(x: number, shape: number): number {
  const away = (x - shape) / shape;
  const exponent = shape * (Math.log1p(away) - away) - 1 / (12 * shape) + 1 / (360 * shape ** 3);
  return Math.exp(exponent) / Math.sqrt(2 * Math.PI * shape);
}

/** By the power series (Abramowitz and Stegun 1964, 6.5.29), for `x` up to the shape. */
function lowerTail(x: number, shape: number): number {
  if (x <= 0) return 0;
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return Math.min(1, sum * mass(x, shape));
}

/** By the continued fraction (6.5.31 of the same), after Lentz 1976, for `x` above the shape. */
function upperTail(x: number, shape: number): number {
  let b = x + 1 - shape;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1, change = 0; Math.abs(change - 1) > 1e-15 && n < 10_000_000; n++) {
    const a = n * (shape - n);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    change = c * d;
    fraction *= change;
  }
  return Math.min(1, fraction * shape * mass(x, shape));
}
