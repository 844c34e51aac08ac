import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Duration } from '../../../src/analytics/kaplan-meier.ts';
import { chooseChurnHorizon } from '../../../src/analytics/observation/churn-horizon.ts';
import { durationLists } from './duration-lists.ts';
import { freireichPlacebo, freireichTreated } from './freireich.ts';

const everybodyAfter = (days: number): Duration[] => [{ days, events: 10, censored: 0 }];
const horizonOf = (gaps: readonly Duration[], historyDays: number) => chooseChurnHorizon({ gaps, historyDays });

describe('the rule', () => {
  test.each([
    [1, 30],
    [30, 30],
    [31, 60],
    [60, 60],
    [61, 90],
    [91, 180],
    [181, 365],
    [365, 365],
  ])('a median of %i days is reached by %i', (median, days) => {
    expect(horizonOf(everybodyAfter(median), 2000)).toMatchObject({ days, medianDays: median });
  });

  test.each([
    [90, 30],
    [179, 30],
    [180, 60],
    [269, 60],
    [270, 90],
    [539, 90],
    [540, 180],
    [1094, 180],
    [1095, 365],
  ])('a history of %i days allows at most %i', (historyDays, days) => {
    expect(horizonOf(everybodyAfter(400), historyDays)?.days).toBe(days);
  });

  test('no history of less than 90 days allows any', () => {
    for (const historyDays of [0, 1, 89]) expect(horizonOf(everybodyAfter(5), historyDays)).toBeNull();
  });

  test('customers who were not watched for so long are unknown, not gone: Freireich’s patients in days', () => {
    const inDays = (list: readonly Duration[]) => list.map((one) => ({ ...one, days: 7 * one.days }));
    expect(horizonOf(inDays(freireichTreated), 1000)).toMatchObject({ days: 180, medianDays: 161 });
    expect(horizonOf(inDays(freireichPlacebo), 1000)).toMatchObject({ days: 60, medianDays: 56 });
  });
});

describe('the reason', () => {
  const reasonOf = (gaps: readonly Duration[], historyDays: number) => horizonOf(gaps, historyDays)?.reason;

  test('the median is reached', () => {
    const reason = 'the median time to the next order is 45 days; 60 is the shortest horizon that reaches it';
    expect(reasonOf(everybodyAfter(45), 684)).toBe(reason);
    expect(reasonOf(everybodyAfter(1), 684)).toContain('is 1 day;');
  });

  test('the median is beyond a third of the history, known or not', () => {
    const reason =
      'the median time to the next order is more than 228 days, a third of the history of 684 days; ' +
      '180 is the longest horizon below that';
    expect(reasonOf(everybodyAfter(300), 684)).toBe(reason);
    expect(reasonOf([{ days: 600, events: 1, censored: 9 }], 684)).toBe(reason);
    expect(reasonOf(everybodyAfter(300), 540)).toContain('180 is the longest horizon up to that');
  });

  test('the median is within a third of the history, the horizon that reaches it is not', () => {
    expect(reasonOf(everybodyAfter(200), 684)).toBe(
      'the median time to the next order is 200 days; ' +
        '180 is the longest horizon within 228 days, a third of the history of 684 days',
    );
  });

  test('the median is beyond the longest horizon there is', () => {
    const reason = 'the median time to the next order is 500 days; 365 is the longest horizon';
    expect(reasonOf(everybodyAfter(500), 3000)).toBe(reason);
  });

  test('it is not said to be beyond a time for which nobody was watched', () => {
    expect(reasonOf([{ days: 100, events: 1, censored: 9 }], 684)).toBe(
      'fewer than half of the returning customers were seen to order again, and none was watched for more than 100 days; ' +
        '180 is the longest horizon within 228 days, a third of the history of 684 days',
    );
    expect(reasonOf([], 684)).toMatch(/^no returning customer has been watched yet; 180 is/);
    expect(reasonOf([{ days: 900, events: 0, censored: 0 }], 684)).toMatch(/^no returning customer/);
  });
});

describe('laws', () => {
  const histories = fc.nat(3000);
  const daysOf = (gaps: readonly Duration[], historyDays: number) => horizonOf(gaps, historyDays)?.days ?? 0;

  test('never above a third of the history, always one of the five, null below 90 days and only there', () => {
    fc.assert(
      fc.property(durationLists, histories, (gaps, historyDays) => {
        const chosen = horizonOf(gaps, historyDays);
        expect(chosen === null).toBe(historyDays < 90);
        if (chosen === null) return;
        expect([30, 60, 90, 180, 365]).toContain(chosen.days);
        expect(3 * chosen.days).toBeLessThanOrEqual(historyDays);
      }),
    );
  });

  test('gaps that are all longer, by a factor or by days, never make it smaller', () => {
    fc.assert(
      fc.property(
        durationLists,
        histories,
        fc.integer({ min: 1, max: 4 }),
        fc.nat(90),
        (gaps, historyDays, factor, more) => {
          const longer = gaps.map((one) => ({ ...one, days: factor * one.days + more }));
          expect(daysOf(longer, historyDays)).toBeGreaterThanOrEqual(daysOf(gaps, historyDays));
        },
      ),
    );
  });

  test('neither does a longer history, nor customers who stop to be watched instead of ordering', () => {
    fc.assert(
      fc.property(durationLists, histories, histories, (gaps, historyDays, more) => {
        expect(daysOf(gaps, historyDays + more)).toBeGreaterThanOrEqual(daysOf(gaps, historyDays));
        const silent = gaps.map(({ days, events, censored }) => ({ days, events: 0, censored: events + censored }));
        expect(daysOf(silent, historyDays)).toBeGreaterThanOrEqual(daysOf(gaps, historyDays));
      }),
    );
  });

  test('where the median is reached, the next smaller one does not reach it', () => {
    fc.assert(
      fc.property(durationLists, (gaps) => {
        const chosen = horizonOf(gaps, 3000);
        if (chosen?.medianDays == null || chosen.medianDays > 365) return;
        expect(chosen.days).toBeGreaterThanOrEqual(chosen.medianDays);
        const smaller = [0, 30, 60, 90, 180, 365].filter((days) => days < chosen.days).at(-1);
        expect(smaller).toBeLessThan(chosen.medianDays);
      }),
    );
  });
});
