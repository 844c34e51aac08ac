import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { systemEffects } from '../../src/effects.ts';
import { Pipeline } from '../../src/index.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { engineSettings } from '../support/postgres/test-database.ts';
import { type CliFolder, onlyObject, openCliShop } from '../support/run-cli.ts';
import { storedSnapshots } from '../support/stored-snapshots.ts';

/** Takes hours, so that a run can be looked at and stopped on the way. */
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

/** Starts a run that reaches the endless model, as the `nth` run that does. */
async function startEndlessRun(shop: CliFolder, nth: number) {
  const started = shop.start('run', 'orders.csv', '--log-level', 'debug', '--set', 'modelsDir=slow');
  const log = join(shop.path, 'data', 'logs', 'pipeline.log');
  const isThere = async () =>
    expect((await readFile(log, 'utf8')).split('cross join generate_series(1, 1000000)')).toHaveLength(nth + 1);
  await vi.waitFor(isThere, { timeout: 30_000, interval: 50 });
  return started;
}

test('[O11] a run under way is seen by status and by a second run; Ctrl-C ends it with 130, SIGTERM with 143, and published data stays', async () => {
  await using shop = await openCliShop();
  await shop.write('orders.csv', csvOf([row('2024-01-01', 'a', 'a1', '1.00')]));
  await shop.write('slow/endless.sql', ENDLESS);
  const published = onlyObject(await shop.run('run', 'orders.csv', '--json'));

  const run = await startEndlessRun(shop, 1);
  const status = await shop.run('status');
  expect(status.stdout).toMatch(new RegExp(`^Under way: run \\S+ by PID ${run.child.pid} since `, 'm'));
  const second = await shop.run('run', 'orders.csv', '--json');
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr).toMatch(new RegExp(`^error: another run is under way: run \\S+, PID ${run.child.pid} on `));
  const figures = await shop.run('query', 'select count(*) as n from warehouse.dim_customer');
  expect(figures).toEqual({ code: 0, stdout: '{"n":1}\n', stderr: '' });

  run.child.kill('SIGINT');
  expect(await run.result).toEqual({
    code: 130,
    stdout: '',
    stderr: expect.stringMatching(/^error: cancelled; published data is untouched\n$/),
  });
  const terminated = await startEndlessRun(shop, 2);
  terminated.child.kill('SIGTERM');
  expect(await terminated.result).toMatchObject({ code: 143, stdout: '' });

  const settings = { dataDir: join(shop.path, 'data'), ...engineSettings(shop.path) };
  const pipeline = await Pipeline.open({ settings, effects: { ...systemEffects(), env: {}, cwd: shop.path } });
  expect((await pipeline.engine.published())?.snapshotId).toBe(published.runId);
  expect(await storedSnapshots({ folder: shop.path, pipeline })).toEqual([published.runId]);
  const after = await shop.run('status');
  expect(after.stdout).not.toContain('Under way');
  expect(after.stdout.match(/^\S+ {2}run +cancelled/gm)).toHaveLength(2);
  expect(await shop.run('run', 'orders.csv', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
});
