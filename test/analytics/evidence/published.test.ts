import { describe, expect, test } from 'vitest';
import { adjustedPValues } from '../../../src/analytics/evidence/adjusted-p-values.ts';
import { countExcess } from '../../../src/analytics/evidence/count-excess.ts';
import {
  normalDistance,
  normalTails,
  studentDistance,
  studentTails,
} from '../../../src/analytics/evidence/distributions.ts';
import { shareDifferenceInterval, wilsonInterval } from '../../../src/analytics/evidence/share-interval.ts';
import { waitingShift } from '../../../src/analytics/evidence/waiting-shift.ts';

test('Benjamini and Hochberg 1995, section 4.1: of 15 p-values of a trial the first four hold at 0.05', () => {
  const pValues = [
    ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459],
    ...[0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
  ];
  const adjusted = adjustedPValues(pValues);
  expect(adjusted.filter((pValue) => pValue <= 0.05)).toHaveLength(4);
  expect(adjusted[0]).toBeCloseTo(0.0015, 10);
  expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 10);
  // The fifth, by itself below 0.05, does not.
  expect(adjusted[4]).toBeGreaterThan(0.05);
});

test('quantiles of Student and of the normal distribution, as in printed tables', () => {
  const table: readonly (readonly [number, number, string])[] = [
    ...[[1, 0.05, '12.706'] as const, [4, 0.05, '2.776'] as const, [10, 0.05, '2.228'] as const],
    ...[
      [10, 0.01, '3.169'] as const,
      [30, 0.001, '3.646'] as const,
      [Number.POSITIVE_INFINITY, 0.05, '1.960'] as const,
    ],
  ];
  for (const [degrees, tails, printed] of table) {
    expect(studentDistance(tails, degrees).toFixed(3)).toBe(printed);
    expect(studentTails(studentDistance(tails, degrees), degrees)).toBeCloseTo(tails, 9);
  }
  expect(normalTails(1.959963985)).toBeCloseTo(0.05, 9);
  expect(normalDistance(1e-20).toFixed(3)).toBe('9.336');
});

describe('Newcombe 1998', () => {
  test.each([
    [56, 70, 48, 80, '0.0524', '0.3339'],
    [9, 10, 3, 10, '0.1705', '0.8090'],
    [10, 10, 0, 20, '0.6791', '1.0000'],
  ])('table II, method 10: %d of %d against %d of %d', (a, ofA, b, ofB, low, high) => {
    const z = normalDistance(0.05);
    const interval = shareDifferenceInterval({ successes: a, total: ofA }, { successes: b, total: ofB }, z);
    expect(interval.low.toFixed(4)).toBe(low);
    expect(interval.high.toFixed(4)).toBe(high);
  });

  test('Wilson interval of 81 of 263', () => {
    const { low, high } = wilsonInterval({ successes: 81, total: 263 }, normalDistance(0.05));
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
  });
});

/** Weeks in remission of leukemia patients; those with a plus were still in it when last seen. Freireich et al. 1963. */
const treated = '6+ 6 6 6 7 9+ 10+ 10 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+';
const placebo = '1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23';

function durationsOf(weeks: string) {
  return weeks.split(' ').map((text) => {
    const isCensored = text.endsWith('+');
    return { days: Number.parseInt(text, 10), events: isCensored ? 0 : 1, censored: isCensored ? 1 : 0 };
  });
}

describe('remission under 6-mercaptopurine, the log-rank test of the textbooks', () => {
  const shift = waitingShift(durationsOf(treated), [durationsOf(placebo)], 35);

  test('9 relapses; 10.75 less than chance lets expect of the 30, given all of them', () => {
    expect(shift?.observed).toBe(9);
    expect(shift?.relative).toBeLessThan(-0.6);
  });

  test('chi-square 16.79 on one degree of freedom, p about 4e-5', () => {
    expect(normalTails(Math.sqrt(16.79))).toBeCloseTo(0.0000417, 6);
    // Ours counts whole events instead of taking them for a bell curve: of the same size, a little more careful.
    expect(shift?.pValue).toBeGreaterThan(2e-5);
    expect(shift?.pValue).toBeLessThan(3e-4);
  });

  test('the share in remission after 23 weeks is 0.448 (Kaplan-Meier)', () => {
    const by23 = waitingShift(durationsOf(treated), [durationsOf(placebo)], 23);
    expect((1 - (by23?.share ?? 0)).toFixed(3)).toBe('0.448');
    expect(by23?.usualShare).toBeCloseTo(1, 10);
  });
});

test('one table is the hypergeometric distribution: mean and variance by hand', () => {
  const excess = countExcess([{ events: 3, members: 4, otherEvents: 1, otherMembers: 4 }]);
  expect(excess).toMatchObject({ observed: 3, expected: 2 });
  expect(excess.variance).toBeCloseTo((4 * 4 * 4 * 4) / (8 * 8 * 7), 12);
});
