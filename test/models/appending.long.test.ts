import { expect, test } from 'vitest';
import { InputError } from '../../src/index.ts';
import { row } from '../support/make-shop.ts';
import { expectBalanced } from '../support/published-figures.ts';
import { contentHashes, errorOf, openShop, type Shop } from '../support/run-shop.ts';

const orders = (shop: Shop) =>
  shop.query(
    'select order_id, customer_id, order_date, order_amount, returned_amount from warehouse.dim_order order by 1',
  );
const listed = async (shop: Shop) => (await orders(shop)).map((order) => Object.values(order).join(' '));
const changes = async (shop: Shop) =>
  (
    await shop.query(
      'select order_id, statement, previous_amount, new_amount, previous_date, new_date, previous_customer_id, ' +
        'new_customer_id, set_aside_kind, is_refused from staging.stg_order_changes order by 1, 2, load_id',
    )
  ).map((change) => Object.values(change).join(' '));

test('[C67][C68] an overlapping export: what it repeats changes nothing, what it corrects is replaced and listed', async () => {
  await using shop = await openShop();
  await shop.load([
    row('2024-01-30', 'ada', 'a1', '10.00'),
    row('2024-01-31', 'bo', 'b1', '20.00'),
    row('2024-01-31', 'cy', 'c1', '30.00'),
    row('2024-01-31', 'cy', 'c1', '5.00'),
  ]);
  const summary = await shop.load(
    [
      row('2024-01-31', 'bo', 'b1', '20.00'),
      row('2024-01-31', 'cy', 'c1', '30.00'),
      row('2024-02-01', 'dee', 'd1', '40.00'),
      row('2024-01-31', 'ada', 'a1', '10.00'),
    ],
    { append: true },
  );
  expect(summary.layers.staging).toMatchObject({
    rawRecords: 8,
    rejectedByReason: {},
    setAsideByKind: { SUPERSEDED: 3, REPEATED: 1 },
    newOrders: 1,
    changedOrders: 2,
    lateRecords: 0,
  });
  expect(await listed(shop)).toEqual([
    'a1 ada 2024-01-31 10.00 0.00',
    'b1 bo 2024-01-31 20.00 0.00',
    'c1 cy 2024-01-31 30.00 0.00',
    'd1 dee 2024-02-01 40.00 0.00',
  ]);
  expect(await changes(shop)).toEqual([
    'a1 sales 10.00 10.00 2024-01-30 2024-01-31 ada ada  false',
    'c1 sales 35.00 30.00 2024-01-31 2024-01-31 cy cy  false',
  ]);
  expectBalanced(shop);
});

test('[C68] a correction of a correction: the last word holds, each change is listed', async () => {
  await using shop = await openShop();
  const say = (amount: string, customer = 'ada') => [
    row('2024-01-01', customer, '1', amount),
    row('2024-01-02', 'bo', '2', '7'),
  ];
  await shop.load(say('10.00'));
  await shop.load([...say('11.00'), row('2024-01-03', 'x', '3', '1')], { append: true });
  await shop.load([...say('11.00'), row('2024-01-03', 'x', '4', '1')], { append: true });
  await shop.load([...say('10.00'), row('2024-01-03', 'x', '5', '1')], { append: true });
  const summary = await shop.load([...say('10.00', 'eve'), row('2024-01-03', 'x', '6', '1')], { append: true });
  expect((await listed(shop)).slice(0, 2)).toEqual(['1 eve 2024-01-01 10.00 0.00', '2 bo 2024-01-02 7.00 0.00']);
  expect(await changes(shop)).toEqual([
    '1 sales 10.00 11.00 2024-01-01 2024-01-01 ada ada  false',
    '1 sales 11.00 10.00 2024-01-01 2024-01-01 ada ada  false',
    '1 sales 10.00 10.00 2024-01-01 2024-01-01 ada eve  false',
  ]);
  expect(summary.layers.staging).toMatchObject({ newOrders: 1, changedOrders: 1 });
  expectBalanced(shop);
});

test('a refund that comes in a later file joins its sale; the same refund again is a repeat', async () => {
  await using shop = await openShop();
  await shop.load([row('2024-01-10', 'ada', '1', '50.00'), row('2024-01-11', 'bo', '2', '20.00')]);
  await shop.load([row('2024-02-01', 'ada', '1', '-30.00')], { append: true });
  const again = await shop.load([row('2024-02-01', 'ada', '1', '-30.00'), row('2024-02-20', 'ada', '1', '-5.00')], {
    append: true,
  });
  expect(again.layers.warehouse).toMatchObject({ orders: 2, revenue: 35, returns: 2 });
  expect(await listed(shop)).toEqual(['1 ada 2024-01-10 50.00 -35.00', '2 bo 2024-01-11 20.00 0.00']);
  expect(again.layers.staging).toMatchObject({ setAsideByKind: { REPEATED: 1 }, changedOrders: 0 });
  expectBalanced(shop);
});

test('another order with the same id, of another customer on another day, is refused and not merged', async () => {
  await using shop = await openShop({ maxRejectedShare: 1 });
  await shop.load([row('2024-01-10', 'ada', '1', '50.00'), row('2024-01-11', 'bo', '2', '20.00')]);
  const summary = await shop.load([row('2024-03-01', 'zoe', '1', '9.00')], { append: true });
  expect(summary.layers.staging.rejectedByReason).toEqual({ ORDER_CONFLICT: 2 });
  expect(await listed(shop)).toEqual(['2 bo 2024-01-11 20.00 0.00']);
  expect(await changes(shop)).toEqual(['1 sales 50.00 9.00 2024-01-10 2024-03-01 ada zoe  true']);
  expectBalanced(shop);
});

const shopify = (lines: string) =>
  `Name,Email,Financial Status,Currency,Total,Refunded Amount,Created at,Cancelled at,Lineitem name,Lineitem price\n${lines}`;

test('an order that is cancelled later is taken out and listed as cancelled', async () => {
  await using shop = await openShop();
  const first =
    '#1,ada@x.com,paid,USD,10.00,0.00,2024-01-01 10:00:00 +0000,,Mug,10.00\n' +
    '#2,bo@x.com,paid,USD,20.00,0.00,2024-01-02 10:00:00 +0000,,Mug,20.00\n';
  const later =
    '#1,ada@x.com,voided,USD,10.00,0.00,2024-01-01 10:00:00 +0000,2024-01-05 08:00:00 +0000,Mug,10.00\n' +
    '#2,bo@x.com,partially_refunded,USD,20.00,5.00,2024-01-02 10:00:00 +0000,,Mug,20.00\n';
  await shop.run([await shop.write('jan.csv', shopify(first))]);
  const summary = await shop.run([await shop.write('feb.csv', shopify(later))], { append: true });
  expect(await listed(shop)).toEqual(['#2 bo@x.com 2024-01-02 20.00 -5.00']);
  expect(summary.layers.staging).toMatchObject({ setAsideByKind: { SUPERSEDED: 2, CANCELLED: 1 }, changedOrders: 2 });
  expect(await changes(shop)).toEqual([
    '#1 sales 10.00 0.00 2024-01-01 2024-01-01 ada@x.com ada@x.com CANCELLED false',
    '#2 sales 20.00 20.00 2024-01-02 2024-01-02 bo@x.com bo@x.com  false',
  ]);
  expectBalanced(shop);
});

const lines = (text: string) =>
  `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n${text}`;

test('an order cut in two by the end of a file is one order; one that is stated anew is replaced', async () => {
  const head = '1,A,Mug,2,2024-01-01,3.00,ada,UK\n2,A,Mug,1,2024-01-02,3.00,bo,UK\n2,B,Cap,1,2024-01-02,5.00,bo,UK\n';
  await using cut = await openShop();
  const rest = '2,C,Pen,4,2024-01-02,1.00,bo,UK\n3,A,Mug,1,2024-01-03,3.00,cy,UK\n';
  await cut.run([await cut.write('part1.csv', lines(head)), await cut.write('part2.csv', lines(rest))]);
  expect(await listed(cut)).toEqual([
    '1 ada 2024-01-01 6.00 0.00',
    '2 bo 2024-01-02 12.00 0.00',
    '3 cy 2024-01-03 3.00 0.00',
  ]);
  expect(await changes(cut)).toEqual([]);

  await using anew = await openShop();
  const restated =
    '2,A,Mug,1,2024-01-02,3.00,bo,UK\n2,C,Pen,4,2024-01-02,1.00,bo,UK\n3,A,Mug,1,2024-01-03,3.00,cy,UK\n';
  await anew.run([await anew.write('jan.csv', lines(head)), await anew.write('feb.csv', lines(restated))]);
  expect(await listed(anew)).toEqual([
    '1 ada 2024-01-01 6.00 0.00',
    '2 bo 2024-01-02 7.00 0.00',
    '3 cy 2024-01-03 3.00 0.00',
  ]);
  expect(await changes(anew)).toEqual(['2 sales 8.00 7.00 2024-01-02 2024-01-02 bo bo  false']);
  expectBalanced(anew);
});

test('[C66] two equal lines of one basket are two lines, the same basket in another file is one basket', async () => {
  await using shop = await openShop();
  const basket =
    '1,A,Mug,1,2024-01-01,3.00,ada,UK\n1,A,Mug,1,2024-01-01,3.00,ada,UK\n1,F,Gift,1,2024-01-01,0.00,ada,UK\n';
  const other = '2,A,Mug,1,2024-01-05,3.00,bo,UK\n';
  await shop.run([await shop.write('one.csv', lines(basket + other))]);
  const summary = await shop.run([await shop.write('two.csv', lines(other + basket))], { append: true });
  expect(await listed(shop)).toEqual(['1 ada 2024-01-01 6.00 0.00', '2 bo 2024-01-05 3.00 0.00']);
  expect(summary.layers.staging.setAsideByKind).toEqual({ REPEATED: 3, FREE_LINE: 2 });
  expectBalanced(shop);
});

test('records that come late are counted', async () => {
  await using shop = await openShop();
  await shop.load([row('2024-01-10', 'ada', '1', '50.00'), row('2024-01-20', 'bo', '2', '20.00')]);
  const summary = await shop.load(
    [row('2024-01-05', 'cy', '3', '1.00'), row('2024-01-20', 'cy', '4', '1.00'), row('2024-02-01', 'cy', '5', '1.00')],
    { append: true },
  );
  expect(summary.layers.staging).toMatchObject({ newOrders: 3, lateRecords: 1 });
  const loads = await shop.query(
    'select load_id, records, new_orders, late_records, first_date, last_date from staging.stg_loads order by 1',
  );
  expect(loads.map((load) => Object.values(load).join(' '))).toEqual([
    '1 2 2 0 2024-01-10 2024-01-20',
    '2 3 3 1 2024-01-05 2024-02-01',
  ]);
});

test('[C40] a file with other columns than before is refused with the difference, unless that is allowed', async () => {
  await using shop = await openShop();
  await shop.run([await shop.write('a.csv', 'Date,Customer ID,Order ID,Sales,Channel\n2024-01-01,ada,1,5.00,web\n')]);
  const before = await contentHashes(shop);
  const drifted = await shop.write('b.csv', 'Date,Customer ID,Order ID,Sales,Coupon\n2024-01-02,bo,2,6.00,X\n');
  const error = await errorOf(InputError, shop.run([drifted], { append: true }));
  expect(error.message).toBe('b.csv has other columns than a.csv, which was loaded before');
  expect(error.remedy).toEqual(expect.arrayContaining(['+ "Coupon"', '- "Channel"']));
  expect(await contentHashes(shop)).toEqual(before);

  const reordered = await shop.write('c.csv', 'channel,SALES,Order_ID,Customer ID,Date\nweb,7.00,3,cy,2024-01-03\n');
  expect((await shop.run([reordered], { append: true })).layers.warehouse.orders).toBe(2);

  await using lenient = await openShop({ schemaDrift: 'allow' });
  await lenient.run([await lenient.write('a.csv', 'Date,Customer ID,Order ID,Sales\n2024-01-01,ada,1,5.00\n')]);
  expect((await lenient.run([drifted], { append: true })).layers.warehouse.orders).toBe(2);
});

test('[C50] a file in another currency than the data is refused', async () => {
  await using shop = await openShop();
  const file = (currency: string, order: string) =>
    `Date,Customer ID,Order ID,Sales,Currency\n2024-01-01,ada,${order},5.00,${currency}\n`;
  await shop.run([await shop.write('usd.csv', file('USD', '1'))]);
  const error = await errorOf(InputError, shop.run([await shop.write('eur.csv', file('eur', '2'))], { append: true }));
  expect(error.message).toBe('eur.csv has amounts in EUR, but usd.csv has them in USD');
});

test('mended rejects are appended: they join the statement of the file they came from, once', async () => {
  await using shop = await openShop({ maxRejectedShare: 1 });
  const original = lines(
    '1,A,Mug,2,2024-01-01,3.00,ada,UK\n1,B,Cap,1,2024-01-01,five,ada,UK\n2,A,Mug,1,2024-13-02,3.00,bo,UK\n3,A,Mug,1,2024-01-03,3.00,cy,UK\n',
  );
  await shop.run([await shop.write('jan.csv', original)]);
  expect(await listed(shop)).toEqual(['1 ada 2024-01-01 6.00 0.00', '3 cy 2024-01-03 3.00 0.00']);
  const rejected = await shop.query('select * from staging.stg_sales_rejected order by source_row');
  const names = Object.keys(rejected[0] ?? {});
  const csv = (change: (text: string) => string) =>
    [names, ...rejected.map((record) => names.map((name) => record[name] ?? ''))]
      .map((cells) => `${cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')}\n`)
      .map((line, at) => (at === 0 ? line : change(line)))
      .join('');
  const mend = (line: string) =>
    line.replaceAll('2024-13-02', '2024-01-02').replaceAll('Quantity=1; UnitPrice=five', '5.00');
  const summary = await shop.run([await shop.write('mended.csv', csv(mend))], { append: true });
  expect(await listed(shop)).toEqual([
    '1 ada 2024-01-01 11.00 0.00',
    '2 bo 2024-01-02 3.00 0.00',
    '3 cy 2024-01-03 3.00 0.00',
  ]);
  expect(summary.layers.staging).toMatchObject({ changedOrders: 0, rejectedRecords: 0, setAsideByKind: { MENDED: 2 } });

  // The next full export says the same as the file and its mends together.
  const full = lines(
    '1,A,Mug,2,2024-01-01,3.00,ada,UK\n1,B,Cap,1,2024-01-01,5.00,ada,UK\n2,A,Mug,1,2024-01-02,3.00,bo,UK\n4,A,Mug,1,2024-01-04,3.00,cy,UK\n',
  );
  const next = await shop.run([await shop.write('feb.csv', full)], { append: true });
  expect(next.layers.staging).toMatchObject({
    changedOrders: 0,
    newOrders: 1,
    setAsideByKind: { REPEATED: 3, MENDED: 2 },
  });
  expect(next.layers.warehouse).toMatchObject({ orders: 4, revenue: 20 });
  expectBalanced(shop);
});

test('a mended reject keeps its refund, and the same mend in two files counts once', async () => {
  await using shop = await openShop({ maxRejectedShare: 1 });
  const bad =
    '#1,ada@x.com,partially_refunded,USD,100.00,20.00,2024-01-32 10:00:00 +0000,,Mug,100.00\n' +
    '#2,bo@x.com,paid,USD,1.00,0.00,2024-01-02 10:00:00 +0000,,Pen,1.00\n';
  await shop.run([await shop.write('jan.csv', shopify(bad))]);
  const [reject = {}] = await shop.query('select * from staging.stg_sales_rejected');
  const names = Object.keys(reject);
  const file = (extra: string) =>
    `${names.join(',')}${extra}\n${names.map((name) => (name === 'date' ? '2024-01-31' : JSON.stringify(String(reject[name] ?? '')))).join(',')}${extra}\n`;
  const plain = file('').replaceAll('\\"', '""');
  await shop.run([await shop.write('mended.csv', plain)], { append: true });
  const again = await shop.run([await shop.write('again.csv', `${plain}\n`)], { append: true });
  expect(again.layers.warehouse).toMatchObject({ orders: 2, revenue: 81, returns: 1 });
  expect(again.layers.staging).toMatchObject({ rejectedByReason: { DUPLICATE_ROW: 1 }, setAsideByKind: { MENDED: 1 } });
  expectBalanced(shop);
});
