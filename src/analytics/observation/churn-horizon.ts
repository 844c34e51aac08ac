import type { Duration } from '../kaplan-meier.ts';
import { medianTime } from './median-time.ts';
import { counted, written } from './words.ts';

const horizons = [30, 60, 90, 180, 365] as const;

export interface ChurnHorizon {
  /** Who has not ordered for so many days counts as churned. */
  readonly days: (typeof horizons)[number];
  /** Kaplan-Meier median of the days to the next order; null where fewer than half were seen to order again. */
  readonly medianDays: number | null;
  /** Why this one, in words with numbers. */
  readonly reason: string;
}

export interface HorizonEvidence {
  /** Spells of returning customers from a repeat purchase to the next one, or to the as-of date where there was none. */
  readonly gaps: readonly Duration[];
  /** Days from the first order to the as-of date. */
  readonly historyDays: number;
}

/**
 * The smallest horizon that reaches the median time to the next order, but at most a third of the history. Null where even
 * the smallest is longer than that.
 */
export function chooseChurnHorizon({ gaps, historyDays }: HorizonEvidence): ChurnHorizon | null {
  const allowed = horizons.filter((days) => 3 * days <= historyDays);
  const longest = allowed.at(-1);
  if (longest === undefined) return null;
  const medianDays = medianTime(gaps);
  if (medianDays !== null) {
    const days = allowed.find((one) => one >= medianDays);
    const reason = `${medianIs} ${counted(medianDays, 'day')}; ${days} is the shortest horizon that reaches it`;
    if (days !== undefined) return { days, medianDays, reason };
  }
  return { days: longest, medianDays, reason: unreachedWords(longest, medianDays, lastWatched(gaps), historyDays) };
}

const medianIs = 'the median time to the next order is';

/** The longest time for which anybody was watched; 0 where nobody was. */
function lastWatched(gaps: readonly Duration[]): number {
  return gaps.reduce((most, { days, events, censored }) => (events + censored > 0 ? Math.max(most, days) : most), 0);
}

/** Why the longest horizon allowed is taken although it does not reach the median. */
function unreachedWords(longest: number, medianDays: number | null, watched: number, historyDays: number): string {
  const third = historyDays / 3;
  const thirdWords = `${counted(Math.floor(third), 'day')}, a third of the history of ${counted(historyDays, 'day')}`;
  if ((medianDays ?? watched) > third) {
    return `${medianIs} more than ${thirdWords}; ${longest} is the longest horizon ${longest === third ? 'up to' : 'below'} that`;
  }
  const limit = longest === horizons.at(-1) ? 'the longest horizon' : `the longest horizon within ${thirdWords}`;
  return `${medianKnown(medianDays, watched)}; ${longest} is ${limit}`;
}

function medianKnown(medianDays: number | null, watched: number): string {
  if (medianDays !== null) return `${medianIs} ${counted(medianDays, 'day')}`;
  if (watched === 0) return 'no returning customer has been watched yet';
  return `fewer than half of the returning customers were seen to order again, and none was watched for more than ${written(watched)} days`;
}
