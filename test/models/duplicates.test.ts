import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { expectBalanced } from '../support/published-figures.ts';
import { contentHashes, openShop } from '../support/run-shop.ts';

test('[C66] an exact copy is dropped, another line of the order is added, an order of two customers is refused', async () => {
  await using shop = await openShop({ maxRejectedShare: 1 });
  const summary = await shop.load([
    row('2024-01-01', 'C1', 'copied', '5.00'),
    row('2024-01-01', 'C1', 'copied', ' 5.0 '),
    row('2024-01-01', 'C1', 'copied', '5'),
    row('2024-01-01', 'C1', 'lines', '5.00'),
    row('2024-01-01', 'C1', 'lines', '7.00'),
    row('2024-01-03', 'C1', 'lines', '5.00'),
    row('2024-01-01', 'C1', 'shared', '5.00'),
    row('2024-01-01', 'C2', 'shared', '5.00'),
    row('2024-01-01', 'C2', 'shared', '5.00'),
    row('2024-01-02', 'C1', 'fine', '1.00'),
  ]);
  expect(summary.layers.staging.rejectedByReason).toEqual({ DUPLICATE_ROW: 3, ORDER_CONFLICT: 2 });
  const orders = await shop.query(
    'select order_id, order_date, order_amount, line_count from warehouse.dim_order order by 1',
  );
  expect(orders.map((order) => Object.values(order))).toEqual([
    ['copied', '2024-01-01', '5.00', 1],
    ['fine', '2024-01-02', '1.00', 1],
    ['lines', '2024-01-01', '17.00', 3],
  ]);
  const rejected = await shop.query(
    'select reason_detail, sales_amount from staging.stg_sales_rejected order by source_row',
  );
  expect(rejected.map((record) => Object.values(record))).toEqual([
    ['same date, customer, order and amount as an earlier row', '5.00'],
    ['same date, customer, order and amount as an earlier row', '5.00'],
    ['order "shared" belongs to more than one customer', '5.00'],
    ['order "shared" belongs to more than one customer', '5.00'],
    ['same date, customer, order and amount as an earlier row', '5.00'],
  ]);
  expectBalanced(shop);
});

test('an order id whose other customer stands only in a refused row is no conflict', async () => {
  await using shop = await openShop({ maxRejectedShare: 1 });
  const summary = await shop.load([row('2024-01-01', 'C1', '1', '5.00'), row('2024-01-01', 'C2', '1', 'free')]);
  expect(summary.layers.staging.rejectedByReason).toEqual({ INVALID_SALES: 1 });
});

test('[C67] the same content again, renamed or in an overlapping export, is not counted twice', async () => {
  const rows = Array.from({ length: 30 }, (_, index) =>
    row(`2024-01-${String(index + 1).padStart(2, '0')}`, `C${index % 7}`, `${index}`, `${index + 1}.50`),
  );
  await using shop = await openShop({ maxRejectedShare: 1 });
  const file = await shop.write('january.csv', csvOf(rows.slice(0, 20)));
  const copy = join(shop.folder, 'copy of january.csv');
  await copyFile(file, copy);
  const twice = await shop.run([file, copy]);
  expect(twice.layers.staging).toMatchObject({ rawRecords: 20, cleanRecords: 20 });
  const notices = shop.events.flatMap((event) => (event.type === 'notice' ? event.message : []));
  expect(notices).toContain(
    'copy of january.csv has the same content as january.csv, which is in the data already; it changes nothing',
  );
  const before = await contentHashes(shop);

  const again = await shop.run([copy], { append: true });
  expect(again).toMatchObject({ changed: false, snapshotId: twice.snapshotId });
  expect(await contentHashes(shop)).toEqual(before);

  const overlapping = await shop.load(rows.slice(10), { append: true });
  expect(overlapping.layers.staging).toMatchObject({
    rawRecords: 40,
    rejectedByReason: {},
    setAsideByKind: { REPEATED: 10 },
    newOrders: 10,
    changedOrders: 0,
  });
  expect(overlapping.layers.warehouse).toMatchObject({ orders: 30, revenue: 480 });
  expectBalanced(shop);
});
