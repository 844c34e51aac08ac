import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';

/** Probability that a standard normal number is above `z`: its square is Gamma(1/2, 1/2). */
export function normalTail(z: number): number {
  const tail = 0.5 * gammainc(0.5 * z * z, 0.5, true, true);
  return z >= 0 ? tail : 1 - tail;
}

/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** The number that a standard normal one is above with the probability `tail`, exact for small tails too. */
export function normalUpper(tail: number): number {
  if (tail > 0.5) return -normalUpper(1 - tail);
  return Math.sqrt(2 * gammaincinv(2 * tail, 0.5, true));
}
