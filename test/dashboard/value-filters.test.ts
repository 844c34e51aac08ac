import { expect, test } from 'vitest';
import { filterOfFields } from '../../dashboard/src/pages/value/field-selection.ts';
import { valueFilter } from '../../dashboard/src/pages/value/measures.ts';
import { riskFilter } from '../../dashboard/src/pages/value/risk-filter.ts';

test('a filter leaves out who stands at the upper end of a step, but for the highest risk', () => {
  expect(riskFilter(20, 25)).toEqual({ churn_min: 20, churn_max: 24.99 });
  expect(riskFilter(95, 100)).toEqual({ churn_min: 95, churn_max: 100 });
  expect(valueFilter('total_spent', { from: 0.5, to: 1.1 })).toEqual({ spent_min: 0.5, spent_max: 1.09 });
  expect(valueFilter('lifetime_value', { from: 1_000, to: undefined })).toEqual({ value_min: 1_000 });
  expect(valueFilter('avg_order_value', { from: 0, to: 1 })).toBeUndefined();
});

test('fields without a lower end of value hold all that is below', () => {
  expect(filterOfFields('lifetime_value', { riskFrom: 0, riskTo: 50, valueFrom: 0, valueTo: 1 })).toEqual({
    churn_min: 0,
    churn_max: 49.99,
    value_max: 0.99,
  });
});
