/** Customers whose time is known to be at least or exactly `days`. */
export interface Duration {
  readonly days: number;
  /** How many had the event on that day. */
  readonly events: number;
  /** How many were last seen on that day without it. */
  readonly censored: number;
}

/**
 * Kaplan-Meier estimate of the share that has had the event by `byDays`, which counts those who have not been watched
 * for so long as unknown instead of as "no". Source: Kaplan and Meier 1958, equation 2b.
 */
export function shareWithEventBy(durations: readonly Duration[], byDays: number): number {
  const sorted = durations.toSorted((a, b) => a.days - b.days);
  let atRisk = sorted.reduce((sum, { events, censored }) => sum + events + censored, 0);
  let without = 1;
  for (const { days, events, censored } of sorted) {
    if (days > byDays || atRisk === 0) break;
    without *= 1 - events / atRisk;
    atRisk -= events + censored;
  }
  return 1 - without;
}
