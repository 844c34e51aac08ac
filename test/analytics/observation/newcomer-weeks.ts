import { type NewcomerWeek, RETURN_DAYS } from '../../../src/analytics/observation/newcomer-week.ts';

/** The weekly aggregates from the days on which each customer bought, in any order. */
export function newcomerWeeks(
  customers: Iterable<readonly number[]>,
  firstDay: number,
  lastDay: number,
): NewcomerWeek[] {
  const weeks = Array.from({ length: Math.floor((lastDay - firstDay) / 7) + 1 }, (_, week) => ({
    week,
    newcomers: 0,
    returned: 0,
    watched: 0,
  }));
  for (const days of customers) {
    const [first, second] = [...new Set(days)].sort((a, b) => a - b);
    const week = weeks[Math.floor(((first ?? Number.NaN) - firstDay) / 7)];
    if (first === undefined || week === undefined) continue;
    week.newcomers++;
    if (lastDay - first < RETURN_DAYS) continue;
    week.watched++;
    if (second !== undefined && second - first <= RETURN_DAYS) week.returned++;
  }
  return weeks;
}
