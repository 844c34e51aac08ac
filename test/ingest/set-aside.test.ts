import { expect, test } from 'vitest';
import { header, makeFolder, malformedCells, readValues, setAsideCells } from './support.ts';

const good = '0,2021-01-01,C1,1,10.00\n';
const again = 'the column names once more, as in files that were joined';
const below = 'a line below the table';

test('[C27] the header once more, as in joined files, is set aside and not an order', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`${header}${good}${header}1,2021-01-02,C2,2,5\n`);
  expect(source).toMatchObject({ recordCount: 3, malformedCount: 0 });
  expect(await setAsideCells(source)).toEqual([['2', 'REPEATED_HEADER', again]]);
  expect((await readValues(source)).filter(({ setAside }) => setAside === '').map(({ order }) => order)).toEqual([
    '1',
    '2',
  ]);
});

test('a byte order mark in the middle of joined files comes with the second header, quoted or not', async () => {
  await using folder = await makeFolder();
  const quoted = '"Date","Customer ID","Order ID","Sales"\n';
  const row = (order: number): string => `2021-01-01,C1,${order},10\n`;
  for (const head of [quoted.replaceAll('"', ''), quoted]) {
    const source = await folder.scan(`\ufeff${head}${row(1)}\ufeff${head}${row(2)}`);
    expect(source).toMatchObject({ recordCount: 3, hasByteOrderMark: true });
    expect(await setAsideCells(source)).toEqual([['2', 'REPEATED_HEADER', again]]);
  }
});

test('[C27] totals and counts below the last order are footers, damaged or not', async () => {
  await using folder = await makeFolder();
  for (const line of ['Total,,,,15.00', 'Grand total,,,,"15,00"', 'Summe,,,,15', '2 records,,,,', ',Total,,,15.00']) {
    const source = await folder.scan(`${header}${good}${line}\n`);
    expect(await setAsideCells(source), line).toEqual([['2', 'FOOTER', below]]);
    expect(source).toMatchObject({ footerCount: 1, recordCount: 2 });
    expect(source.warnings.join()).toContain('passed over 1 line below the table');
  }
  const damaged = await folder.scan(`${header}${good}Total,,11\n\n*** End of report ***\n`);
  expect(await setAsideCells(damaged)).toEqual([
    ['2', 'FOOTER', below],
    ['3', 'FOOTER', below],
  ]);
  expect(damaged).toMatchObject({ footerCount: 2, malformedCount: 2 });
});

test('a total above an order is no footer: it stays to be rejected', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`${header}${good}Subtotal,,,,10.00\nTotal,,11\n${good}Total,,,,20.00\n`);
  expect(await setAsideCells(source)).toEqual([['5', 'FOOTER', below]]);
  expect((await malformedCells(source)).map((row) => row[0])).toEqual(['3']);
  expect((await readValues(source))[1]).toMatchObject({ dateProblem: 'the date is empty', setAside: '' });
});

test('damaged lines at the end that say nothing of a total stay damaged', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`${header}${good}1,2021-01-02,C2\nTotal,,11\n`);
  expect(await setAsideCells(source)).toEqual([['3', 'FOOTER', below]]);
  expect(source).toMatchObject({ malformedCount: 2, footerCount: 1 });
  const many = await folder.scan(`${header}${good}${'Total,,11\n'.repeat(60)}`);
  expect(many.malformedCount).toBe(60);
  expect(many.footerCount).toBe(10);
});

test('an order with a date is none of it, whatever its first cell says', async () => {
  await using folder = await makeFolder();
  const source = await folder.scan(`Customer ID,Date,Order ID,Sales\r\nTotal Wine,2021-01-01,1,$10\r\n`);
  expect(await setAsideCells(source)).toEqual([]);
  expect(source.footerCount).toBe(0);
});

test('rules of the layout set records aside by kind, with the cell that says so', async () => {
  await using folder = await makeFolder();
  const rows = [
    '2021-01-01,C1,1,10,completed',
    '2021-01-01,C1,2,10,Cancelled',
    '2021-01-01,C1,3,10,failed',
    '2021-01-01,C1,4,10,pending payment',
    '2021-01-01,C1,5,10,refunded',
    '2021-01-01,C1,6,10,',
  ];
  const source = await folder.scan(`Date,Customer,Order,Amount,Status\n${rows.join('\n')}\n`);
  expect(await setAsideCells(source)).toEqual([
    ['2', 'CANCELLED', 'cancelled: Status is "Cancelled"'],
    ['3', 'FAILED', 'payment failed: Status is "failed"'],
    ['4', 'UNPAID', 'not paid: Status is "pending payment"'],
  ]);
  expect((await readValues(source)).map(({ amount, refund }) => [amount, refund])).toEqual([
    ['10', ''],
    ['10', ''],
    ['10', ''],
    ['10', ''],
    ['10', '10'],
    ['10', ''],
  ]);
});
