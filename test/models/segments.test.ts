import { expect, test } from 'vitest';
import type { RowObject } from '../../src/index.ts';
import { row } from '../support/make-shop.ts';
import { randomSales, toRows } from '../support/random-sales.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

const FIVE = ['At Risk', 'High Value', 'Lost', 'New', 'Regular'];

test('customers of hand-made histories have the segment that they had at the last month end', async () => {
  await using shop = await openShop({ asOf: '2024-03-15', segmentHistoryMonths: 2 });
  await shop.load([
    row('2023-01-10', 'gone', '1', '10.00'),
    row('2024-03-05', 'newcomer', '2', '10.00'),
    row('2023-12-10', 'settling', '3', '10.00'),
    row('2023-09-05', 'fading', '4', '10.00'),
    row('2023-03-10', 'slipping', '5', '10.00'),
    row('2023-01-05', 'back', '6', '400.00'),
    row('2024-03-10', 'back', '7', '600.00'),
    row('2024-02-01', 'refunded', '8', '-5.00'),
    row('2024-03-02', 'refunded later', '9', '-5.00'),
  ]);
  const rows = await shop.query(
    'select customer_id, previous_segment, customer_segment from business.customer_segments order by customer_id',
  );
  expect(rows.map((one) => [one.customer_id, one.previous_segment, one.customer_segment])).toEqual([
    ['back', 'Lost', 'High Value'],
    ['fading', 'Regular', 'At Risk'],
    ['gone', 'Lost', 'Lost'],
    ['newcomer', null, 'New'],
    ['refunded', 'Lost', 'Lost'],
    ['refunded later', null, 'Lost'],
    ['settling', 'New', 'Regular'],
    ['slipping', 'At Risk', 'Lost'],
  ]);
  const moves = await shop.query(
    'select cast(month_end as varchar) as month_end, from_segment, to_segment, customers, share_of_from from business.segment_migration where customers > 0 and from_segment <> to_segment order by month_end, from_segment, to_segment',
  );
  expect(moves.map((move) => Object.values(move).join(', '))).toEqual([
    '2024-01-31, At Risk, Lost, 2, 66.67',
    '2024-02-29, not yet a customer, Lost, 1, 100.00',
    '2024-03-15, At Risk, Lost, 1, 100.00',
    '2024-03-15, Lost, High Value, 1, 33.33',
    '2024-03-15, New, Regular, 1, 100.00',
    '2024-03-15, Regular, At Risk, 1, 100.00',
    '2024-03-15, not yet a customer, Lost, 1, 50.00',
    '2024-03-15, not yet a customer, New, 1, 50.00',
  ]);
  const days = await shop.query(
    'select distinct cast(month_end as varchar) as day from business.segment_history order by 1',
  );
  expect(days.map(({ day }) => day)).toEqual(['2024-01-31', '2024-02-29', '2024-03-15']);
});

test('a cell of the three scores has exactly one named segment, and all 125 have one', async () => {
  await using shop = await openShop();
  await shop.load([row('2024-01-05', 'a', '1', '10.00')]);
  const cells = await shop.query('select * from business.rfm_cells order by rfm_score');
  const scores = [1, 2, 3, 4, 5];
  const all = scores.flatMap((r) => scores.flatMap((f) => scores.map((m) => `${r}${f}${m}`)));
  expect(cells.map(({ rfm_score }) => rfm_score)).toEqual(all);
  const names = new Map(cells.map((cell) => [cell.rfm_score, cell.rfm_segment]));
  expect(new Set(names.values())).toEqual(
    new Set(
      "Champions,Loyal,Potential Loyalist,New,Promising,Need Attention,About To Sleep,At Risk,Can't Lose,Hibernating,Lost".split(
        ',',
      ),
    ),
  );
  expect(['555', '111', '511', '144', '255', '333', '311', '211'].map((score) => names.get(score))).toEqual([
    'Champions',
    'Lost',
    'New',
    "Can't Lose",
    "Can't Lose",
    'Need Attention',
    'About To Sleep',
    'Hibernating',
  ]);
  // A shop of one customer has no better and no worse ones.
  expect(
    await shop.query('select customer_segment, rfm_score, previous_segment from business.customer_segments'),
  ).toEqual([expect.objectContaining({ customer_segment: 'New', rfm_score: '111', previous_segment: null })]);
});

function sumBy(rows: readonly RowObject[], key: (one: RowObject) => string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of rows) sums[key(one)] = (sums[key(one)] ?? 0) + Number(one.customers);
  return Object.fromEntries(Object.entries(sums).filter(([, customers]) => customers > 0));
}

/** The laws that hold between the segment tables of any shop. */
async function expectLaws(shop: Shop, firstDays: ReadonlyMap<string, string>): Promise<void> {
  const members = await shop.query(
    "select customer_segment, coalesce(previous_segment, 'not yet a customer') as previous, 1 as customers from business.customer_segments",
  );
  expect(members).toHaveLength(firstDays.size);
  const migration = await shop.query(
    'select cast(month_end as varchar) as day, from_segment, to_segment, customers, is_as_of from business.segment_migration order by 1, 2, 3',
  );
  const history = await shop.query(
    'select cast(month_end as varchar) as day, customer_segment, customers, is_as_of from business.segment_history order by 1, 2',
  );
  const days = [...new Set(migration.map(({ day }) => String(day)))];
  for (const [index, day] of days.entries()) {
    const here = migration.filter((move) => move.day === day);
    expect(here, day).toHaveLength(30);
    const base = [...firstDays.values()].filter((first) => first <= day).length;
    expect(
      here.reduce((sum, { customers }) => sum + Number(customers), 0),
      day,
    ).toBe(base);
    const now = history.filter((one) => one.day === day);
    expect(
      now.map(({ customer_segment }) => customer_segment),
      day,
    ).toEqual(FIVE);
    expect(
      sumBy(here, (move) => String(move.to_segment)),
      day,
    ).toEqual(sumBy(now, (one) => String(one.customer_segment)));
    const before = migration.filter((move) => move.day === days[index - 1]);
    const stayed = here.filter((move) => move.from_segment !== 'not yet a customer');
    if (index > 0) {
      expect(
        sumBy(stayed, (move) => String(move.from_segment)),
        day,
      ).toEqual(sumBy(before, (move) => String(move.to_segment)));
    }
  }
  expect(
    sumBy(
      migration.filter(({ is_as_of }) => is_as_of === true),
      (move) => `${move.from_segment} > ${move.to_segment}`,
    ),
  ).toEqual(sumBy(members, (one) => `${one.previous} > ${one.customer_segment}`));
  const profiles = await shop.query('select * from business.segment_profiles');
  for (const segmentation of ['five', 'rfm']) {
    const own = profiles.filter((one) => one.segmentation === segmentation);
    expect(own).toHaveLength(segmentation === 'five' ? 5 : 11);
    expect(own.reduce((sum, { customers }) => sum + Number(customers), 0)).toBe(firstDays.size);
    for (const { customers, bootstrap_stability: stability } of own) {
      expect(stability === null).toBe(Number(customers) === 0);
    }
  }
}

test('in random shops everybody has one segment, moves sum to the base, and what comes follows from what was', async () => {
  const shapes = [
    { seed: 401, orders: 240, customers: 90, days: 500, maxCents: 30_000, firstDate: '2022-12-31' },
    { seed: 402, orders: 150, customers: 30, days: 45, maxCents: 300, firstDate: '2024-01-20' },
    { seed: 403, orders: 60, customers: 200, days: 1_200, maxCents: 99_999_999, firstDate: '2021-02-28' },
  ];
  for (const shape of shapes) {
    await using shop = await openShop({ grossMargin: shape.seed === 402 ? 0.37 : null });
    const sales = randomSales(shape);
    await shop.load(toRows(sales));
    const firstDays = new Map<string, string>();
    for (const { date, customer } of sales) {
      const known = firstDays.get(customer);
      if (known === undefined || date < known) firstDays.set(customer, date);
    }
    await expectLaws(shop, firstDays);
  }
});

test('by a fixed threshold the five segments do not depend on who else was drawn', async () => {
  await using shop = await openShop({ highValueBy: 'threshold', ltvHighThreshold: 150 });
  await shop.load(
    toRows(
      randomSales({ seed: 404, orders: 200, customers: 80, days: 300, maxCents: 30_000, firstDate: '2023-01-01' }),
    ),
  );
  const [cut] = await shop.query('select high_value_from from business.segment_cutoffs where is_as_of');
  expect(cut?.high_value_from).toBe('150.00');
  const five = await shop.query(
    "select distinct bootstrap_stability from business.segment_profiles where segmentation = 'five' and customers > 0",
  );
  expect(five).toEqual([expect.objectContaining({ bootstrap_stability: 1 })]);
});
