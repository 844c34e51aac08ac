import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellRows, checkHistory, convertCells, purchaseCells, thinCells } from '../../src/analytics/purchase-cells.ts';
import { type Days, days } from '../../src/analytics/units.ts';
import { InputError } from '../../src/errors.ts';

const row = (frequency: number, recency: number, age: number, customers = 1) => ({
  ...{ frequency, recency: days(recency), age: days(age), customers },
});

test('equal histories are one cell, sorted by frequency, then recency, then age', () => {
  const cells = purchaseCells('day', [row(1, 3, 9), row(0, 0, 5), row(1, 3, 9, 4), row(1, 2, 9), row(0, 0, 2)]);
  expect([...cellRows(cells)]).toEqual([row(0, 0, 2), row(0, 0, 5), row(1, 2, 9), row(1, 3, 9, 5)]);
  expect(cells).toMatchObject({ size: 4, customers: 8, repeatPurchases: 6, exposure: 2 + 5 + 6 * 9 });
  expect([...cells.times]).toEqual([0, 2, 3, 5, 9]);
  expect([...cells.frequencies]).toEqual([0, 1]);
  expect([...cells.groupStarts]).toEqual([0, 2, 4]);
});

test('no customers make no cells', () => {
  expect(purchaseCells('day', [])).toMatchObject({ size: 0, customers: 0, exposure: 0 });
});

describe('impossible histories are refused, with the value and the row', () => {
  test.each([
    ['recency above age', row(1, 10, 9), 'recency 10 is greater than age 9'],
    ['a repeat date without a repeat', row(0, 3, 9), 'recency 3 with frequency 0'],
    ['repeats on the first day', row(2, 0, 9), 'recency 0 with frequency 2'],
    ['negative frequency', row(-1, 0, 9), 'frequency -1'],
    ['half a purchase', row(1.5, 1, 9), 'frequency 1.5'],
    ['negative recency', row(1, -1, 9), 'recency -1'],
    ['negative age', row(0, 0, -9), 'age -9'],
    ['not a number', row(1, Number.NaN, 9), 'recency NaN (not a finite number)'],
    ['without end', row(0, 0, Number.POSITIVE_INFINITY), 'age Infinity (not a finite number)'],
    ['no customers', row(0, 0, 9, 0), '0 customers'],
  ])('%s', (_, bad, message) => {
    expect(() => checkHistory(bad)).toThrow(InputError);
    expect(() => purchaseCells('day', [row(0, 0, 1), bad])).toThrow(message);
    expect(() => purchaseCells('day', [row(0, 0, 1), bad])).toThrow('(row 2)');
  });
});

test('order and splitting of rows do not change the cells, and the rows of cells make the same cells', () => {
  const rows = fc.array(
    fc.record({ frequency: fc.nat(4), last: fc.integer({ min: 1, max: 9 }), more: fc.nat(9), customers: fc.integer({ min: 1, max: 5 }) }),
    { maxLength: 40 },
  ); // biome-ignore format: one record
  fc.assert(
    fc.property(rows, (list) => {
      const all = list.map(({ frequency, last, more, customers }) =>
        row(frequency, frequency === 0 ? 0 : last, last + more, customers),
      );
      const cells = purchaseCells('day', all);
      const split = all.flatMap((one) => Array.from({ length: one.customers }, () => ({ ...one, customers: 1 })));
      expect(purchaseCells('day', split.reverse())).toEqual(cells);
      expect(purchaseCells('day', cellRows(cells))).toEqual(cells);
    }),
  );
});

test('conversion to weeks divides the times by seven', () => {
  const cells = convertCells(purchaseCells('day', [row(1, 7, 70), row(0, 0, 1, 3)]), 'week');
  expect([...cells.times]).toEqual([0, 1 / 7, 1, 10]);
  expect(cells).toMatchObject({ unit: 'week', customers: 4 });
  expect(cells.exposure).toBeCloseTo(73 / 7, 12);
});

test('a thinned base has every n-th cell', () => {
  const cells = purchaseCells(
    'day',
    Array.from({ length: 100 }, (_, i) => row(0, 0, i)),
  );
  expect([...cellRows(thinCells(cells, 10))].map(({ age }): Days => age)).toEqual([
    0, 10, 20, 30, 40, 50, 60, 70, 80, 90,
  ]);
});
