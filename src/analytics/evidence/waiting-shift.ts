import type { Duration } from '../kaplan-meier.ts';
import { countExcess, overdispersionOf, type Stratum } from './count-excess.ts';
import { type StrataShift, strataShift } from './strata-shift.ts';

export interface WaitingShift extends StrataShift {
  /** Kaplan-Meier share with the event by the last day, of the one and of the others. */
  readonly share: number;
  readonly usualShare: number;
}

/** Customers at risk and events on each day from 1 to `lastDay`; who waits longer is censored on that day. */
function byDay(durations: readonly Duration[], lastDay: number): { members: number; events: number }[] {
  const days = Array.from({ length: lastDay }, () => ({ members: 0, events: 0 }));
  for (const { days: length, events, censored } of durations) {
    for (let day = 1; day <= Math.min(length, lastDay); day++) {
      const at = days[day - 1];
      if (at !== undefined) at.members += events + censored;
    }
    const end = length >= 1 && length <= lastDay ? days[length - 1] : undefined;
    if (end !== undefined) end.events += events;
  }
  return days;
}

type Days = ReturnType<typeof byDay>;

const strataOf = (one: Days, other: Days): Stratum[] =>
  one.map(({ members, events }, i) => ({
    ...{ members, events },
    ...{ otherMembers: other[i]?.members ?? 0, otherEvents: other[i]?.events ?? 0 },
  }));

const added = (groups: readonly Days[], lastDay: number): Days =>
  Array.from({ length: lastDay }, (_, i) => ({
    members: groups.reduce((sum, days) => sum + (days[i]?.members ?? 0), 0),
    events: groups.reduce((sum, days) => sum + (days[i]?.events ?? 0), 0),
  }));

/** Share with the event by the last day. Source: Kaplan and Meier 1958. */
function shareBy(days: Days): number {
  let without = 1;
  for (const { members, events } of days) {
    if (members === 0) break;
    without *= 1 - events / members;
  }
  return 1 - without;
}

/**
 * Whether the event comes more often, or sooner, within `lastDay` days in one group than in earlier ones: the log-rank test, day by day
 * among those who were still watched. Where the earlier groups differ among themselves by more than chance, so may this one. Null with too
 * few events. Source: Mantel 1966.
 */
export function waitingShift(
  group: readonly Duration[],
  earlier: readonly (readonly Duration[])[],
  lastDay: number,
): WaitingShift | null {
  const one = byDay(group, lastDay);
  const others = earlier.map((durations) => byDay(durations, lastDay));
  const all = added(others, lastDay);
  const rest = (days: Days): Days =>
    all.map((day, i) => ({
      members: day.members - (days[i]?.members ?? 0),
      events: day.events - (days[i]?.events ?? 0),
    }));
  const spread = overdispersionOf(others.map((days) => countExcess(strataOf(days, rest(days)))));
  const shift = strataShift(strataOf(one, all), spread);
  return shift === null ? null : { ...shift, share: shareBy(one), usualShare: shareBy(all) };
}
