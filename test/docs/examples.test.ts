import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, readPages } from '../../scripts/docs/pages.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { makeCliFolder } from '../support/run-cli.ts';
import { blocksOf, pageText } from './support.ts';

const ORDERS = csvOf([
  row('2024-01-01', 'a', 'a1', '10.00'),
  row('2024-01-08', 'a', 'a2', '50.00'),
  row('2024-02-01', 'b', 'b1', '150.50'),
  row('2024-02-02', 'b', 'b2', '-20.00'),
  row('2024-03-01', 'b', 'b3', '100.00'),
]);

test('the SQL model and the code model of the documentation give the right rows', async () => {
  await using folder = await makeCliFolder();
  await folder.write('orders.csv', ORDERS);
  const sizes = `modelsDir=${join(ROOT, 'examples', 'models')}`;
  expect(await folder.run('run', 'orders.csv', '--quiet', '--set', sizes)).toMatchObject({ code: 0, stderr: '' });
  expect(await folder.run('query', 'select * from business.orders_by_size order by order_size')).toMatchObject({
    stdout:
      '{"order_size":"large","orders":1,"revenue":150.50,"avg_order_value":150.50}\n' +
      '{"order_size":"medium","orders":2,"revenue":150.00,"avg_order_value":75.00}\n' +
      '{"order_size":"small","orders":1,"revenue":10.00,"avg_order_value":10.00}\n',
  });
  const gaps = `modelsDir=${join(ROOT, 'examples', 'code-models')}`;
  expect(await folder.run('run', 'orders.csv', '--quiet', '--set', gaps)).toMatchObject({ code: 0, stderr: '' });
  const rows = await folder.run('query', 'select * from business.order_gaps order by within_days', '--format', 'csv');
  expect(rows.stdout).toBe('within_days,repeat_orders\n7,1\n30,2\n90,2\n180,2\n365,2\n');
});

test('the library example prints the figures of a file, and the cause for one that is not there', async () => {
  await using folder = await makeCliFolder();
  await folder.write('orders.csv', ORDERS);
  const example = join(ROOT, 'examples', 'use-as-library.ts');
  const good = await folder.spawn(process.execPath, [example, 'orders.csv']).result;
  expect(good).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /^2 customers up to 2024-03-01\n2024-01 60\.00\n2024-02 130\.50\n2024-03 100\.00\n(\d+) of \1 checks passed\n$/,
    ),
    stderr: '',
  });
  const bad = await folder.spawn(process.execPath, [example, 'nope.csv']).result;
  expect(bad).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(/^nope\.csv does not exist /) });
});

test('the config files that the pages show are accepted', async () => {
  await using folder = await makeCliFolder();
  const blocks = (await readPages()).flatMap(({ text }) => blocksOf(text));
  const json = blocks.filter(({ language, text }) => language === 'json' && text.startsWith('{\n'));
  const modules = blocks.filter(({ language, text }) => language === 'ts' && text.includes('definePipeline('));
  expect([json.length, modules.length]).toEqual([3, 1]);
  const library = join(ROOT, 'src', 'index.ts');
  const files = await Promise.all([
    ...json.map(({ text }, position) => folder.write(`config${position}.json`, text)),
    ...modules.map(({ text }, position) =>
      folder.write(`config${position}.ts`, text.replace("'marketing-analytics-pipeline'", JSON.stringify(library))),
    ),
  ]);
  for (const file of files) {
    const result = await folder.run('config', '--config', file, '--format', 'csv');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain(file);
  }
});

test('the data dictionary has every published table with its columns, in their order', async () => {
  await using folder = await makeCliFolder();
  await folder.write('orders.csv', ORDERS);
  expect(await folder.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0 });
  const sql =
    "select table_catalog || '.' || table_name as t, string_agg(column_name, ',' order by ordinal_position) as c " +
    "from information_schema.columns where table_catalog in ('staging', 'warehouse', 'business') group by 1 order by 1";
  const published = await folder.run('query', sql, '--format', 'json');
  const rows = published.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

  const documented = new Map<string, string>();
  let layer = '';
  let table = '';
  for (const line of (await pageText('docs/data-dictionary.md')).split('## The run history')[0]?.split('\n') ?? []) {
    layer = /^## (\w+)$/.exec(line)?.[1] ?? layer;
    table = /^### (\w+)$/.exec(line)?.[1] ?? table;
    const column = /^\| `(\w+)` \| /.exec(line)?.[1];
    if (column === undefined) continue;
    const before = documented.get(`${layer}.${table}`);
    documented.set(`${layer}.${table}`, before === undefined ? column : `${before},${column}`);
  }
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(rows.map(({ t, c }) => [t, c])));
});
