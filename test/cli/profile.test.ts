import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { makeCliFolder, onlyObject } from '../support/run-cli.ts';

const ORDERS = [
  'Bestellnummer;Datum;Kunde;Betrag;Lager',
  'A1;25.09.2026;ada@example.com;"1.234,50";x',
  'A2;26.09.2026;;7,00;x',
  'A3;31.09.2026;bo@example.com;8,00;x',
  'A4;27.09.2026;cy@example.com;9,00',
  '',
].join('\r\n');

test('profile prints what was understood: file, columns, values with their evidence, rows as read, problems by kind', async () => {
  await using shop = await makeCliFolder();
  await shop.write('orders.csv', ORDERS);
  const result = await shop.run('profile', 'orders.csv');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  const { stdout } = result;
  expect(stdout).toMatch(/^orders\.csv: 4 records in \d+ bytes\n/);
  expect(stdout).toMatch(/^ {2}Delimiter: +";"$/m);
  expect(stdout).toMatch(/^ {2}Line ends: +CRLF$/m);
  expect(stdout).toMatch(/^ {2}Records: +4, damaged: 1, blank lines: 0$/m);
  expect(stdout).toMatch(/^ {2}order: +Bestellnummer/m);
  expect(stdout).toMatch(/^ {2}amount: +Betrag/m);
  expect(stdout).toMatch(/^ {2}Not used: +"Lager"$/m);
  expect(stdout).toMatch(/^ {2}Dates: +day first: 2 of 3 dates have a first number above 12, such as 25\.09\.2026$/m);
  expect(stdout).toMatch(/^ {2}Amounts: +decimal mark ",": .* prove it/m);
  expect(stdout).toMatch(/^ {2}Sound: +1 records, 2026-09-25 to 2026-09-25$/m);
  expect(stdout).toMatch(/^ +2 {2}2026-09-25 {2}ada@example\.com {2}A1 +1234\.50/m);
  expect(stdout).toMatch(/^ {2}guest: 1 record\n {4}line 3: /m);
  expect(stdout).toMatch(/^ {2}INVALID_DATE: 1 record\n {4}line 4: .*31\.09\.2026/m);
  expect(stdout).toMatch(/^ {2}MALFORMED_ROW: 1 record\n {4}line 5: 4 fields, expected 5/m);
  expect(stdout).not.toContain('QUESTIONS');
});

test('profile writes nothing anywhere: not in the working folder, no data folder, nothing left in the temporary one', async () => {
  await using temporary = await makeCliFolder();
  await using shop = await makeCliFolder({ TMPDIR: temporary.path });
  await shop.write('orders.csv', ORDERS);
  await shop.write('orders.csv.gz', gzipSync(ORDERS));
  const result = await shop.run('profile', 'orders.csv', 'orders.csv.gz');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(await readdir(shop.path)).toEqual(['orders.csv', 'orders.csv.gz']);
  expect((await readdir(temporary.path)).filter((name) => name.startsWith('marketing-pipeline'))).toEqual([]);
});

test('profile --json prints one object for one file, a list for several, in their order', async () => {
  await using shop = await makeCliFolder();
  await shop.write('b.csv', ORDERS);
  await shop.write('a.csv', csvOf([row('2024-01-01', 'x', '1', '10.00')]));
  const one = onlyObject(await shop.run('profile', 'b.csv', '--json'));
  expect(one).toMatchObject({
    file: {
      name: 'b.csv',
      delimiter: ';',
      lineEnding: 'crlf',
      recordCount: 4,
      malformedCount: 1,
      ignoredColumns: ['Lager'],
    },
    layout: { id: 'general', grain: 'order' },
    timezone: 'UTC',
    dates: expect.stringContaining('day first'),
    soundRecords: 1,
    firstDate: '2026-09-25',
    questions: [],
  });
  expect(one.problems).toEqual([
    { kind: 'INVALID_DATE', records: 1, examples: [{ line: 4, detail: expect.stringContaining('31.09.2026') }] },
    { kind: 'MALFORMED_ROW', records: 1, examples: [{ line: 5, detail: '4 fields, expected 5' }] },
    { kind: 'guest', records: 1, examples: [{ line: 3, detail: 'order "A2" has no customer' }] },
  ]);
  expect(one.rows).toHaveLength(3);
  const several = await shop.run('profile', 'b.csv', 'a.csv', '--json');
  const list: { file: { name: string } }[] = JSON.parse(several.stdout);
  expect(list.map(({ file }) => file.name)).toEqual(['b.csv', 'a.csv']);
  expect(several.stdout.trimEnd().split('\n')).toHaveLength(1);
});

test('[C57] a file with open questions is no failure for profile: exit code 0, the questions with what answers them', async () => {
  await using shop = await makeCliFolder();
  await shop.write(
    'orders.csv',
    'Date,Customer ID,Order ID,Sales,Currency\n01/02/2024,a,1,10.00,EUR\n03/04/2024,b,2,5.00,USD\n',
  );
  const text = await shop.run('profile', 'orders.csv');
  expect(text).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toMatch(/\nQUESTIONS \(a run would stop here\)\n/);
  expect(text.stdout).toContain('--date-format DD/MM/YYYY (day first) or --date-format MM/DD/YYYY (month first)');
  expect(text.stdout).toMatch(
    / {4}- EUR: 1 record, the first is record 1\n {4}- USD: 1 record, the first is record 2\n/,
  );
  expect(onlyObject(await shop.run('profile', 'orders.csv', '--json')).questions).toHaveLength(2);
  const answered = await shop.run(
    'profile',
    'orders.csv',
    '--date-format',
    'DD/MM/YYYY',
    '--currency',
    'EUR',
    '--json',
  );
  expect(onlyObject(answered)).toMatchObject({ questions: [], soundRecords: 1, firstDate: '2024-02-01' });
});

test('a file that cannot be used as a whole: exit code 2, the cause and what to do', async () => {
  await using shop = await makeCliFolder();
  await shop.write('odd.csv', 'k1,k2\n1,2\n');
  const odd = await shop.run('profile', 'odd.csv');
  expect(odd).toMatchObject({ code: 2, stdout: '' });
  expect(odd.stderr).toMatch(/^error: missing columns .* found "k1", "k2" in odd\.csv\n {2}- /);
  const none = await shop.run('profile');
  expect(none).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^error: no file is named/),
  });
});

test('each column is named with what its values are read as, the needed ones first', async () => {
  await using shop = await makeCliFolder();
  await shop.write('typed.csv', 'Total,Product,Order Date,Email,Order ID\n1.50,Mug,2024-01-05,a@x.com,1\n');
  const { stdout } = await shop.run('profile', 'typed.csv', '--json');
  const targets: { target: string; type: string }[] = JSON.parse(stdout).targets;
  expect(targets.map(({ target, type }) => `${target} ${type}`)).toEqual([
    'date date',
    'customer text',
    'order text',
    'amount decimal',
    'product text',
  ]);
  expect((await shop.run('profile', 'typed.csv')).stdout).toMatch(/\n {2}date: +Order Date \(date/);
});
