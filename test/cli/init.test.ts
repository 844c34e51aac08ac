import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { makeCliFolder, onlyObject } from '../support/run-cli.ts';

const CONFIG = 'pipeline.config.json';
const CLEAR = csvOf([row('25/01/2024', 'a', '1', '10.00'), row('02/02/2024', '', '2', '20.50')]);
const UNCLEAR = csvOf([row('01/02/2024', 'a', '1', '10.00'), row('03/04/2024', 'b', '2', '20.00')]);

test('without a terminal init takes what is suggested, says so, writes the config, and the run reads it', async () => {
  await using shop = await makeCliFolder();
  await shop.write('orders.csv', CLEAR);
  const result = await shop.run('init', 'orders.csv', '--date-format', 'day-first', '--currency', 'eur');
  expect(result).toMatchObject({ code: 0 });
  expect(result.stderr).toBe(
    'note: What becomes of the orders without a customer? 1 record has no customer and is worth 20.50 EUR; 1 are sound. ' +
      'Taken: refuse it; else --guests separate\n',
  );
  expect(result.stdout).toMatch(/^Layout: {3}Date, Customer ID, Order ID, Sales\nColumns: {2}date = Date; /);
  expect(result.stdout).toMatch(/\nNext:\n {2}npx marketing-pipeline run orders\.csv\n$/);
  const written = await readFile(join(shop.path, CONFIG), 'utf8');
  expect(written).toBe('{\n  "currency": "EUR",\n  "dateFormat": "day-first"\n}\n');
  expect(result.stdout).toContain(`Wrote ${CONFIG}:\n${written}`);
  expect((await stat(join(shop.path, CONFIG))).mode & 0o077).toBe(0);
  expect(await readdir(shop.path)).toEqual(['orders.csv', CONFIG]);
  expect(onlyObject(await shop.run('run', 'orders.csv', '--json'))).toMatchObject({
    asOf: '2024-01-25',
    currency: 'EUR',
    layers: { staging: { cleanRecords: 1, guestRecords: 1 } },
  });
});

test('without a terminal, what only the user can know fails with each question and its options; nothing is written', async () => {
  await using shop = await makeCliFolder();
  await shop.write('orders.csv', UNCLEAR);
  await shop.write('odd.csv', 'k1,k2,Customer,Total\n2024-01-05,77,ada,10.00\n');
  const [dates, columns, nothing] = [
    await shop.run('init', 'orders.csv'),
    await shop.run('init', 'odd.csv', '--yes'),
    await shop.run('init'),
  ];
  expect(dates).toMatchObject({ code: 2, stdout: '' });
  expect(dates.stderr).toMatch(
    /^error: orders\.csv leaves a question open that only you can answer\n {2}- How are the dates/,
  );
  expect(dates.stderr).toMatch(/such as 01\/02\/2024 .*--date-format day-first or --date-format month-first\n$/);
  expect(columns).toMatchObject({ code: 2, stdout: '' });
  expect(columns.stderr).toMatch(/^error: odd\.csv leaves 2 questions open/);
  expect(columns.stderr).toMatch(/--map date="k1" or --map date="k2" or --map date="Customer" or 1 more\n/);
  expect(columns.stderr).toMatch(/--map order="k1" or /);
  expect(nothing).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: no file is named\n  - for example: marketing-pipeline init orders.csv\n',
  });
  expect(await readdir(shop.path)).toEqual(['odd.csv', 'orders.csv']);
});

test('--print and --json print the config, the same one, and write nothing', async () => {
  await using shop = await makeCliFolder();
  await shop.write('odd.csv', 'k1,k2,Customer,Total\n2024-01-05,77,ada,10.00\n');
  const answers = ['--map', 'date=k1', 'order=k2', '--require-final-newline'];
  const printed = await shop.run('init', 'odd.csv', '--print', ...answers);
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  const json = await shop.run('init', 'odd.csv', '--json', ...answers);
  expect(onlyObject(json)).toEqual(JSON.parse(printed.stdout));
  expect(onlyObject(json)).toEqual({ map: { date: 'k1', order: 'k2' }, requireFinalNewline: true });
  expect(await readdir(shop.path)).toEqual(['odd.csv']);
});

test('a config that is there: refused, changed with --force only, and what init does not ask about is kept', async () => {
  await using shop = await makeCliFolder();
  await shop.write('orders.csv', UNCLEAR);
  const before = '{ "lostDays": 400, "dateFormat": "day-first", "modelsDir": "./my-models" }\n';
  await shop.write(CONFIG, before);
  const refused = await shop.run('init', 'orders.csv', '--date-format', 'month-first');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/^error: pipeline\.config\.json is there already\n {2}- change it with --force/);
  expect(await readFile(join(shop.path, CONFIG), 'utf8')).toBe(before);
  const changed = await shop.run('init', 'orders.csv', '--date-format', 'month-first', '--force');
  expect(changed).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(await readFile(join(shop.path, CONFIG), 'utf8'))).toEqual({
    modelsDir: './my-models',
    dateFormat: 'month-first',
    lostDays: 400,
  });
});

test('a config of another type is not joined by a second one; a wrong option is refused before anything is read', async () => {
  await using shop = await makeCliFolder();
  await shop.write('orders.csv', CLEAR);
  await shop.write('pipeline.config.mjs', 'export default { lostDays: 400 };\n');
  const other = await shop.run('init', 'orders.csv');
  expect(other).toMatchObject({ code: 2, stdout: '' });
  expect(other.stderr).toMatch(
    /^error: .*pipeline\.config\.mjs is the config file of this folder, and init writes only /,
  );
  expect(onlyObject(await shop.run('init', 'orders.csv', '--json'))).toEqual({ lostDays: 400 });
  const wrong = await shop.run('init', 'nope.csv', '--guests', 'maybe', '--print');
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/^error: guests is "maybe"/) });
  const missing = await shop.run('init', 'order.csv', '--print');
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('(did you mean "orders.csv"?)') });
  expect(await readdir(shop.path)).toEqual(['orders.csv', 'pipeline.config.mjs']);
});

test('the config names the schema where the program lies in the folder itself', async () => {
  await using shop = await makeCliFolder();
  await shop.write('orders.csv', CLEAR);
  const { configText, settingsOf } = await import('../../src/api/setup/setup-config.ts');
  const root = join(import.meta.dirname, '..', '..');
  const text = configText(await settingsOf({ timezone: 'Europe/Berlin' }, shop.path), root);
  expect(JSON.parse(text)).toMatchObject({ $schema: './pipeline.schema.json', timezone: 'Europe/Berlin' });
});
