import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, onTestFinished, test } from 'vitest';
import { expectInOrder, expectOldOrNew, makeCrashSite } from '../support/crash-site.ts';
import { csvOf } from '../support/make-shop.ts';
import { orderRows } from '../support/order-rows.ts';
import { openShop } from '../support/run-shop.ts';
import { spawnRun } from '../support/spawn-run.ts';

/** 200 in a night; the seed of a loop that failed is printed and repeats its delays. */
const CRASHES = Number(process.env.CRASH_LOOPS ?? 40);
const SEED = Number(process.env.CRASH_SEED ?? Math.trunc(performance.timeOrigin) % 2 ** 31);
const RUNS = Number(process.env.RUN_LOOPS ?? 100);

test(`[M02] SIGKILL at ${CRASHES} random times (CRASH_SEED=${SEED}) leaves old or new data, and the next run needs no help`, async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'crash-loop-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const site = await makeCrashSite(folder, { maxConcurrentModels: 2, threads: 2, keepSnapshots: 2 });
  const generator = xoroshiro128plus(SEED);
  const timed = await site.copy('timed');
  const begun = performance.now();
  await spawnRun(timed.request);
  const durationMs = performance.now() - begun;
  const seen = { old: 0, new: 0, killed: 0 };
  let copy = await site.copy('loop');
  for (let n = 1; n <= CRASHES; n++) {
    // Four of five crashes are of a run that has to recover from the one before.
    const delayMs = durationMs * (0.1 + 1.1 * uniformFloat64(generator));
    const where = `crash ${n} of CRASH_SEED=${SEED}, after ${Math.round(delayMs)} ms`;
    const { signal } = await spawnRun(copy.request, delayMs);
    if (signal === 'SIGKILL') seen.killed++;
    seen[await expectOldOrNew(site, copy, where)]++;
    if (n % 5 !== 0) continue;
    await copy.run();
    expect(await copy.content(), where).toEqual(site.newContent);
    await expectInOrder(copy, where);
    rmSync(copy.dataDir, { recursive: true });
    copy = await site.copy(`loop-${n}`);
  }
  console.log(`CRASH_SEED=${SEED}: ${seen.killed} killed, ${seen.old} times the old data, ${seen.new} times the new`);
  expect(seen.killed).toBeGreaterThan(CRASHES / 3);
});

test(`[M18] ${RUNS} runs with a reader open leave no more files, descriptors or snapshots behind than ten`, async () => {
  await using shop = await openShop({ keepSnapshots: 3, threads: 1 });
  const files = [await shop.write('a.csv', csvOf(orderRows(60))), await shop.write('b.csv', csvOf(orderRows(70)))];
  const data = join(shop.folder, 'data');
  const first = await shop.run(files.slice(0, 1));
  const reader = await shop.pipeline.openReader();
  onTestFinished(() => reader.close());
  const measure = () => {
    globalThis.gc?.();
    return {
      // /proc/self/fd is a folder of Linux only; elsewhere descriptors are not counted.
      descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
      tmp: readdirSync(join(data, 'tmp')).length,
      snapshots: readdirSync(join(data, 'snapshots')).length,
      entries: readdirSync(data).length,
      residentMegabytes: process.memoryUsage().rss / 2 ** 20,
    };
  };
  let early = measure();
  for (let n = 1; n <= RUNS; n++) {
    await shop.pipeline.run(files.slice(n % 2, (n % 2) + 1));
    if (n === 10) early = measure();
  }
  const late = measure();
  console.log(early, late);
  expect(late).toMatchObject({ tmp: 1, snapshots: 3, entries: early.entries });
  expect(late.descriptors).toBeLessThanOrEqual(early.descriptors + 2);
  expect(late.residentMegabytes).toBeLessThan(early.residentMegabytes + 2 * RUNS);
  const { rows } = await reader.query('select count(*) from staging.stg_sales_raw');
  expect(rows).toEqual([[first.layers.staging.rawRecords]]);
});
