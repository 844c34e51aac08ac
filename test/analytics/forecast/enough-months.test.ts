import { expect, test } from 'vitest';
import { missingMonths } from '../../../src/analytics/forecast/enough-months.ts';

test('a short history says how many complete months are missing', () => {
  expect(missingMonths(8, 5000)).toBe('4 more complete months are needed: there are 8 of 12');
  expect(missingMonths(11, 5000)).toBe('1 more complete month is needed: there are 11 of 12');
});

test('a year with few orders says how many are missing; with enough of both nothing is', () => {
  expect(missingMonths(12, 119)).toBe('1 more order is needed: the last 12 complete months have 119 of 120');
  expect(missingMonths(12, 120)).toBeUndefined();
});
