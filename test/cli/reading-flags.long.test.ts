import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemEffects } from '../../src/effects.ts';
import { Pipeline } from '../../src/index.ts';
import { type CliFolder, makeCliFolder, onlyObject } from '../support/run-cli.ts';

const HEADER = 'Date,Customer ID,Order ID,Sales';
let shop: CliFolder;

beforeAll(async () => {
  shop = await makeCliFolder();
});

afterAll(() => shop[Symbol.asyncDispose]());

let runs = 0;

/** The sound rows of one file as the door reads them (at most five), as `date,customer,order,amount`; where it asks or refuses, as `clean`. */
async function read(name: string, content: string | Uint8Array, ...flags: readonly string[]): Promise<string[]> {
  await shop.write(name, content);
  const profile = await shop.run('profile', name, '--json', ...flags);
  if (profile.code !== 0) return clean(name, content, ...flags);
  const { rows, questions, soundRecords } = JSON.parse(profile.stdout);
  if (questions.length > 0) return clean(name, content, ...flags);
  const sound: { date: string; customer: string; order: string; amount: string; remark: string }[] = rows.filter(
    (row: { remark: string }) => row.remark === '',
  );
  if (sound.length === 0) return clean(name, content, ...flags);
  expect(sound).toHaveLength(soundRecords);
  return sound.map(({ date, customer, order, amount }) => `${date},${customer},${order},${Number(amount).toFixed(2)}`);
}

/** The clean rows of a run over one file, as `date,customer,order,amount`, or what it failed with. */
async function clean(name: string, content: string | Uint8Array, ...flags: readonly string[]): Promise<string[]> {
  await shop.write(name, content);
  const dataDir = `data-${runs++}`;
  const run = await shop.run('run', name, '--quiet', '--data-dir', dataDir, '--set', 'maxRejectedShare=0.9', ...flags);
  if (run.code !== 0) return [`exit ${run.code}`, run.stderr];
  const settings = { dataDir: join(shop.path, dataDir) };
  const pipeline = await Pipeline.open({ settings, effects: { ...systemEffects(), env: {}, cwd: shop.path } });
  const reader = await pipeline.openReader();
  try {
    const sql =
      "select order_date || ',' || customer_id || ',' || order_id || ',' || sales_amount as line " +
      'from staging.stg_sales_clean order by load_id, source_row';
    return (await reader.query(sql)).rows.map(([line]) => String(line));
  } finally {
    await reader.close();
  }
}

test('--map names columns, with blanks and expressions, also by the names that the tables use', async () => {
  const content = 'when,who,nr,qty,Unit Cost\n2024-01-05,ada,1,3,1.50\n';
  const map = ['--map', 'date=when', 'customer_id=who', 'Order-ID = nr', 'sales=qty * "Unit Cost"'];
  expect(await read('map.csv', content, ...map)).toEqual(['2024-01-05,ada,1,4.50']);
});

test('a file that stands behind --map is a file', async () => {
  await shop.write('behind.csv', 'when,who,nr,paid\n2024-01-05,ada,1,4.50\n');
  const map = ['--map', 'date=when', 'customer=who', 'order=nr', 'amount=paid'];
  const { stdout, code } = await shop.run('profile', '--json', ...map, './behind.csv');
  expect([code, JSON.parse(stdout).soundRecords]).toEqual([0, 1]);
  const nothing = await shop.run('profile', '--json');
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('no file is named')]);
});

test('--grain line keeps two equal lines of a basket, --grain first-line counts a total once', async () => {
  const content = `${HEADER}\n2024-01-05,a,1,2.00\n2024-01-05,a,1,2.00\n`;
  const row = '2024-01-05,a,1,2.00';
  expect(await clean('grain.csv', content)).toEqual([row]);
  expect(await clean('grain.csv', content, '--grain', 'line')).toEqual([row, row]);
  expect(await clean('grain.csv', content, '--grain', 'first-line')).toEqual([row]);
});

test('--guests separate makes each order without a customer a customer of its own; by default it is refused', async () => {
  const content = `${HEADER}\n2024-01-05,a,1,2.00\n2024-01-06,,2,3.00\n`;
  expect(await clean('guests.csv', content)).toEqual(['2024-01-05,a,1,2.00']);
  expect(await clean('guests.csv', content, '--guests', 'separate')).toEqual([
    '2024-01-05,a,1,2.00',
    '2024-01-06,guest:2,2,3.00',
  ]);
});

test('[C50] --currency keeps one, in any case of letters; without it the run stops and lists them', async () => {
  const content = `${HEADER},Currency\n2024-01-05,a,1,2.00,EUR\n2024-01-06,b,2,3.00,usd\n`;
  expect(await clean('currency.csv', content, '--currency', 'eur')).toEqual(['2024-01-05,a,1,2.00']);
  expect(await clean('currency.csv', content)).toEqual([
    'exit 2',
    expect.stringMatching(/2 currencies, which cannot be added up\n.*EUR: 1 record.*\n.*USD: 1 record/),
  ]);
});

test('[C57] --date-format decides dates that the column cannot; without it the run stops', async () => {
  const content = `${HEADER}\n01/02/2024,a,1,2.00\n`;
  expect(await read('dates.csv', content, '--date-format', 'DD/MM/YYYY')).toEqual(['2024-02-01,a,1,2.00']);
  expect(await read('dates.csv', content, '--date-format', 'month-first')).toEqual(['2024-01-02,a,1,2.00']);
  expect(await read('dates.csv', content)).toEqual(['exit 2', expect.stringContaining('--date-format DD/MM/YYYY')]);
});

test('[C61] --timezone decides the day of a time stamp', async () => {
  const content = `${HEADER}\n2024-01-05T23:30:00-05:00,a,1,2.00\n`;
  expect(await read('zone.csv', content)).toEqual(['2024-01-06,a,1,2.00']);
  expect(await read('zone.csv', content, '--timezone', 'America/New_York')).toEqual(['2024-01-05,a,1,2.00']);
});

test('[C49] --decimal-mark decides amounts that read both ways', async () => {
  const content = `${HEADER}\n2024-01-05,a,1,"1,234"\n`;
  expect(await read('mark.csv', content, '--decimal-mark', '.')).toEqual(['2024-01-05,a,1,1234.00']);
  expect(await read('mark.csv', content, '--decimal-mark', ',')).toEqual(['2024-01-05,a,1,1.23']);
});

test('[C62] --excel-dates reads day numbers, from 1900 unless 1904 is said', async () => {
  const content = `${HEADER}\n45296,a,1,2.00\n`;
  expect(await read('serials.csv', content, '--excel-dates')).toEqual(['2024-01-05,a,1,2.00']);
  expect(await read('serials.csv', content, '--excel-dates', '1904')).toEqual(['2028-01-06,a,1,2.00']);
  expect(await read('serials.csv', content)).toEqual([
    'exit 2',
    expect.stringContaining('(--excel-dates 1900 or 1904)'),
  ]);
});

test('[C04] --encoding reads bytes as they are declared', async () => {
  const content = Buffer.from(`${HEADER}\n2024-01-05,Ko\u00b3o,1,2.00\n`, 'latin1');
  expect(await read('bytes.csv', content, '--encoding', 'windows-1252')).toEqual(['2024-01-05,Ko\u00b3o,1,2.00']);
  expect(await read('bytes.csv', content, '--encoding', 'iso-8859-2')).toEqual(['2024-01-05,Ko\u0142o,1,2.00']);
});

test('[C26] --delimiter holds whatever the header looks like; tab by its name', async () => {
  const content = `${HEADER.replaceAll(',', '\t')}\n2024-01-05\ta\t1\t2.00\n`;
  for (const tab of ['tab', '\\t', '\t']) {
    expect(await read('tabs.tsv', content, '--delimiter', tab)).toEqual(['2024-01-05,a,1,2.00']);
  }
  expect(await read('tabs.tsv', content, '--delimiter', ';')).toEqual([
    'exit 2',
    expect.stringContaining('missing column'),
  ]);
});

test('--sheet chooses a sheet by name or by number', async () => {
  const sheet = (name: string, customer: string) => ({
    name,
    rows: [HEADER.split(','), ['2024-01-05', customer, '1', 2]],
  });
  const workbook = await writeXlsx({ sheets: [sheet('May', 'ada'), sheet('June', 'bo')] });
  expect(await read('book.xlsx', workbook, '--sheet', 'June')).toEqual(['2024-01-05,bo,1,2.00']);
  expect(await read('book.xlsx', workbook, '--sheet', '1')).toEqual(['2024-01-05,ada,1,2.00']);
  expect(await read('book.xlsx', workbook, '--sheet', 'July')).toEqual(['exit 2', expect.stringMatching(/May.*June/s)]);
});

test('[C11] --require-final-newline refuses a file that may be cut off', async () => {
  const content = `${HEADER}\n2024-01-05,a,1,12`;
  expect(await clean('cut.csv', content)).toEqual(['2024-01-05,a,1,12.00']);
  expect(await clean('cut.csv', content, '--require-final-newline')).toEqual([
    'exit 2',
    expect.stringMatching(/^error: cut\.csv does not end with a line end: possibly a partial file/),
  ]);
});

test('[C40] --allow-schema-drift appends a file with other columns; without it the difference is shown', async () => {
  await shop.write('may.csv', `${HEADER}\n2024-05-05,a,1,2.00\n`);
  await shop.write('june.csv', `${HEADER},Coupon\n2024-06-05,a,2,2.00,X\n`);
  const dataDir = ['--data-dir', 'drift'];
  expect(await shop.run('run', 'may.csv', '--quiet', ...dataDir)).toMatchObject({ code: 0 });
  const refused = await shop.run('run', 'june.csv', '--append', '--quiet', ...dataDir);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/^error: june\.csv has other columns than may\.csv, .*\n {2}- \+ "Coupon"\n/);
  const allowed = await shop.run('run', 'june.csv', '--append', '--json', '--allow-schema-drift', ...dataDir);
  expect(onlyObject(allowed)).toMatchObject({ layers: { staging: { cleanRecords: 2, newOrders: 1 } } });
});

test.each([
  [
    '--grain',
    'basket',
    /^error: grain is "basket" \(flag --grain\); allowed: one of "auto", "order", "line", "first-line"/,
  ],
  ['--guests', 'keep', /^error: guests is "keep" \(flag --guests\); allowed: one of "reject", "separate"/],
  ['--currency', 'euro', /^error: currency is "EURO" \(flag --currency\); allowed: a known currency code/],
  [
    '--timezone',
    'Berlin',
    /^error: timezone is "Berlin" \(flag --timezone\); allowed: a time zone of the IANA list, such as/,
  ],
  ['--decimal-mark', ';', /^error: decimalMark is ";" \(flag --decimal-mark\); allowed: one of "\.", ","/],
  ['--excel-dates', '1905', /^error: excelDates is "1905" \(flag --excel-dates\); allowed: one of "1900", "1904"/],
  ['--delimiter', ';;', /^error: delimiter is ";;" \(flag --delimiter\); allowed: a single character, such as ";"/],
  [
    '--date-format',
    'DD/XX/YYYY',
    /^error: "DD\/XX\/YYYY" is not a date format.*\n {2}- Use one of the words iso, day-first/,
  ],
  ['--encoding', 'klingon', /^error: .*klingon.*encoding/],
  [
    '--map',
    'Order Date',
    /^error: "Order Date" is not TARGET=COLUMN.*\n {2}- targets are date, customer, order, amount,/,
  ],
  ['--map', 'datum=Date', /^error: "datum=Date" is not TARGET=COLUMN \(did you mean "date"\?\)\n/],
  ['--map', 'date=Dat', /^error: .*"Dat".* in orders\.csv/],
  ['--map', '=Date', /^error: "=Date" is not TARGET=COLUMN/],
])('a wrong value of %s (%s) is refused with what is allowed: exit code 2', async (flag, value, message) => {
  await shop.write('orders.csv', `${HEADER}\n2024-01-05,a,1,2.00\n`);
  const result = await shop.run('run', 'orders.csv', '--data-dir', 'wrong', flag, value);
  expect({ ...result }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  expect(result.stderr).not.toMatch(/^\s+at .*:\d+/m);
});
