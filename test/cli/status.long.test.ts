import { expect, test } from 'vitest';
import type { EngineName } from '../../src/engines/engine.ts';
import { testEngine } from '../support/engines.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { onlyObject, openCliShop } from '../support/run-cli.ts';

/** Where nothing has been published yet. */
const PLACE: Readonly<Record<EngineName, RegExp>> = {
  duckdb: /^Nothing has been published in \S+\/data yet\. Start with: marketing-pipeline run FILE\n$/,
  postgres:
    /^Nothing has been published in postgres:\S+ \(schemas t\w+_\*\) yet\. Start with: marketing-pipeline run FILE\n$/,
};

test('status, check and rollback from before the first run to after a failed one', async () => {
  await using shop = await openCliShop();
  await shop.write('one.csv', csvOf([row('2024-01-01', 'a', 'a1', '1.00')]));
  await shop.write('two.csv', csvOf([row('2024-01-02', 'a', 'a1', '2.00')]));
  await shop.write('bad.csv', 'Date,Customer ID\n2024-01-01,a\n');

  expect(await shop.run('status')).toEqual({
    code: 0,
    stdout: expect.stringMatching(PLACE[testEngine()]),
    stderr: '',
  });
  expect(onlyObject(await shop.run('status', '--json'))).toMatchObject({ lastRuns: [], snapshots: [] });
  const nothingYet = /^error: nothing has been published in .* yet\n {2}- run the pipeline first/;
  for (const command of ['check', 'report']) {
    expect(await shop.run(command)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(nothingYet) });
  }
  expect(await shop.run('rollback')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: there is no earlier snapshot to go back to\n {2}- /),
  });

  const one = onlyObject(await shop.run('run', 'one.csv', '--json'));
  const two = onlyObject(await shop.run('run', 'two.csv', '--json'));
  const failed = await shop.run('run', 'bad.csv');
  expect(failed).toMatchObject({ code: 2, stdout: '' });
  expect(failed.stderr).toMatch(/^error: missing columns Order ID.*, Sales.*; found "Date", "Customer ID"/);

  const status = await shop.run('status');
  expect(status).toMatchObject({ code: 0, stderr: '' });
  expect(status.stdout).toContain(`Published: ${two.runId}, as of 2024-01-02, from two.csv\n`);
  expect(status.stdout).toMatch(/^\S+ {2}run +failed .* missing columns Order ID/m);
  expect(status.stdout.match(/^\S+ {2}run +success /gm)).toHaveLength(2);
  expect(status.stdout).toContain('Checks of the last run: none, it ended before\n');
  expect(status.stdout).toContain(`Snapshots for rollback: ${one.runId}\n`);
  const last = onlyObject(await shop.run('status', '--json', '--last', '1'));
  expect(last).toMatchObject({
    published: { snapshotId: two.runId, asOf: '2024-01-02', sources: ['two.csv'] },
    lastRuns: [{ status: 'failed', errorMessage: expect.stringContaining('missing columns') }],
    snapshots: [two.runId, one.runId],
  });
  expect(last).not.toHaveProperty('running');

  const typo = await shop.run('rollback', '--to', `${one.runId}x`);
  expect(typo).toMatchObject({ code: 2, stdout: '' });
  expect(typo.stderr).toMatch(
    `error: there is no snapshot "${one.runId}x" (did you mean "${one.runId}"?)\n  - kept are ${two.runId}, ${one.runId}\n`,
  );
  const back = await shop.run('rollback');
  expect(back).toEqual({ code: 0, stdout: `Published again: ${one.runId}, as of 2024-01-01\n`, stderr: '' });
  const revenue = await shop.run('query', 'select sum(sales_amount) as revenue from warehouse.fact_sales');
  expect(revenue.stdout).toBe('{"revenue":1.00}\n');
  const forth = await shop.run('rollback', '--to', String(two.runId), '--json');
  expect(onlyObject(forth)).toEqual({ snapshotId: two.runId, asOf: '2024-01-02' });
});

const REPEATED = `/*
Orders per customer. One row per customer.

@grain customer_id
@column customer_id - customer as text
@column orders - orders
@check range(orders, 1, 1)
*/
select customer_id, total_orders as orders from {{ ref('dim_customer') }}
`;

test('a check that fails stops the publish with exit code 3 and shows rows; check says the same of published data', async () => {
  await using shop = await openCliShop();
  await shop.write('one.csv', csvOf([row('2024-01-01', 'a', 'a1', '1.00')]));
  await shop.write('two.csv', csvOf([row('2024-01-01', 'b', 'b1', '2.00'), row('2024-01-05', 'b', 'b2', '3.00')]));
  await shop.write('pipeline.config.json', '{ "modelsDir": "./models" }\n');
  await shop.write('models/orders_by_customer.sql', REPEATED);
  const first = onlyObject(await shop.run('run', 'one.csv', '--json'));
  const passed = await shop.run('check');
  expect(passed).toMatchObject({ code: 0, stderr: '' });
  expect(passed.stdout).toMatch(/^(\d+) of \1 checks passed, 0 warned, 0 failed\n$/);

  const blocked = await shop.run('run', 'two.csv', '--json');
  expect(blocked).toMatchObject({ code: 3, stdout: '' });
  expect(blocked.stderr).toMatch(/^error: .*nothing was published/);
  expect(blocked.stderr).toMatch(/business\.orders_by_customer range\(orders, 1, 1\): expected .*; 1 row differ/);
  expect(blocked.stderr).toContain('customer_id="b"');
  expect(blocked.stderr).not.toMatch(/^\s+at .*:\d+/m);
  const status = await shop.run('status');
  expect(status.stdout).toContain(`Published: ${first.runId}`);
  expect(status.stdout).toMatch(/^\S+ {2}run +blocked/m);
  expect(status.stdout).toMatch(/Checks of the last run: \d+ of \d+ passed, 0 warned, 1 failed/);

  await shop.write('models/orders_by_customer.sql', REPEATED.replace('range(orders, 1, 1)', 'range(orders, 2, null)'));
  const published = await shop.run('check');
  expect(published).toMatchObject({ code: 3, stderr: '' });
  expect(published.stdout).toMatch(
    /^FAILED {2}business\.orders_by_customer range\(orders, 2, null\): .*; 1 row differ/,
  );
  expect(onlyObject(await shop.run('check', '--json'))).toMatchObject({ failed: 1, checks: expect.any(Array) });
});
