import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimFolder } from '../../src/export/claimed-folder.ts';
import { cleanUp, Pipeline, RunError } from '../../src/index.ts';
import { acquireLock } from '../../src/run/lock.ts';
import { row } from '../support/make-shop.ts';
import { errorOf, openShop, type Shop } from '../support/run-shop.ts';
import { openSandbox } from './isolation.ts';

const RUN = '20240101T000000Z-abcdef';
const INFO = { runId: RUN, command: 'run', pid: 1, host: 'h', startedAt: '2024-01-01T00:00:00.000Z' };

/** A data folder with published data and everything that killed processes leave. */
async function openLittered(temp: string): Promise<Shop & { readonly litter: readonly string[] }> {
  const shop = await openShop({}, { env: { TMPDIR: temp } });
  await shop.load([row('2024-01-05', 'c1', 'o1', '1.00')]);
  const { dataDir } = shop.pipeline.config;
  const claimed = [
    join(dataDir, 'exports', '.unfinished-export-0123456789ab'),
    join(temp, 'marketing-pipeline-selftest-0123456789ab'),
  ];
  const files = shop.pipeline.engine.capabilities.layerFiles;
  const litter = [...(files ? [join(dataDir, 'snapshots', RUN)] : []), join(dataDir, 'tmp', RUN), ...claimed];
  for (const folder of litter) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'business.duckdb'), 'half');
  }
  for (const folder of claimed) await writeFile(join(folder, 'pipeline.lock'), '');
  const pointer = join(dataDir, 'current.json.new');
  await writeFile(pointer, '{');
  return { ...shop, litter: [...litter, pointer] };
}

test('what killed runs, exports and self-tests have left is removed and named, published data stays', async () => {
  await using box = await openSandbox();
  await using shop = await openLittered(box.temp);
  const published = await shop.query('select * from business.monthly_metrics');
  await mkdir(join(shop.pipeline.config.dataDir, 'tmp', 'mine'));
  const { removed } = await cleanUp(shop.pipeline);
  expect([...removed].sort()).toEqual([...shop.litter].sort());
  expect(shop.litter.filter((path) => existsSync(path))).toEqual([]);
  expect(existsSync(join(shop.pipeline.config.dataDir, 'tmp', 'mine'))).toBe(true);
  expect(await shop.query('select * from business.monthly_metrics')).toEqual(published);
  expect((await shop.pipeline.snapshots()).length).toBe(1);
  expect((await cleanUp(shop.pipeline)).removed).toEqual([]);
});

test('[O04] cleaning up while a run is under way is refused, and nothing is removed', async () => {
  await using box = await openSandbox();
  await using shop = await openLittered(box.temp);
  const lock = acquireLock(shop.pipeline.config.dataDir, INFO);
  const error = await errorOf(RunError, cleanUp(shop.pipeline));
  expect(error.message).toContain(`another run is under way: run ${RUN}`);
  expect(shop.litter.filter((path) => !existsSync(path))).toEqual([]);
  lock.release();
});

test('a living self-test and a living export keep their folders', async () => {
  await using box = await openSandbox();
  await using shop = await openLittered(box.temp);
  const { effects, config } = shop.pipeline;
  const selftest = claimFolder(box.temp, { prefix: 'marketing-pipeline-selftest-', command: 'selftest', effects });
  const exports = join(config.dataDir, 'exports');
  const living = claimFolder(exports, { prefix: '.unfinished-export-', command: 'export', effects });
  await cleanUp(shop.pipeline);
  expect([existsSync(selftest.path), existsSync(living.path)]).toEqual([true, true]);
  await selftest.remove();
  await living.remove();
  expect(await readdir(box.temp)).toEqual([]);
});

test('a run that was killed is reported and marked in the history', async () => {
  await using box = await openSandbox();
  await using shop = await openLittered(box.temp);
  const { openMetadata } = await import('../../src/metadata/store.ts');
  const store = openMetadata(join(shop.pipeline.config.dataDir, 'metadata.db'), shop.pipeline.effects);
  store.beginRun({ runId: RUN, command: 'run', pid: 4_000_000 });
  store.close();
  const { notes } = await cleanUp(shop.pipeline);
  expect(notes.join()).toContain(`run ${RUN}`);
  const history = shop.pipeline.openHistory();
  expect(history?.run(RUN)?.status).toBe('crashed');
  history?.close();
});

test('a data folder that was never used is left as it is', async () => {
  await using box = await openSandbox();
  const pipeline = await Pipeline.open({ settings: { dataDir: join(box.cwd, 'data') }, effects: box.effects });
  expect(await cleanUp(pipeline)).toEqual({ removed: [], notes: [] });
  expect(existsSync(join(box.cwd, 'data'))).toBe(false);
});
