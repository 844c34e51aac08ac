import { expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { matchHeader } from '../../src/ingest/mapping/match-header.ts';
import { header, makeFolder, recordCells } from './support.ts';

const row = '0,2021-01-01,C1,1,10.00\n';
const wanted = ['order_date_text', 'customer_id_text', 'order_id_text', 'sales_text'] as const;

function mapError(columns: readonly string[]): InputError {
  try {
    matchHeader(columns);
  } catch (error) {
    if (error instanceof InputError) return error;
  }
  throw new Error('expected an InputError');
}

test('[C33] reordered columns are mapped by name', async () => {
  await using folder = await makeFolder();
  for (const text of [
    `,Date,Customer ID,Order ID,Sales\n7,2021-01-01,C1,1,10.00\n`,
    `Sales,Order ID,Unnamed: 0,Customer ID,Date\n10.00,1,7,C1,2021-01-01\n`,
    `amount,Unnamed: 0,order,customer,Order Date\r\n10.00,7,1,C1,2021-01-01\r\n`,
  ]) {
    const source = await folder.scan(text);
    expect(await recordCells(source)).toEqual([['7', '2021-01-01', 'C1', '1', '10.00']]);
  }
  const bare = await folder.scan('Order Date,customer,order,amount\n2021-01-01,C1,1,10.00\n');
  expect(await recordCells(bare)).toEqual([[null, '2021-01-01', 'C1', '1', '10.00']]);
});

test('[C34] case, spaces, underscores, hyphens and invisible characters do not matter', async () => {
  await using folder = await makeFolder();
  for (const customer of [
    'customer id',
    'Customer_ID',
    ' CUSTOMER  ID ',
    'CustomerId',
    'customer-id',
    '\ufeffCustomer\u00a0ID\u200b',
  ]) {
    const source = await folder.scan(`DATE,${customer},order_id,SALES AMOUNT\n2021-01-01,C1,1,10.00\n`);
    expect(await recordCells(source, wanted)).toEqual([['2021-01-01', 'C1', '1', '10.00']]);
  }
});

test('[C34] [C35] two columns for one target are an error that names both', async () => {
  await using folder = await makeFolder();
  const same = await folder.scanError('Date,Customer ID,Order ID,Sales,Sales\n2021-01-01,C1,1,10,20\n');
  expect(same.message).toBe('"Sales" (column 4) and "Sales" (column 5) can all be meant by Sales in orders0.csv');
  const aliases = await folder.scanError('Date,order date,Customer ID,Order ID,Sales\n2021-01-01,2021-01-02,C1,1,10\n');
  expect(aliases.message).toContain('"Date" (column 1) and "order date" (column 2)');
  expect(aliases.remedy).not.toHaveLength(0);
  expect(mapError(['Unnamed: 0', 'unnamed:0', 'Date', 'Customer ID', 'Order ID', 'Sales']).message).toContain(
    'row index',
  );
  const others = await folder.scan('Note,Note,Date,Customer ID,Order ID,Sales\na,b,2021-01-01,C1,1,10\n');
  expect(await recordCells(others, wanted)).toEqual([['2021-01-01', 'C1', '1', '10']]);
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
  expect(await recordCells(source, wanted)).toEqual([['2021-01-01', 'C1', '1', '10']]);
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

test('[C04] a header in Latin-1 is decoded and that is said; one that is neither that nor UTF-8 fails', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(
    Buffer.from(`Date,Customer ID,Order ID,Sales,Gr\xf6\xdfe\n2021-01-01,C1,1,10,\xe4\n`, 'latin1'),
  );
  expect(source).toMatchObject({ encoding: 'windows-1252', ignoredColumns: ['Größe'], malformedCount: 0 });
  expect(source.warnings).toContain('read as WINDOWS-1252');
  const error = await folder.scanError(
    Buffer.from(`Date,Customer ID,Order ID,Sales,\x81\n2021-01-01,C1,1,10,5\n`, 'latin1'),
  );
  expect(error.message).toContain('invalid UTF-8 in the header');
  expect(error.remedy.join()).toContain('windows-1252');
});

test('[C41] two files with other column orders and dialects are each mapped on their own', async () => {
  await using folder = await makeFolder();
  const one = await folder.scan(`${header}${row}`);
  const two = await folder.scan(`Sales;Order ID;Customer ID;Date\r\n"10,00";1;C1;01.01.2021\r\n`);
  expect(await recordCells(one, wanted)).toEqual([['2021-01-01', 'C1', '1', '10.00']]);
  expect(await recordCells(two, wanted)).toEqual([['01.01.2021', 'C1', '1', '10,00']]);
});
