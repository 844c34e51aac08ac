import type { Share } from '../homogeneity.ts';

/**
 * How many standard errors the share of `a` is above that of `b`: the two-proportion z-test with a pooled variance. 0 where
 * there is nothing to compare.
 */
export function shareDifferenceZ(a: Share, b: Share): number {
  const pooled = (a.successes + b.successes) / (a.total + b.total);
  const variance = pooled * (1 - pooled) * (1 / a.total + 1 / b.total);
  return variance > 0 && a.total > 0 && b.total > 0 ? (shareOf(a) - shareOf(b)) / Math.sqrt(variance) : 0;
}

/** Nobody of nobody is 0. */
export const shareOf = ({ successes, total }: Share): number => (total === 0 ? 0 : successes / total);

/** Of a success, as if half of one and half of its absence had been seen besides, so that they are never 0 or without end. */
export const oddsOf = ({ successes, total }: Share): number => (successes + 0.5) / (total - successes + 0.5);
