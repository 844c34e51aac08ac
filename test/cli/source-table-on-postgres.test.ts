import { beforeAll, expect, test } from 'vitest';
import { databaseUrl, sql } from '../support/postgres/source-tables.ts';
import { makeCliFolder, onlyObject } from '../support/run-cli.ts';

const FROM = ['--connection', databaseUrl()];

beforeAll(async () => {
  const columns = '"Date" date, "Customer ID" text, "Order ID" int primary key, "Sales" numeric(8, 2)';
  await sql(`create schema shop; create table shop.orders (${columns}); create table shop.returns (${columns});
    insert into shop.orders values ('2024-01-01', 'a', 1, 10), ('2024-01-02', 'b', 2, 20.5);
    insert into shop.returns values ('2024-01-03', 'a', 3, -10)`);
});

test('several tables are planned and loaded in their order, beside files', async () => {
  await using folder = await makeCliFolder();
  await folder.write('early.csv', 'Date,Customer ID,Order ID,Sales\n2023-12-31,z,0,1\n');
  const command = ['run', 'early.csv', '--source-table', 'shop.orders', '--source-table', 'SHOP.returns', ...FROM];
  const plan = onlyObject(await folder.run(...command, '--dry-run', '--json'));
  expect(plan).toMatchObject({
    steps: [
      { kind: 'load', title: 'load early.csv' },
      { kind: 'load', table: 'shop.orders', server: databaseUrl(), title: 'load table shop.orders' },
      { kind: 'load', table: 'shop.returns', title: 'load table shop.returns' },
      ...Array.from({ length: (Array.isArray(plan.steps) ? plan.steps.length : 0) - 3 }, () => expect.anything()),
    ],
  });
  const result = await folder.run(...command, '--json');
  expect(result.stderr).toBe('');
  expect(onlyObject(result)).toMatchObject({
    layers: { staging: { rawRecords: 4 }, warehouse: { orders: 3, returns: 1, revenue: 21.5 } },
  });
});

test('a table alone is loaded instead of the sample; the same table twice is loaded once', async () => {
  await using folder = await makeCliFolder();
  const tables = ['--source-table', 'shop.orders', '--source-table', 'orders'];
  expect(onlyObject(await folder.run('run', ...tables, ...FROM, '--json'))).toMatchObject({
    layers: { staging: { rawRecords: 2 } },
  });
  const skipping = await folder.run('run', ...tables, ...FROM, '--skip-layers', 'staging', '--json');
  expect(skipping).toMatchObject({
    code: 0,
    stderr: 'note: the tables are not read, because staging is skipped\n',
  });
});

test('profile prints what is understood of a table, and nothing of its temporary copy', async () => {
  await using folder = await makeCliFolder();
  const text = await folder.run('profile', '--source-table', 'shop.orders', ...FROM);
  expect(text).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toMatch(/^shop\.orders: 2 records in \d+ bytes\n\nFILE\n {2}Container: table\n {2}Records: /);
  const json = await folder.run('profile', '--source-table', 'shop.orders', ...FROM, '--json');
  expect(onlyObject(json)).toMatchObject({
    file: { name: 'shop.orders', path: `${databaseUrl()}#shop.orders`, container: 'table', recordCount: 2 },
    questions: [],
  });
  expect(json.stdout).not.toContain('table.csv');
});

test('a table that is not there is wrong usage, and names the one that is', async () => {
  await using folder = await makeCliFolder();
  const result = await folder.run('run', '--source-table', 'shop.ordes', ...FROM);
  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(result.stderr).toContain(`there is no table shop.ordes in ${databaseUrl()} (did you mean shop.orders?)`);
  expect(result.stderr).toContain('  - tables there: shop.orders, shop.returns\n');
});
