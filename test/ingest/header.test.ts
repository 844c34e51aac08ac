import { expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { mapColumns } from '../../src/ingest/map-columns.ts';
import { header, makeFolder, recordCells } from './support.ts';

const row = '0,2021-01-01,C1,1,10.00\n';

function mapError(columns: readonly string[]): InputError {
  try {
    mapColumns(columns);
  } catch (error) {
    if (error instanceof InputError) return error;
  }
  throw new Error('expected an InputError');
}

test('[C33] reordered columns are mapped by name', () => {
  expect(mapColumns(['', 'Date', 'Customer ID', 'Order ID', 'Sales'])).toEqual({
    rowIndex: 0,
    date: 1,
    customerId: 2,
    orderId: 3,
    sales: 4,
  });
  expect(mapColumns(['Sales', 'Order ID', 'Unnamed: 0', 'Customer ID', 'Date'])).toEqual({
    rowIndex: 2,
    date: 4,
    customerId: 3,
    orderId: 1,
    sales: 0,
  });
  expect(mapColumns(['Order Date', 'customer', 'order', 'amount'])).not.toHaveProperty('rowIndex');
});

test('[C34] case, spaces, underscores, hyphens and invisible characters do not matter', () => {
  for (const customer of [
    'customer id',
    'Customer_ID',
    ' CUSTOMER  ID ',
    'CustomerId',
    'customer-id',
    '\ufeffCustomer\u00a0ID\u200b',
  ]) {
    expect(mapColumns(['DATE', customer, 'order_id', 'SALES AMOUNT']).customerId).toBe(1);
  }
});

test('[C34] [C35] two columns for one target are an error that names both', () => {
  expect(mapError(['Date', 'Customer ID', 'Order ID', 'Sales', 'Sales']).message).toBe(
    '"Sales" (column 4) and "Sales" (column 5) can all be meant by Sales',
  );
  const aliases = mapError(['Date', 'order date', 'Customer ID', 'Order ID', 'Sales']);
  expect(aliases.message).toContain('"Date" (column 1) and "order date" (column 2)');
  expect(aliases.remedy).not.toHaveLength(0);
  expect(mapError(['Unnamed: 0', 'unnamed:0', 'Date', 'Customer ID', 'Order ID', 'Sales']).message).toContain(
    'row index',
  );
  expect(mapColumns(['Note', 'Note', 'Date', 'Customer ID', 'Order ID', 'Sales']).date).toBe(2);
});

test('[C36] missing columns are named with those found and the nearest; unknown ones are ignored and reported', async () => {
  const error = mapError(['Dat', 'Custmer ID', 'Order ID', 'Sales', 'Note']);
  expect(error.message).toBe(
    'missing columns Date (did you mean "Dat"?), Customer ID (did you mean "Custmer ID"?); found "Dat", "Custmer ID", "Order ID", "Sales", "Note"',
  );
  expect(error.remedy.join()).toContain('Date, Customer ID, Order ID, Sales');
  await using folder = await makeFolder();
  expect((await folder.scanError('Date,Order ID,Sales\n1,2,3\n')).message).toMatch(
    /missing column Customer ID; .* in orders0\.csv/,
  );
  const source = await folder.scan(`Note,Date,Customer ID,Order ID,Sales,"Price, ""net"""\nx,2021-01-01,C1,1,10,9\n`);
  expect(source.ignoredColumns).toEqual(['Note', 'Price, "net"']);
  expect(source.warnings).toEqual(['columns not used: "Note", "Price, \\"net\\""']);
});

test('[C37] a file without a header is refused, and its first order is not taken for one', async () => {
  await using folder = await makeFolder();
  const error = await folder.scanError(row.repeat(3));
  expect(error.message).toMatch(/^no header row: the first line looks like data: "0", "2021-01-01"/);
});

test('[C38] an empty file, only a byte order mark, only newlines, only a header: no rows', async () => {
  await using folder = await makeFolder();
  for (const text of [
    '',
    '\ufeff',
    '\n',
    '\r\n\r\n',
    '\n\n   \n,,,\n',
    header,
    header.trim(),
    `\ufeff${header}\n,,,,\n`,
  ]) {
    const error = await folder.scanError(text);
    expect(error.message).toMatch(/^no rows in orders\d\.csv: /);
    expect(error.exitCode).toBe(2);
  }
});

test('[C39] headers named like properties of objects are columns like others', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(
    `__proto__,constructor,Date,Customer ID,Order ID,Sales,toString\na,b,2021-01-01,C1,1,10,c\n`,
  );
  expect(source.ignoredColumns).toEqual(['__proto__', 'constructor', 'toString']);
  expect(source.mapping.date).toBe(2);
  expect(mapError(['__proto__', 'hasOwnProperty']).message).toContain('"__proto__"');
});

test('[C31] ten thousand columns are read; a header of more than 1 MiB is a clear error', async () => {
  await using folder = await makeFolder();
  const extra = Array.from({ length: 10_000 }, (_, n) => `x${n}`);
  const source = await folder.scan(`Date,Customer ID,Order ID,Sales,${extra}\n2021-01-01,C1,1,10,${extra}\n`);
  expect(source).toMatchObject({ wellFormedCount: 1, malformedCount: 0 });
  expect(source.warnings.join().length).toBeLessThan(1000);
  const error = await folder.scanError(`${'x'.repeat(1_100_000)},Date\n`);
  expect(error.message).toMatch(/^record longer than 1,048,576 bytes in the header/);
  expect((await folder.scanError(`${extra}\n${extra}\n`)).message.length).toBeLessThan(1000);
});

test('[C04] a header in Latin-1 fails the file and says so', async () => {
  await using folder = await makeFolder();
  const error = await folder.scanError(Buffer.from(`Date,Customer ID,Order ID,Sales,Größe\n1,2,3,4,5\n`, 'latin1'));
  expect(error.message).toContain('invalid UTF-8 in the header');
  expect(error.remedy.join()).toContain('windows-1252');
});

test('[C41] two files with other column orders are each mapped on their own', async () => {
  await using folder = await makeFolder();
  const one = await folder.scan(`${header}${row}`);
  const two = await folder.scan(`Sales,Order ID,Customer ID,Date\r\n10.00,1,C1,2021-01-01\r\n`);
  for (const source of [one, two]) {
    const [cells = []] = await recordCells(source);
    const { date, customerId, orderId, sales } = source.mapping;
    expect([date, customerId, orderId, sales].map((at) => cells[at])).toEqual(['2021-01-01', 'C1', '1', '10.00']);
  }
});
