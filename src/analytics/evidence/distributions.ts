import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';

/** Smaller probabilities are taken for this one: their quantiles say nothing more. */
const SMALLEST = 1e-300;

/** Probability that a standard normal value lies at least so far from 0. */
export const normalTails = (z: number): number => gammainc((z * z) / 2, 0.5, true, true);

/** How far from 0 a standard normal value lies at least with the probability `tails`. */
export const normalDistance = (tails: number): number =>
  tails >= 1 ? 0 : Math.sqrt(2 * gammaincinv(Math.max(tails, SMALLEST), 0.5, true));

/** Probability that a Student value with `degrees` of freedom lies at least so far from 0; without end they are the normal one. */
export function studentTails(t: number, degrees: number): number {
  return Number.isFinite(degrees) ? betainc(degrees / (degrees + t * t), degrees / 2, 0.5) : normalTails(t);
}

/** How far from 0 a Student value lies at least with the probability `tails`. By bisection, to 12 digits. */
export function studentDistance(tails: number, degrees: number): number {
  if (!Number.isFinite(degrees)) return normalDistance(tails);
  let [low, high] = [0, 1];
  while (studentTails(high, degrees) > tails && high < 1e12) high *= 2;
  for (let round = 0; round < 100 && high - low > 1e-12 * high; round++) {
    const middle = (low + high) / 2;
    if (studentTails(middle, degrees) > tails) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
