import type { OrderProcess } from './processes/order-process.ts';
import { daysPer, type Span, span, type TimeUnit } from './units.ts';

/** When a customer will order next, counted from the as-of date. */
export interface NextOrder<U extends TimeUnit> {
  readonly pEver: number;
  /** Probability of no order within `time`; falls to 1 - pEver. */
  survival(time: Span<U>): number;
  /** As likely as not there is an order within this time; null if `reason` says why. */
  readonly median: Span<U> | null;
  /** Within this time there is an order with the probability `share`; null where that is never reached, or not named. */
  quantile(share: number): Span<U> | null;
  /**
   * The time within which `share` of those who do return have returned: the ends of a window for the date, which the
   * quantile cannot give beyond pEver. Null where the median is.
   */
  quantileIfReturning(share: number): Span<U> | null;
  /** Why there is no date; null where there is one. */
  readonly reason: string | null;
}

/** A date further away than this is no date. */
const furthestYears = 100;

export function nextOrder<U extends TimeUnit>(unit: U, pAlive: number, whenAlive: OrderProcess<U>): NextOrder<U> {
  const pEver = pAlive * (1 - whenAlive.noOrderEver);
  const furthest = (furthestYears * daysPer.year) / daysPer[unit];
  const timeOf = (ordered: number): Span<U> | null => {
    if (!(ordered >= 0 && ordered < pEver)) return null;
    const silent = 1 - ordered / pAlive;
    if (whenAlive.noOrder(span(furthest, unit)) > silent) return null;
    return whenAlive.timeOfNoOrder(silent);
  };
  const isLikely = pEver > 0.5;
  const median = isLikely ? timeOf(0.5) : null;
  const percent = (100 * pEver).toFixed(0);
  let reason: string | null = null;
  if (!isLikely) reason = `the probability of ever ordering again is ${percent} %, not above 50 %`;
  else if (median === null) reason = `the next order is more likely than not more than ${furthestYears} years away`;
  return {
    pEver,
    survival: (time) => 1 - pAlive + pAlive * whenAlive.noOrder(time),
    median,
    quantile: (share) => (isLikely ? timeOf(share) : null),
    quantileIfReturning: (share) => (median === null ? null : timeOf(share * pEver)),
    reason,
  };
}
