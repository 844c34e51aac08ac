import type { Duration } from '../../../src/analytics/kaplan-meier.ts';

const durations = (relapses: readonly number[], censored: readonly number[]): Duration[] =>
  [...new Set([...relapses, ...censored])].map((days) => ({
    days,
    events: relapses.filter((one) => one === days).length,
    censored: censored.filter((one) => one === days).length,
  }));

/** Weeks in remission on 6-MP, Freireich 1963, in every textbook on survival. */
export const freireichTreated = durations(
  [6, 6, 6, 7, 10, 13, 16, 22, 23],
  [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
);

/** The same on placebo. */
export const freireichPlacebo = durations([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], []);
