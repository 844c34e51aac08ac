import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { cleanUp, Pipeline, runSelftest, writeSample } from '../../src/index.ts';
import { orderRows } from '../support/order-rows.ts';
import { asAdministrator } from '../support/postgres/damage.ts';
import { contentHashes, openShop, type Shop } from '../support/run-shop.ts';
import { openSandbox } from './isolation.ts';

const BIN = fileURLToPath(new URL('../../bin/marketing-pipeline.js', import.meta.url));

async function schemasOf({ folder }: Shop): Promise<unknown[]> {
  const rows = await asAdministrator(
    folder,
    `select nspname as name from pg_namespace where nspname !~ '^(pg_|t[0-9a-f]{12}_)' order by 1`,
  );
  return rows.map(({ name }) => name);
}

function engineOf({ settings: { connection } }: Shop) {
  return { engine: 'postgres', connection: connection ?? null } as const;
}

test('a self-test on a server works in schemas of its own and leaves nothing; published data is as it was', async () => {
  await using box = await openSandbox({ MARKETING_PIPELINE_SCHEMA_PREFIX: 'mine_', PGTZ: 'Asia/Tokyo' });
  await using shop = await openShop();
  await shop.load(orderRows(20));
  const [content, schemas] = [await contentHashes(shop), await schemasOf(shop)];
  const seen = new Set<unknown>();
  const file = join(box.cwd, 'mine.csv');
  await writeSample(file, { customers: 120 });
  const looking: Promise<void>[] = [];
  const result = await runSelftest('comprehensive', {
    csvFile: file,
    engine: engineOf(shop),
    effects: box.effects,
    onStep: () => void looking.push(schemasOf(shop).then((names) => names.forEach((name) => void seen.add(name)))),
  });
  await Promise.all(looking);
  expect(result.steps.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(result.steps.length).toBeGreaterThan(12);
  const own = [...seen].filter((name) => !schemas.includes(name)).map(String);
  expect(own.length).toBeGreaterThan(3);
  expect(own.filter((name) => !/^selftest_[0-9a-f]{10}_/.test(name))).toEqual([]);
  expect(await schemasOf(shop)).toEqual(schemas);
  expect(await contentHashes(shop)).toEqual(content);
  expect(await readdir(box.temp)).toEqual([]);
});

test('the command line tries the server that it names; a server that is not there is an error that says so', async () => {
  await using box = await openSandbox();
  await using shop = await openShop();
  const run = async (connection: string) => {
    const args = [BIN, 'selftest', '--quick', '--engine', 'postgres', '--connection', connection];
    const child = spawn(process.execPath, args, {
      cwd: box.cwd,
      env: { TMPDIR: box.temp, NODE_DISABLE_COMPILE_CACHE: '1' },
      stdio: 'pipe',
    });
    let output = '';
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      output += text.toString();
    });
    const [code] = await once(child, 'close');
    return { code, output };
  };
  const schemas = await schemasOf(shop);
  const sound = await run(shop.settings.connection ?? '');
  expect(sound).toMatchObject({ code: 0, output: expect.stringContaining('Self-test passed: 5 of 5 steps') });
  expect(await schemasOf(shop)).toEqual(schemas);
  const absent = await run('postgres://nobody@127.0.0.1:1/none');
  expect(absent.code).not.toBe(0);
  expect(absent.output).toMatch(/127\.0\.0\.1:1/);
  expect(await readdir(box.temp)).toEqual([]);
});

test('cleaning up drops the schemas of a self-test that was killed, and no others', async () => {
  await using box = await openSandbox();
  await using shop = await openShop();
  await shop.load(orderRows(20));
  const schemas = await schemasOf(shop);
  const args = [BIN, 'selftest', '--comprehensive', '--engine', 'postgres'];
  const child = spawn(process.execPath, [...args, '--connection', shop.settings.connection ?? ''], {
    cwd: box.cwd,
    env: { TMPDIR: box.temp, NODE_DISABLE_COMPILE_CACHE: '1' },
    stdio: 'ignore',
  });
  await vi.waitFor(async () => expect((await schemasOf(shop)).length).toBeGreaterThan(schemas.length + 2), {
    timeout: 30_000,
    interval: 30,
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const pipeline = await Pipeline.open({
    settings: { ...shop.settings, dataDir: join(box.cwd, 'data') },
    effects: box.effects,
  });
  const { removed } = await cleanUp(pipeline);
  expect(removed).toEqual(
    expect.arrayContaining([expect.stringMatching(/selftest-\w+$/), expect.stringMatching(/^schema selftest_\w+$/)]),
  );
  expect(await schemasOf(shop)).toEqual(schemas);
  expect((await shop.query('select count(*) as n from staging.stg_sales_raw'))[0]?.n).toBe(20);
});
