import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { predictor } from '../../src/analytics/customer-outlook.ts';
import { nbd } from '../../src/analytics/models/nbd.ts';
import { convertRate, convertSpan, type Days, days, plus, rate, type Weeks, weeks } from '../../src/analytics/units.ts';

test('a week is seven days, exactly, and a rate per week is seven times the rate per day', () => {
  expect(convertSpan(weeks(39), 'week', 'day')).toBe(273);
  expect(convertSpan(days(273), 'day', 'week')).toBe(39);
  expect(convertRate(rate(1, 'day'), 'day', 'week')).toBe(7);
  expect(convertSpan(days(365.25), 'day', 'year')).toBe(1);
});

test('there and back again', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (value) => {
      expect(convertSpan(convertSpan(days(value), 'day', 'week'), 'week', 'day')).toBeCloseTo(value, 6);
    }),
  );
});

test('weeks are not accepted for days, nor plain numbers for either', () => {
  expectTypeOf<Weeks>().not.toExtend<Days>();
  expectTypeOf<number>().not.toExtend<Days>();
  expectTypeOf(plus(days(1), days(2))).toEqualTypeOf<Days>();
  const { of } = predictor({ model: nbd, unit: 'week', values: Float64Array.of(0.4, 12) });
  const customer = of({ frequency: 1, recency: weeks(1), age: weeks(2) });
  // @ts-expect-error: days where the model counts weeks.
  expect(customer.expectedOrders(days(7))).toBeGreaterThan(customer.expectedOrders(weeks(1)));
  // @ts-expect-error: a number without a unit.
  expect(customer.expectedOrders(1)).toBe(customer.expectedOrders(weeks(1)));
});
