import type { Duration } from '../kaplan-meier.ts';

/** The product of shares of whole numbers may miss 1/2 by rounding. */
const half = 0.5 + 1e-12;

/**
 * Median time to the event in days: the first day by which the Kaplan-Meier estimate leaves at most half without it. Null
 * where it never falls so low, so that no more can be said than "longer than watched". Source: Kaplan and Meier 1958.
 */
export function medianTime(durations: readonly Duration[]): number | null {
  const byDay = [...Map.groupBy(durations, ({ days }) => days)].sort(([a], [b]) => a - b);
  let atRisk = durations.reduce((sum, { events, censored }) => sum + events + censored, 0);
  let without = 1;
  for (const [days, ofDay] of byDay) {
    if (atRisk === 0) break;
    const events = ofDay.reduce((sum, one) => sum + one.events, 0);
    const censored = ofDay.reduce((sum, one) => sum + one.censored, 0);
    without *= 1 - events / atRisk;
    if (without <= half) return days;
    atRisk -= events + censored;
  }
  return null;
}
