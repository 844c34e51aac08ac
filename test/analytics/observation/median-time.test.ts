import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Duration, shareWithEventBy } from '../../../src/analytics/kaplan-meier.ts';
import { medianTime } from '../../../src/analytics/observation/median-time.ts';
import { durationLists } from './duration-lists.ts';
import { freireichPlacebo, freireichTreated } from './freireich.ts';

test('Freireich 1963: half of the treated relapse by week 23, half of the others by week 8', () => {
  expect(medianTime(freireichTreated)).toBe(23);
  expect(medianTime(freireichPlacebo)).toBe(8);
});

test('exactly half is enough; half without the event is not', () => {
  const three = [1, 2, 3].map((days) => ({ days, events: 1, censored: 0 }));
  expect(medianTime([...three, { days: 4, events: 1, censored: 0 }])).toBe(2);
  expect(
    medianTime([
      { days: 5, events: 1, censored: 0 },
      { days: 5, events: 0, censored: 1 },
    ]),
  ).toBe(5);
  expect(
    medianTime([
      { days: 5, events: 1, censored: 0 },
      { days: 5, events: 0, censored: 2 },
    ]),
  ).toBeNull();
});

test('nobody, nobody with the event', () => {
  expect(medianTime([])).toBeNull();
  expect(medianTime([{ days: 9, events: 0, censored: 0 }])).toBeNull();
  expect(medianTime([{ days: 9, events: 0, censored: 7 }])).toBeNull();
});

test('six in a row: the product of the shares that stay is rounded, the median is not missed', () => {
  for (let people = 2; people <= 200; people += 2) {
    const all = Array.from({ length: people }, (_, i) => ({ days: i + 1, events: 1, censored: 0 }));
    expect(medianTime(all)).toBe(people / 2);
  }
});

test('it is the first day on which half have had the event, and without censoring the plain median', () => {
  fc.assert(
    fc.property(durationLists, (list) => {
      const median = medianTime(list);
      const days = list.map((one) => one.days);
      const reached = days.filter((day) => shareWithEventBy(list, day) >= 0.5 - 1e-12);
      expect(median).toBe(reached.length === 0 ? null : Math.min(...reached));
      const watched: readonly Duration[] = list.map((one) => ({ ...one, censored: 0 }));
      const times = watched.flatMap(({ days: day, events }) => Array<number>(events).fill(day)).sort((a, b) => a - b);
      expect(medianTime(watched)).toBe(times[Math.ceil(times.length / 2) - 1] ?? null);
    }),
  );
});
