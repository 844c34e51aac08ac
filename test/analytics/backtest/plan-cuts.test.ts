import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewestCuts, planCuts, trainingCuts } from '../../../src/analytics/backtest/plan-cuts.ts';
import { days } from '../../../src/analytics/units.ts';

const request = fc.record({
  historyDays: fc.integer({ min: 0, max: 5_000 }).map(days),
  horizonDays: fc.constantFrom(30, 60, 90, 180, 365).map(days),
});

describe('the days on which the past is cut', () => {
  test('the horizon of each ends by the as-of date, and before each lies some history', () => {
    fc.assert(
      fc.property(request, ({ historyDays, horizonDays }) => {
        for (const { daysBefore } of planCuts({ historyDays, horizonDays })) {
          expect(daysBefore).toBeGreaterThanOrEqual(horizonDays);
          expect(historyDays - daysBefore).toBeGreaterThanOrEqual(horizonDays / 2);
        }
      }),
    );
  });

  test('all that are evaluated have a day to learn from whose horizon had ended by then', () => {
    fc.assert(
      fc.property(request, ({ historyDays, horizonDays }) => {
        const cuts = planCuts({ historyDays, horizonDays });
        for (const { daysBefore } of cuts.filter(({ role }) => role === 'evaluate')) {
          const training = trainingCuts(cuts, daysBefore, horizonDays);
          expect(training.length).toBeGreaterThan(0);
          for (const cut of training) expect(cut.daysBefore - horizonDays).toBeGreaterThanOrEqual(daysBefore);
        }
      }),
    );
  });

  test('there are at least three to evaluate or none, and three wherever the history is three horizons long', () => {
    fc.assert(
      fc.property(request, ({ historyDays, horizonDays }) => {
        const evaluated = planCuts({ historyDays, horizonDays }).filter(({ role }) => role === 'evaluate').length;
        expect(evaluated === 0 || evaluated >= fewestCuts).toBe(true);
        if (historyDays >= 3 * horizonDays) expect(evaluated).toBeGreaterThanOrEqual(fewestCuts);
      }),
    );
  });

  test('they are distinct and latest first, and horizons do not overlap where the history is long', () => {
    fc.assert(
      fc.property(request, ({ historyDays, horizonDays }) => {
        const ages = planCuts({ historyDays, horizonDays }).map(({ daysBefore }) => daysBefore);
        const gaps = ages.slice(1).map((age, i) => age - (ages[i] ?? 0));
        for (const gap of gaps) expect(gap).toBeGreaterThan(0);
        if (historyDays >= 6 * horizonDays) for (const gap of gaps) expect(gap).toBe(horizonDays);
      }),
    );
  });

  test.each([30, 60, 90, 180, 365])('a history of exactly three horizons of %s days is enough', (horizon) => {
    const cuts = planCuts({ historyDays: days(3 * horizon), horizonDays: days(horizon) });
    expect(cuts.filter(({ role }) => role === 'evaluate')).toHaveLength(fewestCuts);
  });

  test('the reference file, 684 days with a horizon of 180, is cut five times, three of them to evaluate', () => {
    expect(planCuts({ historyDays: days(684), horizonDays: days(180) })).toEqual([
      { daysBefore: 180, role: 'evaluate' },
      { daysBefore: 270, role: 'evaluate' },
      { daysBefore: 360, role: 'evaluate' },
      { daysBefore: 450, role: 'train' },
      { daysBefore: 540, role: 'train' },
    ]);
  });
});
