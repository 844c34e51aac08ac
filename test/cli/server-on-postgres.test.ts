import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { asAdministrator } from '../support/postgres/damage.ts';
import { openCliShop } from '../support/run-cli.ts';

const ORDERS = csvOf([row('2024-01-01', 'a', 'a1', '1.00')]);
const NOBODY = ['--engine', 'postgres', '--connection', 'postgres://shop@127.0.0.1:1/shop'];

test('a server that cannot be reached: every command says which and what to do, and nothing is made', async () => {
  await using shop = await openCliShop();
  await shop.write('orders.csv', ORDERS);
  for (const args of [
    ['run', 'orders.csv', '--dry-run'],
    ['query', 'select 1'],
    ['check'],
    ['report'],
    ['export'],
    ['rollback'],
    ['run', '--report-only'],
    ['run', 'orders.csv'],
  ]) {
    const result = await shop.run(...args, ...NOBODY);
    expect({ args, ...result }).toMatchObject({ args, code: expect.toBeOneOf([1, 2]), stdout: '' });
    expect(result.stderr, args.join(' ')).toMatch(/^error: .*127\.0\.0\.1:1.*\n {2}- /);
    expect(result.stderr, args.join(' ')).not.toMatch(/^\s+at .*:\d+/m);
  }
  const left = (await readdir(shop.path, { recursive: true })).filter((name) => /tmp\/|snapshots|\.duckdb/.test(name));
  expect(left).toEqual([]);
});

test('compile needs no server; what it prints for postgres runs there', async () => {
  await using shop = await openCliShop();
  await shop.write('orders.csv', ORDERS);
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  const far = await shop.run('compile', 'monthly_metrics', ...NOBODY);
  const near = await shop.run('compile', 'monthly_metrics');
  expect(far).toEqual(await shop.run('compile', 'monthly_metrics', '--set', 'schemaPrefix=nothing_yet_'));
  const duckdb = await shop.run('compile', 'monthly_metrics', '--engine', 'duckdb');
  expect(duckdb.stdout).not.toBe(near.stdout);
  const rows = await shop.run('query', near.stdout);
  expect(rows).toEqual(await shop.run('query', 'select * from business.monthly_metrics'));
});

const ENDLESS = `/*
A number that takes hours. One row.

@grain n
@column n - the number
*/
select count(*) as n
from generate_series(1, 1000000) as a (n)
cross join generate_series(1, 1000000) as b (n)
where a.n + b.n < 0
`;

test('[O11] Ctrl-C during a statement of a run or a query ends it on the server too', async () => {
  await using shop = await openCliShop();
  await shop.write('orders.csv', ORDERS);
  await shop.write('slow/endless.sql', ENDLESS);
  const running = async () => {
    const rows = await asAdministrator(
      shop.path,
      `select count(*) as n from pg_stat_activity where state = 'active' and query like '%generate_series(1, 1000000)%'
         and pid <> pg_backend_pid()`,
    );
    return Number(rows[0]?.n);
  };
  const schemas = async () => {
    const like = `select nspname from pg_namespace where nspname like '{p}%' order by 1`;
    return (await asAdministrator(shop.path, like)).map(({ nspname }) => nspname);
  };
  expect(await shop.run('run', 'orders.csv', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  const before = await schemas();
  const query = ENDLESS.slice(ENDLESS.indexOf('*/') + 3);
  for (const args of [
    ['run', 'orders.csv', '--quiet', '--set', 'modelsDir=slow'],
    ['query', query],
  ]) {
    const { child, result } = shop.start(...args);
    await vi.waitFor(async () => expect(await running()).toBeGreaterThan(0), { timeout: 30_000, interval: 50 });
    child.kill('SIGINT');
    expect({ args, ...(await result) }).toMatchObject({
      args,
      code: 130,
      stderr: expect.stringMatching(/^error: cancelled/),
    });
    await vi.waitFor(async () => expect(await running()).toBe(0), { timeout: 5_000, interval: 50 });
    expect(await schemas()).toEqual(before);
  }
  expect(await readFile(join(shop.path, 'data', 'logs', 'pipeline.log'), 'utf8')).toContain('cancelled');
});
