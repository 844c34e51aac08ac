import { expect, test } from 'vitest';
import type { ConfigSpec } from '../../src/index.ts';
import { dateOf } from '../support/calendar-days.ts';
import { row, type SaleRow } from '../support/make-shop.ts';
import { openShop } from '../support/run-shop.ts';
import { undefinedValues } from '../support/undefined-values.ts';

interface Case {
  readonly title: string;
  readonly rows: readonly SaleRow[];
  readonly settings?: ConfigSpec;
  /** What the gate says, at least of one score. */
  readonly says: RegExp;
}

/** So low a floor that the models must cope with what there is. */
const lowFloor = { minBuyersForPrediction: 1, minHistoryDaysForPrediction: 1, minEventsForPrediction: 1 } as const;

const firstDay = 19_000;
const day = (index: number) => dateOf(firstDay + index);

/** Customers who each buy on the days that `days` gives for them. */
function shop(
  customers: number,
  days: (index: number) => readonly number[],
  amount: (index: number, k: number) => string,
) {
  return Array.from({ length: customers }, (_, index) =>
    days(index).map((on, k) => row(day(on), `C${index}`, `${index}-${k}`, amount(index, k))),
  ).flat();
}

/** A pseudo-random whole number below `below`, the same for the same index. */
const scatter = (index: number, below: number): number => ((index * 2_654_435_761) >>> 7) % below;

const cases: readonly Case[] = [
  {
    title: 'everybody bought once',
    rows: shop(
      900,
      (index) => [scatter(index, 700)],
      () => '20.00',
    ),
    says: /100 more customers who order again/,
  },
  {
    title: 'everybody bought once, whatever the floor',
    rows: shop(
      900,
      (index) => [scatter(index, 700)],
      () => '20.00',
    ),
    settings: { ...lowFloor, minEventsForPrediction: 1 },
    says: /more customer/,
  },
  {
    title: 'one customer',
    rows: shop(
      1,
      () => [0, 200, 400],
      () => '20.00',
    ),
    settings: lowFloor,
    says: /./,
  },
  {
    title: 'one day of history',
    rows: shop(
      900,
      () => [0],
      () => '20.00',
    ),
    settings: lowFloor,
    says: /./,
  },
  {
    title: 'returns only',
    rows: shop(
      900,
      (index) => [scatter(index, 700)],
      () => '-20.00',
    ),
    settings: lowFloor,
    says: /./,
  },
  {
    title: 'all amounts equal',
    rows: shop(
      900,
      (index) => {
        const start = scatter(index, 500);
        return index % 2 === 0 ? [start] : [start, start + 60 + scatter(index, 50), start + 180 + scatter(index, 20)];
      },
      () => '20.00',
    ),
    settings: lowFloor,
    says: /./,
  },
  {
    title: 'everybody comes back every day',
    rows: shop(
      12,
      (index) => Array.from({ length: 200 }, (_, k) => index + k),
      () => '5.00',
    ),
    settings: lowFloor,
    says: /./,
  },
  {
    title: 'a customer with 10,000 orders among 900 with one or two',
    rows: [
      ...shop(
        900,
        (index) => (index % 3 === 0 ? [scatter(index, 600), 601 + scatter(index, 90)] : [scatter(index, 690)]),
        (index) => `${1 + scatter(index, 90)}.50`,
      ),
      ...Array.from({ length: 10_000 }, (_, k) => row(day(k % 690), 'WHALE', `w${k}`, '3.10')),
    ],
    settings: lowFloor,
    says: /./,
  },
  {
    title: 'amounts of 0.01 and of 10 million',
    rows: shop(
      900,
      (index) => (index % 3 === 0 ? [scatter(index, 600), 601 + scatter(index, 90)] : [scatter(index, 690)]),
      (index, k) => ((index + k) % 2 === 0 ? '0.01' : '10000000.00'),
    ),
    settings: lowFloor,
    says: /./,
  },
  {
    title: 'zero amounts only',
    rows: shop(
      600,
      (index) => (index % 2 === 0 ? [scatter(index, 600), 601 + scatter(index, 90)] : [scatter(index, 690)]),
      () => '0.00',
    ),
    settings: { ...lowFloor, allowZeroAmounts: true },
    says: /./,
  },
];

test.each(cases)(
  'no crash, no NaN, no infinite value: $title; and the gate speaks',
  async ({ rows, settings, says }) => {
    await using opened = await openShop(settings);
    const summary = await opened.load(rows);
    expect(await undefinedValues(opened)).toEqual([]);
    const grades = await opened.query('select score, grade, reason from business.prediction_grades');
    expect(grades).toHaveLength(4);
    for (const { reason } of grades) expect(String(reason)).not.toBe('');
    expect(grades.map(({ reason }) => reason).join('\n')).toMatch(says);
    expect(JSON.stringify({ ...summary, currency: '', forecast: '' })).not.toMatch(/NaN|Infinity|null/);
    // Months of a naive forecast have no parts: those are null, but nothing is without end.
    JSON.stringify(summary.forecast, (name, value: unknown) => {
      if (typeof value === 'number') expect(Number.isFinite(value), name).toBe(true);
      return value;
    });
  },
);
