import { binomialAtMost } from '../numeric/binomial.ts';

/*
 * The bootstrap with infinitely many samples, in closed form. A sample draws as many customers as there are, with
 * replacement. For a customer whom `a` of `n` customers outrank, the number of drawn customers that do is
 * Binomial(n, a / n). (Efron 1979, "Bootstrap methods: another look at the jackknife", section 2.)
 */

/** How many of the customers are a top share: the ranks that count as top, from 1. */
export function topPlaces(share: number, customers: number): number {
  // The product of 0.29 and 100 is not 29 in binary.
  return Math.floor(share * customers + 1e-9);
}

/** Chance that a customer with so many customers above is within the first `places` of another sample. */
export function topChance(above: number, customers: number, places: number): number {
  return binomialAtMost(places - 1, customers, above / customers);
}

/** Scores of a quantile scale. */
export const SCORES = [1, 2, 3, 4, 5] as const;

/**
 * Chances of the scores 1 to 5 in another sample, for a customer with so many customers below. The score is at least k
 * where at least (k - 1) fifths of the other customers are below.
 */
export function scoreChances(below: number, customers: number): readonly number[] {
  const others = Math.max(1, customers - 1);
  const atLeast = SCORES.map((score) =>
    score === 1
      ? 1
      : 1 - binomialAtMost(Math.ceil(((score - 1) * others) / 5 - 1e-9) - 1, customers, below / customers),
  );
  return SCORES.map((_, index) => (atLeast[index] ?? 0) - (atLeast[index + 1] ?? 0));
}

/** The chances of a score that does not depend on the sample. */
export function fixedScore(score: number): readonly number[] {
  return SCORES.map((one) => (one === score ? 1 : 0));
}
