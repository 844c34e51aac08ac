import { expect, test } from 'vitest';
import type { ConfigSpec } from '../../src/index.ts';
import { row, type SaleRow } from '../support/make-shop.ts';
import { expectBalanced, expectSummaryOfTables } from '../support/published-figures.ts';
import { openShop } from '../support/run-shop.ts';
import { undefinedValues } from '../support/undefined-values.ts';

interface Case {
  readonly title: string;
  readonly rows: readonly SaleRow[];
  readonly settings?: ConfigSpec;
}

const days = Array.from({ length: 28 }, (_, index) => `2024-02-${String(index + 1).padStart(2, '0')}`);

const cases: readonly Case[] = [
  { title: 'one row', rows: [row('2024-02-29', 'C1', '1', '5.00')] },
  { title: 'one customer', rows: days.map((day, index) => row(day, 'C1', `${index}`, `${index + 1}.00`)) },
  {
    title: 'one customer, one day',
    rows: days.map((_, index) => row('2024-02-01', 'C1', `${index}`, `${index + 1}.00`)),
  },
  { title: 'one day', rows: days.map((_, index) => row('2024-12-31', `C${index}`, `${index}`, '5.00')) },
  { title: 'all amounts equal', rows: days.map((day, index) => row(day, `C${index % 9}`, `${index}`, '5.00')) },
  {
    title: 'all amounts zero',
    rows: days.map((day, index) => row(day, `C${index % 9}`, `${index}`, '0.00')),
    settings: { allowZeroAmounts: true },
  },
  {
    title: 'returns and one order',
    rows: [
      row('2024-02-10', 'C1', '1', '5.00'),
      ...days.map((day, index) => row(day, `R${index % 3}`, `r${index}`, '-7.00')),
    ],
  },
  {
    title: 'an order and its return',
    rows: [row('2024-02-01', 'C1', '1', '5.00'), row('2024-03-05', 'C1', '1', '-5.00')],
  },
  { title: 'returns only', rows: [row('2024-02-01', 'C1', '1', '-5.00'), row('2024-02-09', 'C2', '2', '-6.00')] },
  {
    title: 'an as-of date years later',
    rows: [row('2020-02-29', 'C1', '1', '5.00')],
    settings: { asOf: '2024-02-29' },
  },
];

test.each(cases)('[C69] every figure is defined for a shop of $title', async ({ rows, settings }) => {
  await using shop = await openShop(settings);
  const summary = await shop.load(rows);
  expect(await undefinedValues(shop)).toEqual([]);
  expectBalanced(shop);
  await expectSummaryOfTables(shop, summary);
  if (summary.layers.warehouse.revenue <= 0) {
    // A share of nothing, or of a loss, says nothing.
    const indexes = await shop.query('select distinct sales_index_percent from business.seasonal_trends');
    expect(indexes.map((season) => season.sales_index_percent)).toEqual([null]);
  }
  expect(JSON.stringify({ ...summary, currency: '' })).not.toMatch(/NaN|Infinity|null/);
});
