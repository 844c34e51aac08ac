import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Duration, shareWithEventBy } from '../../src/analytics/kaplan-meier.ts';

/** Weeks in remission of the 21 patients on 6-MP, Freireich 1963; published in every textbook on survival. */
const remission: readonly Duration[] = [
  { days: 6, events: 3, censored: 1 },
  { days: 7, events: 1, censored: 0 },
  { days: 9, events: 0, censored: 1 },
  { days: 10, events: 1, censored: 1 },
  { days: 11, events: 0, censored: 1 },
  { days: 13, events: 1, censored: 0 },
  { days: 16, events: 1, censored: 0 },
  { days: 17, events: 0, censored: 1 },
  { days: 19, events: 0, censored: 1 },
  { days: 20, events: 0, censored: 1 },
  { days: 22, events: 1, censored: 0 },
  { days: 23, events: 1, censored: 0 },
  { days: 25, events: 0, censored: 1 },
  { days: 32, events: 0, censored: 2 },
  { days: 34, events: 0, censored: 1 },
  { days: 35, events: 0, censored: 1 },
];

test.each([
  [5, 1],
  [6, 0.857],
  [7, 0.807],
  [9, 0.807],
  [10, 0.753],
  [13, 0.69],
  [16, 0.627],
  [22, 0.538],
  [23, 0.448],
  [100, 0.448],
])('Freireich: %i weeks are survived by %f', (weeks, survival) => {
  expect(1 - shareWithEventBy(remission, weeks)).toBeCloseTo(survival, 3);
});

test('the order of the list and days without anybody do not matter', () => {
  const other = [...remission.toReversed(), { days: 8, events: 0, censored: 0 }];
  expect(shareWithEventBy(other, 23)).toBeCloseTo(shareWithEventBy(remission, 23), 12);
});

test('nobody, nobody with the event, everybody with the event', () => {
  expect(shareWithEventBy([], 10)).toBe(0);
  expect(shareWithEventBy([{ days: 3, events: 0, censored: 5 }], 10)).toBe(0);
  expect(shareWithEventBy([{ days: 3, events: 5, censored: 0 }], 10)).toBe(1);
});

const durations = fc.uniqueArray(fc.record({ days: fc.nat(50), events: fc.nat(20), censored: fc.nat(20) }), {
  selector: ({ days }) => days,
  maxLength: 20,
});

test('without censoring it is the plain share; with it never less, and it never falls with time', () => {
  fc.assert(
    fc.property(durations, fc.nat(50), (list, by) => {
      const naive = (all: readonly Duration[]) => {
        const everybody = all.reduce((sum, { events, censored }) => sum + events + censored, 0);
        const had = all.filter(({ days }) => days <= by).reduce((sum, { events }) => sum + events, 0);
        return everybody === 0 ? 0 : had / everybody;
      };
      const watched = list.map((one) => ({ ...one, censored: 0 }));
      expect(shareWithEventBy(watched, by)).toBeCloseTo(naive(watched), 10);
      expect(shareWithEventBy(list, by)).toBeGreaterThanOrEqual(naive(list) - 1e-12);
      expect(shareWithEventBy(list, by + 1)).toBeGreaterThanOrEqual(shareWithEventBy(list, by));
    }),
    { numRuns: 200 },
  );
});
