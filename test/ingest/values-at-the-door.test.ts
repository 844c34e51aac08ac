import { expect, test } from 'vitest';
import type { ScanOptions } from '../../src/ingest/scan-source.ts';
import { makeFolder, readValues } from './support.ts';

async function amounts(cells: readonly string[], options: Partial<ScanOptions> = {}): Promise<string[]> {
  await using folder = await makeFolder();
  const rows = cells.map((cell, at) => `2021-01-01,C1,${at + 1},"${cell}"\n`);
  const source = await folder.scan(`Date,Customer ID,Order ID,Sales\n${rows.join('')}`, options);
  return (await readValues(source)).map(({ amount, amountProblem }) => (amountProblem === '' ? amount : 'refused'));
}

async function dates(cells: readonly string[], options: Partial<ScanOptions> = {}): Promise<string[]> {
  await using folder = await makeFolder();
  const rows = cells.map((cell, at) => `"${cell}",C1,${at + 1},10\n`);
  const source = await folder.scan(`Date,Customer ID,Order ID,Sales\n${rows.join('')}`, options);
  return (await readValues(source)).map(({ date, dateProblem }) => (dateProblem === '' ? date : 'refused'));
}

test('[C49] grouped amounts are read by the decimal mark that the column proves', async () => {
  expect(await amounts(['1,234.50', '12.5', '1,234', "1'234.50"])).toEqual(['1234.50', '12.5', '1234', '1234.50']);
  expect(await amounts(['1.234,50', '1 234,50', '1\u00a0234,50', '1.234'])).toEqual([
    '1234.50',
    '1234.50',
    '1234.50',
    '1234',
  ]);
});

test('[C49] an ambiguous amount is refused where nothing proves the mark, and read where it is declared', async () => {
  expect(await amounts(['1,234', '2,500'])).toEqual(['refused', 'refused']);
  expect(await amounts(['1,234', '2,500'], { decimalMark: '.' })).toEqual(['1234', '2500']);
  expect(await amounts(['1,234', '2,500'], { decimalMark: ',' })).toEqual(['1.234', '2.500']);
});

test('[C49] a declared decimal comma holds for a file of plain points too', async () => {
  expect(await amounts(['10.50', '7'], { decimalMark: ',' })).toEqual(['refused', '7']);
  expect(await amounts(['10.50', '7'], { decimalMark: '.' })).toEqual(['10.50', '7']);
});

test('[C49] a column of both marks keeps the more frequent and warns', async () => {
  await using folder = await makeFolder();
  const text = 'Date;Customer ID;Order ID;Sales\n2021-01-01;a;1;1,50\n2021-01-01;a;2;2,50\n2021-01-01;a;3;3.75\n';
  const source = await folder.scan(text);
  expect((await readValues(source)).map(({ amount }) => amount)).toEqual(['1.50', '2.50', '']);
  expect(source.warnings.join()).toContain('amounts are written in two ways');
});

test('[C51] parentheses, trailing, leading and typographic minus signs make an amount negative', async () => {
  expect(await amounts(['(5.00)', '5.00-', '-5.00', '\u22125.00', '-$5.00', '$(5.00)', '(5.00'])).toEqual([
    ...['-5.00', '-5.00', '-5.00', '-5.00', '-5.00', '-5.00'],
    'refused',
  ]);
});

test('[C52] what only looks like a number is refused', async () => {
  const odd = ['NaN', 'inf', '1e400', '1e3', '1_000', '0x10', '5%', 'ten', '1.2.3', '--5'];
  expect(await amounts([...odd, '1.50'])).toEqual([...odd.map(() => 'refused'), '1.50']);
});

test('[C53] three decimals and more are kept as written: nothing is rounded at the door', async () => {
  expect(await amounts(['2.675', '1.005', '0.1234567', '1.10'])).toEqual(['2.675', '1.005', '0.1234567', '1.10']);
});

test('[C59] [C60] days that are none, and dates with something behind them, are refused', async () => {
  const odd = [
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '0000-00-00',
    '2024-01-05garbage',
    '24-01-05',
    'infinity',
    'epoch',
  ];
  const more = ['2024-01-05 (BC)', '99999-01-01', '1899-12-31', '2101-01-01'];
  const sound = Array.from({ length: 20 }, () => '2024/09/25');
  expect(await dates([...odd, ...more, ...sound])).toEqual([
    ...[...odd, ...more].map(() => 'refused'),
    ...sound.map(() => '2024-09-25'),
  ]);
});

test('[C61] a time with an offset is a day of the shop: UTC unless another zone is said; without one it stays', async () => {
  const cells = ['2024-01-05T23:30:00-05:00', '2024-01-05T23:30:00Z', '2024-01-05 23:30:00', '2024-01-05'];
  expect(await dates(cells)).toEqual(['2024-01-06', '2024-01-05', '2024-01-05', '2024-01-05']);
  expect(await dates(cells, { timezone: 'America/New_York' })).toEqual(Array(4).fill('2024-01-05'));
  expect(await dates(cells, { timezone: 'Asia/Tokyo' })).toEqual([
    '2024-01-06',
    '2024-01-06',
    '2024-01-05',
    '2024-01-05',
  ]);
});

test('[C62] serial numbers are dates only if declared, by either system', async () => {
  const cells = ['45296', '45296.5', '2024-01-05'];
  expect(await dates(cells)).toEqual(['refused', 'refused', '2024-01-05']);
  expect(await dates(cells, { excelDates: 1900 })).toEqual(['2024-01-05', '2024-01-05', '2024-01-05']);
  expect(await dates(['43834'], { excelDates: 1904 })).toEqual(['2024-01-05']);
});

test('[C63] month names are read; dates without separators and epochs only by a declared format', async () => {
  expect(await dates(['Jan 5, 2024', '5 janv. 2024', '10-Dez-25', '20240105', '1704412800'])).toEqual([
    ...['2024-01-05', '2024-01-05', '2025-12-10'],
    ...['refused', 'refused'],
  ]);
  expect(await dates(['20240105'], { dateFormat: 'yyyymmdd' })).toEqual(['2024-01-05']);
  expect(await dates(['1704412800'], { dateFormat: 'epoch' })).toEqual(['2024-01-05']);
  expect(await dates(['Dec 1, 2017 12:38:23 AM PST'])).toEqual(['2017-12-01']);
});
