import { expect, test } from 'vitest';
import { header, makeFolder, readValues, recordCells, setAsideCells } from './support.ts';

const shopify =
  'Name,Email,Financial Status,Currency,Total,Created at,Lineitem name,Cancelled at,Refunded Amount,Phone\n';

test("first-line grain: Shopify's later lines have no amount and no problem, the first line has the order's", async () => {
  await using folder = await makeFolder();
  const rows = [
    '#1,Ada@Example.com,paid,USD,56.29,2026-09-03 10:14:00 -0400,Print,,0.00,',
    '#1,Ada@Example.com,,,,2026-09-03 10:14:00 -0400,Bag,,,',
    '#2,,paid,USD,10.00,2026-09-03 23:30:00 -0400,Bag,,2.50,+1555',
    '#3,bob@example.com,refunded,USD,8.00,2026-09-04 10:00:00 -0400,Bag,,8.00,',
    '#4,eve@example.com,voided,USD,8.00,2026-09-04 10:00:00 -0400,Bag,,,',
  ];
  const source = await folder.scan(`${shopify}${rows.join('\n')}\n`);
  expect(source.understanding.layout).toMatchObject({ id: 'shopify', grain: 'first-line' });
  const values = await readValues(source);
  expect(values.map(({ amount, refund, amountProblem }) => [amount, refund, amountProblem])).toEqual([
    ['56.29', '', ''],
    ['', '', ''],
    ['10.00', '2.50', ''],
    ['8.00', '8.00', ''],
    ['8.00', '', ''],
  ]);
  expect(values.map(({ customer }) => customer)).toEqual([
    'ada@example.com',
    'ada@example.com',
    '+1555',
    'bob@example.com',
    'eve@example.com',
  ]);
  expect(values[2]?.date).toBe('2026-09-04');
  expect(await setAsideCells(source)).toEqual([['5', 'CANCELLED', 'cancelled: Financial Status is "voided"']]);
});

test('a declared grain takes the place of the one that the names suggest', async () => {
  await using folder = await makeFolder();
  const text = `${header}0,2021-01-01,C1,1,10.00\n`;
  expect((await folder.scan(text)).understanding.layout.grain).toBe('order');
  expect((await folder.scan(text, { grain: 'line' })).understanding.layout.grain).toBe('line');
  const first = await folder.scan(text, { grain: 'first-line' });
  expect(first.understanding.layout.grain).toBe('first-line');
  expect(first.records.hasPosition).toBe(true);
});

test('guests: records without a customer keep everything else; ids that mean "no account" become none', async () => {
  await using folder = await makeFolder();
  const plain = await folder.scan(`${header}0,2021-01-01,,1,10.00\n1,2021-01-01,"",2,5\n2,2021-01-01, ,3,5\n`);
  expect((await readValues(plain)).map(({ customer, order }) => [customer.trim(), order])).toEqual([
    ['', '1'],
    ['', '2'],
    ['', '3'],
  ]);
  const copied = await folder.scan(`${header}0,2021-01-01,,1,$10.00\n`);
  expect((await readValues(copied))[0]).toMatchObject({ customer: '', amount: '10.00', setAside: '' });
  const woo = 'order_id,order_number_formatted,date,status,order_total,customer_user,billing_email\n';
  const rows = '1,1,2026-01-05 10:00:00,completed,10,0,\n2,2,2026-01-06 10:00:00,completed,20,7,a@x.de\n';
  const source = await folder.scan(woo + rows);
  expect(source.understanding.layout.guestIds).toEqual(['0']);
  expect((await readValues(source)).map(({ customer }) => customer)).toEqual(['', '7']);
  const declared = await folder.scan(woo + rows, { map: { customer: 'customer_user' } });
  expect((await readValues(declared)).map(({ customer }) => customer)).toEqual(['', '7']);
});

test('an expression over columns is computed exactly, and the cells it came from are kept by name', async () => {
  await using folder = await makeFolder();
  const text =
    'Order Date,Customer,Order,Quantity,UnitPrice\n2021-01-01,C1,1,3,0.335\n2021-01-01,C1,2,-2,"1,250.10"\n2021-01-01,C1,3,,5\n2021-01-01,C1,4,2,x\n';
  const source = await folder.scan(text, { map: { amount: 'Quantity*UnitPrice' } });
  expect((await readValues(source)).map(({ amount, amountProblem }) => [amount, amountProblem])).toEqual([
    ['1.005', ''],
    ['-2500.20', ''],
    ['', '"UnitPrice=5" is not enough for an amount'],
    ['', '"x" has no digits'],
  ]);
  expect((await recordCells(source, ['sales_text'])).flat()).toEqual([
    'Quantity=3; UnitPrice=0.335',
    'Quantity=-2; UnitPrice=1,250.10',
    'UnitPrice=5',
    'Quantity=2; UnitPrice=x',
  ]);
});

test('customer and order can be made of several columns', async () => {
  await using folder = await makeFolder();
  const text = 'day,mail,phone,amount\n2021-01-01,A@x.de,,10\n2021-01-02,,+49 1,20\n';
  const map = { date: 'day', customer: 'mail | phone', order: "mail & phone & 'on' & day", amount: 'amount' };
  const source = await folder.scan(text, { map });
  expect((await readValues(source)).map(({ customer, order }) => [customer, order])).toEqual([
    ['a@x.de', 'A@x.de on 2021-01-01'],
    ['+49 1', '+49 1 on 2021-01-02'],
  ]);
});

test('returns are negative whatever their sign, and bookkeeping entries are no orders', async () => {
  await using folder = await makeFolder();
  const text = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,1,A,6,2010-12-01 08:26,2.55,17850,UK
C536379,D,B,-1,2010-12-01 09:41,27.50,14527,UK
C536380,D,B,1,2010-12-01 09:41,27.50,14527,UK
A563185,B,Adjust,1,2011-08-12 14:50,11062.06,,UK
`;
  const source = await folder.scan(text);
  expect((await readValues(source)).map(({ amount }) => amount)).toEqual(['15.30', '-27.50', '-27.50', '11062.06']);
  expect((await setAsideCells(source)).map(([row, kind]) => [row, kind])).toEqual([['4', 'NOT_AN_ORDER']]);
});

test('mended rejects say which load they amend, also where all their values are plain', async () => {
  await using folder = await makeFolder();
  const text =
    'load_id,source_file,source_row,source_line,reason_code,Date,Customer ID,Order ID,Sales\n3,a.csv,17,18,INVALID_DATE,2021-01-01,C1,1,10.00\n';
  const source = await folder.scan(text);
  expect(source.understanding.layout.id).toBe('rejects');
  expect(await recordCells(source, ['amends_load_text', 'order_id_text'])).toEqual([['3', '1']]);
});
