import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { writeSample } from '../../src/index.ts';
import { testEngine } from '../support/engines.ts';
import { row } from '../support/make-shop.ts';
import { asAdministrator } from '../support/postgres/damage.ts';
import { engineEnvironment } from '../support/postgres/test-database.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { openSandbox, type Sandbox } from './isolation.ts';

const BIN = fileURLToPath(new URL('../../bin/marketing-pipeline.js', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Place extends Pick<Sandbox, 'cwd' | 'temp'> {
  readonly env?: Readonly<Record<string, string>>;
}

async function cli({ cwd, temp, env: own = {} }: Place, ...args: readonly string[]): Promise<Outcome> {
  try {
    const env = { ...process.env, ...own, TMPDIR: temp, NODE_DISABLE_COMPILE_CACHE: '1' };
    return { code: 0, ...(await promisify(execFile)(process.execPath, [BIN, 'selftest', ...args], { cwd, env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

test('selftest --quick prints a line per step and leaves the working folder empty', async () => {
  await using box = await openSandbox();
  const { code, stdout } = await cli(box, '--quick');
  expect(code).toBe(0);
  expect(stdout.match(/^PASS {2}/gm)).toHaveLength(5);
  expect(stdout).toContain('Self-test passed: 5 of 5 steps');
  expect(await readdir(box.cwd)).toEqual([]);
});

test('selftest with a file that cannot be loaded prints FAIL and SKIP and ends with exit code 1', async () => {
  await using box = await openSandbox();
  await writeFile(join(box.cwd, 'wrong.csv'), 'a,b\n1,2\n');
  const { code, stdout } = await cli(box, '--comprehensive', '--csv-file', 'wrong.csv');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAIL {2}full run/m);
  expect(stdout).toMatch(/^SKIP {2}ledger/m);
});

test('selftest --json prints one object', async () => {
  await using box = await openSandbox();
  await writeSample(join(box.cwd, 'mine.csv'), { customers: 50 });
  const { stdout } = await cli(box, '--quick', '--csv-file', 'mine.csv', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ mode: 'quick', status: 'passed' });
});

test('two modes, or options that a mode does not know, are wrong usage', async () => {
  await using box = await openSandbox();
  expect(await cli(box, '--quick', '--cleanup')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--quick and --cleanup do not go together'),
  });
  expect(await cli(box, '--quick', '--data-dir', 'x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--data-dir has no meaning with --quick'),
  });
});

/** From now on the snapshot says that it has another customer. */
async function publishAnotherCount({ folder, pipeline, settings: { dataDir } }: Shop): Promise<void> {
  const [count, other] = ['"warehouse.dim_customer":2', '"warehouse.dim_customer":3'];
  if (testEngine() === 'postgres') {
    await asAdministrator(
      folder,
      `update "{p}pipeline".snapshots set manifest = replace(manifest, '${count}', '${other}')`,
    );
    return;
  }
  const { snapshotId = '' } = (await pipeline.engine.published()) ?? {};
  const manifest = join(dataDir, 'snapshots', snapshotId, 'manifest.json');
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace(count.replace(':', ': '), other));
}

test('selftest --debug-warehouse shows the published data, and exit code 1 when it is not what was published', async () => {
  await using box = await openSandbox();
  await using shop = await openShop();
  await shop.load([row('2024-01-05', 'c1', 'o1', '12.50'), row('2024-01-06', 'c2', 'o2', '1.00')]);
  const { dataDir } = shop.pipeline.config;
  const place = { cwd: box.cwd, temp: box.temp, env: engineEnvironment(shop.folder) };
  const sound = await cli(place, '--debug-warehouse', '--data-dir', dataDir);
  expect(sound.code).toBe(0);
  expect(sound.stdout).toContain('== warehouse.dim_customer: 2 rows');
  expect(sound.stdout).toMatch(/passed {2}relationship\(date_id, dim_date.date_id\)/);
  expect(sound.stdout).toContain('12.50');
  await publishAnotherCount(shop);
  const damaged = await cli(place, '--debug-warehouse', '--data-dir', dataDir);
  expect(damaged.code).toBe(1);
  expect(damaged.stdout).toContain('PROBLEM  warehouse.dim_customer: 2 rows, but 3 were published');
});

test('selftest --debug-warehouse without published data shows a temporary run', async () => {
  await using box = await openSandbox();
  await writeSample(join(box.cwd, 'mine.csv'), { customers: 50 });
  const { code, stdout, stderr } = await cli(box, '--debug-warehouse', '--csv-file', 'mine.csv', '--json');
  expect([code, stderr]).toEqual([0, 'note: this is the data of a temporary run\n']);
  expect(JSON.parse(stdout).tables).toContainEqual(expect.objectContaining({ name: 'fact_sales', layer: 'warehouse' }));
  expect(await readdir(box.cwd)).toEqual(['mine.csv']);
  expect(await readdir(box.temp)).toEqual([]);
});

test('selftest --cleanup removes the folder of a self-test that was killed', async () => {
  await using box = await openSandbox();
  const env = { ...process.env, TMPDIR: box.temp, NODE_DISABLE_COMPILE_CACHE: '1' };
  const child = spawn(process.execPath, [BIN, 'selftest', '--comprehensive'], { cwd: box.cwd, env, stdio: 'ignore' });
  while (!(await readdir(box.temp)).some((name) => name.startsWith('marketing-pipeline-selftest-'))) await wait(10);
  await wait(200);
  const living = await cli(box, '--cleanup');
  expect(living.stdout).toBe('Nothing to clean up\n');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { code, stdout } = await cli(box, '--cleanup');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^removed .*marketing-pipeline-selftest-\w+\n1 removed\n$/),
  ]);
  expect(await readdir(box.temp)).toEqual([]);
  expect(await readdir(box.cwd)).toEqual([]);
});
