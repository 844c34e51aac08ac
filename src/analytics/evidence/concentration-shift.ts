import { normalDistance, normalTails } from './distributions.ts';
import { type Evidence, INTERVAL_LEVEL } from './evidence.ts';

/** Sums over the buyers of a period, with `above` for the part of an amount that lies above the limit of the top share. */
export interface SpendSums {
  readonly buyers: number;
  /** The limit: amounts above it are those of the top share. */
  readonly limit: number;
  readonly amount: number;
  readonly above: number;
  readonly amountSquares: number;
  readonly aboveSquares: number;
  readonly products: number;
}

/**
 * Share of the amounts that the top `share` of the buyers brings, and the variance of that estimate; buyers are draws of a population.
 * Source: Beach and Davidson 1983, for the limit at which the top share begins.
 */
export function topShare(sums: SpendSums, share: number): { value: number; variance: number } {
  const { buyers, limit } = sums;
  const [amount, above] = [sums.amount / buyers, sums.above / buyers];
  const value = (above + limit * share) / amount;
  // Variance of (amount above the limit - value * amount), of which the estimate is a mean.
  const square = (sums.aboveSquares - 2 * value * sums.products + value * value * sums.amountSquares) / buyers;
  const variance = Math.max(0, square - (above - value * amount) ** 2);
  return { value, variance: variance / (buyers * amount * amount) };
}

const FEWEST_BUYERS = 200;

/** The change of the top share from one period to another in percentage points. Null with fewer than 200 buyers in one of them. */
export function concentrationShift(last: SpendSums, before: SpendSums, share: number): Evidence | null {
  if (Math.min(last.buyers, before.buyers) < FEWEST_BUYERS || !(Math.min(last.amount, before.amount) > 0)) return null;
  const [now, then] = [topShare(last, share), topShare(before, share)];
  const error = Math.sqrt(now.variance + then.variance);
  if (!(error > 0)) return null;
  const difference = now.value - then.value;
  const half = normalDistance(1 - INTERVAL_LEVEL) * error;
  return {
    effect: 100 * difference,
    low: 100 * (difference - half),
    high: 100 * (difference + half),
    relative: now.value / then.value - 1,
    pValue: normalTails(difference / error),
  };
}
