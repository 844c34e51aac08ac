import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineName } from '../../src/engines/engine.ts';
import { testEngine } from '../support/engines.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { BIN, type CliFolder, openCliShop } from '../support/run-cli.ts';

let shop: CliFolder;

beforeAll(async () => {
  shop = await openCliShop();
  await shop.write(
    'orders.csv',
    csvOf([row('2024-01-01', '007', 'a1', '10.50'), row('2024-02-02', 'b', 'b1', '5.00')]),
  );
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0, stderr: '' });
});

afterAll(() => shop[Symbol.asyncDispose]());

test('in a pipe: one JSON object a line; decimals digit by digit, integers beyond 2^53 as text', async () => {
  const rows = await shop.run(
    'query',
    'select customer_id, order_id, order_date, sales_amount from staging.stg_sales_clean order by source_row',
  );
  expect(rows).toEqual({
    code: 0,
    stdout:
      '{"customer_id":"007","order_id":"a1","order_date":"2024-01-01","sales_amount":10.50}\n' +
      '{"customer_id":"b","order_id":"b1","order_date":"2024-02-02","sales_amount":5.00}\n',
    stderr: '',
  });
  const exact = await shop.run(
    'query',
    "select 12345678901234567.89::decimal(20, 2) as d, 9007199254740993 as i, null as n, true as b, 'ä\"\n' as t;",
  );
  expect(exact).toMatchObject({
    code: 0,
    stdout: '{"d":12345678901234567.89,"i":"9007199254740993","n":null,"b":true,"t":"ä\\"\\n"}\n',
  });
});

test('formats that are asked for: csv, table, and a limit; an empty answer still has its columns', async () => {
  const csv = await shop.run('query', "select 'a,b' as x, 'say \"hi\"' as y, null as z, 1.10 as w", '--format', 'csv');
  expect(csv).toMatchObject({ code: 0, stdout: 'x,y,z,w\n"a,b","say ""hi""",,1.10\n' });
  const empty = await shop.run('query', 'select 1 as x, 2 as y where false', '--format', 'csv');
  expect(empty).toMatchObject({ code: 0, stdout: 'x,y\n' });
  const table = await shop.run(
    'query',
    "select n, 'x' as t from generate_series(0, 59) as numbers (n)",
    '--format',
    'table',
  );
  expect(table).toMatchObject({
    code: 0,
    stderr: 'the first 50 rows; see more with --limit N, or all with --format csv or json\n',
  });
  expect(table.stdout.split('\n').slice(0, 4)).toEqual([' n  t', '──  ─', ' 0  x', ' 1  x']);
  expect(table.stdout.trimEnd().split('\n')).toHaveLength(52);
  const limited = await shop.run('query', 'select n from generate_series(0, 59) as numbers (n)', '--limit', '2');
  expect(limited).toMatchObject({ code: 0, stdout: '{"n":0}\n{"n":1}\n', stderr: '' });
});

/** Each in the form in which the engine makes rows as they are taken. */
const LARGE: Readonly<Record<EngineName, string>> = {
  duckdb: 'select range as n from range(100000000)',
  postgres: 'select generate_series(0, 99999999) as n',
};

test('a result that is larger than memory, of which head takes two lines, ends quietly', async () => {
  const command = `"${process.execPath}" "${BIN}" query "${LARGE[testEngine()]}" | head -n 2; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await shop.spawn('bash', ['-c', command]).result;
  expect({ stdout, stderr }).toEqual({ stdout: '{"n":0}\n{"n":1}\n0\n', stderr: '' });
});

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['delete from business.monthly_metrics', /read-only/],
  ['drop table warehouse.fact_sales', /read-only/],
  ['set threads = 1', /read-only|the configuration has been locked/],
  ['selct 1', /syntax error|begins no statement that reads/],
  [' ', /the query is empty\n {2}- for example: /],
];

const REFUSED_BY: Readonly<Record<EngineName, readonly (readonly [string, RegExp])[]>> = {
  duckdb: [
    ["copy (select 1) to 'x.csv'", /read-only|file system operations are disabled/],
    ["select * from read_csv('orders.csv')", /file system operations are disabled/],
    ["attach 'x.duckdb'", /read-only|file system operations are disabled/],
    ['install httpfs', /read-only|disabled/],
    ['select * from business.monthly_metric', /Did you mean "monthly_metrics"\?/],
  ],
  postgres: [
    ["copy (select 1) to 'x.csv'", /read-only/],
    ["copy business.monthly_metrics from program 'true'", /read-only/],
    ['with gone as (delete from business.monthly_metrics returning 1) select * from gone', /read-only/],
    ['explain analyze delete from business.monthly_metrics', /read-only/],
    ['select * into business.copied from business.monthly_metrics', /read-only/],
    ["select set_config('transaction_read_only', 'off', false)", /read-write mode must be set before any query/],
    ['commit', /read-only/],
    ['create temporary table x (n integer)', /read-only/],
    ['do $$ begin delete from business.monthly_metrics; end $$', /read-only/],
    ['select * from business.monthly_metric', /monthly_metric" does not exist/],
  ],
};

test('nothing can be written, read from files or changed by a query: exit code 2 and no stack', async () => {
  const before = await readdir(shop.path);
  for (const [sql, cause] of [...REFUSED, ...REFUSED_BY[testEngine()]]) {
    const result = await shop.run('query', sql);
    expect({ sql, ...result }).toEqual({ sql, code: 2, stdout: '', stderr: expect.stringMatching(cause) });
    expect(result.stderr).toMatch(/^error: /);
    expect(result.stderr).not.toMatch(/^\s+at .*:\d+/m);
  }
  expect(await readdir(shop.path)).toEqual(before);
});

test('a query is one statement that reads: stacked statements and creations are refused', async () => {
  for (const sql of ['select 1; select 2', "select 1; copy (select 1) to 'x.csv'", 'create table x (a integer)']) {
    const result = await shop.run('query', sql);
    expect({ sql, ...result }).toMatchObject({ sql, code: 2, stdout: '' });
    expect(result.stderr).toMatch(/^error: /);
  }
});

test('wrong usage of query, and a query before the first run', async () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['query'], "error: missing required argument 'sql'\n(see: marketing-pipeline query --help)\n"],
    [['query', 'select 1', '--format', 'xml'], 'error: "xml" is not an output format\n  - one of table, json, csv\n'],
    [
      ['query', 'select 1', '--limit', 'many'],
      'error: "many" is not a number for --limit\n  - a whole number from 0 on\n',
    ],
  ];
  for (const [args, stderr] of cases) {
    expect({ args, ...(await shop.run(...args)) }).toEqual({ args, code: 2, stdout: '', stderr });
  }
  const elsewhere = await shop.run('query', 'select 1', '--data-dir', 'elsewhere', '--set', 'schemaPrefix=elsewhere_');
  expect(elsewhere).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^error: nothing has been published in .*elsewhere.* yet\n {2}- run the pipeline first: marketing-pipeline run FILE\n$/,
    ),
  });
  expect(await readdir(shop.path)).not.toContain('elsewhere');
});
