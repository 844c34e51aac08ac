import { describe, expect, test } from 'vitest';
import { naiveForecast } from '../../../src/analytics/forecast/naive-forecast.ts';
import { meanAbsoluteError, naiveScale } from '../../../src/analytics/forecast/scaled-error.ts';

const numbered = (length: number) => Array.from({ length }, (_, month) => month + 1);

describe('naive forecasts', () => {
  test('same as last month: the last value, however far ahead', () => {
    for (const lead of [1, 7, 13]) expect(naiveForecast([3, 1, 4], 'last_month', lead)).toBe(4);
  });

  test('same month last year: twelve months before the target, two years where that is not known yet', () => {
    const at = (months: number, lead: number) => naiveForecast(numbered(months), 'same_month_last_year', lead);
    expect([1, 2, 12, 13].map((lead) => at(24, lead))).toEqual([13, 14, 24, 13]);
  });

  test('same month last year is unknown where the data begins later', () => {
    const at = (months: number, lead: number) => naiveForecast(numbered(months), 'same_month_last_year', lead);
    expect([at(11, 1), at(11, 2), at(12, 1), at(12, 13)]).toEqual([undefined, 1, 1, 1]);
  });
});

describe('scaled errors', () => {
  test('the scale is the mean step of the series: (2 + 3 + 1) / 3', () => {
    expect(naiveScale([1, 3, 0, 1])).toBe(2);
    expect(meanAbsoluteError([2, -1, 3])).toBe(2);
  });

  test('a series that never moved, or has one value, has no scale', () => {
    expect([naiveScale([5, 5, 5]), naiveScale([5]), naiveScale([])]).toEqual([null, null, null]);
  });
});
