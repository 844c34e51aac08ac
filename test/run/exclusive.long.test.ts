import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemEffects } from '../../src/effects.ts';
import { InputError, RunError } from '../../src/errors.ts';
import { Pipeline, type RunEvent } from '../../src/index.ts';
import { openPublished } from '../../src/run/open-published.ts';
import { csvOf } from '../support/make-shop.ts';
import { orderRows } from '../support/order-rows.ts';
import { contentHashes, errorOf, openShop } from '../support/run-shop.ts';
import { spawnRun } from '../support/spawn-run.ts';

describe('one run at a time', () => {
  test('[O01] [O43] of two processes the second is refused with who runs since when, and the first is unaffected', async () => {
    await using shop = await openShop();
    const file = await shop.write('orders.csv', csvOf(orderRows(40)));
    const request = { settings: shop.settings, files: [file], cwd: shop.folder };
    let second: Promise<Awaited<ReturnType<typeof spawnRun>>> | undefined;
    const hold = Promise.withResolvers<void>();
    // The first run stops in the middle until the second has been refused.
    const models = await shop.write(
      'models/business/waits.mjs',
      `export const model = {
        description: 'Waits. One row.', dependsOn: [], grain: ['n'],
        columns: [{ name: 'n', type: 'integer', description: 'a number' }],
        async run() { await globalThis.holdTheRun; return { columns: [{ name: 'n', type: 'integer' }], rows: [[1]] }; } };`,
    );
    Reflect.set(globalThis, 'holdTheRun', hold.promise);
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'holdTheRun'));
    const first = await Pipeline.open({
      settings: { ...shop.settings, modelsDir: join(models, '..', '..') },
      effects: { ...systemEffects(), env: {}, cwd: shop.folder },
    });
    const running = first.run([file], {
      listener: (event) => {
        if (event.type === 'run-started') second = spawnRun(request).finally(() => hold.resolve());
      },
    });
    const summary = await running;
    const outcome = (await second)?.outcome;
    expect(outcome?.error?.isExpected).toBe(true);
    expect(outcome?.error?.message).toMatch(
      new RegExp(`^another run is under way: run ${summary.runId}, PID ${process.pid} on \\S+, started \\d{4}-`),
    );
    expect(summary.layers.staging.rawRecords).toBe(40);
    const history = shop.pipeline.openHistory();
    expect(history?.lastRuns(10).map(({ runId }) => runId)).toEqual([summary.runId]);
    history?.close();
  });

  test('[O02] in one process, by another path to the same folder too, the second is refused and nothing is lost', async () => {
    await using shop = await openShop();
    const file = await shop.write('orders.csv', csvOf(orderRows(40)));
    mkdirSync(join(shop.folder, 'data'));
    symlinkSync(join(shop.folder, 'data'), join(shop.folder, 'link'));
    const effects = { ...systemEffects(), env: {}, cwd: shop.folder };
    const others = await Promise.all(
      [join(shop.folder, 'data'), join(shop.folder, 'link'), `${shop.folder}/./x/../data`].map((dataDir) =>
        Pipeline.open({ settings: { ...shop.settings, dataDir }, effects }),
      ),
    );
    let refusals: Promise<PromiseSettledResult<unknown>[]> | undefined;
    const listener = (event: RunEvent) => {
      if (event.type !== 'run-started') return;
      refusals = Promise.allSettled(others.flatMap((other) => [other.run([file]), other.rollback()]));
    };
    const summary = await shop.pipeline.run([file], { listener });
    const outcomes = (await refusals) ?? [];
    expect(outcomes).toHaveLength(6);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') throw new Error('a second run was let in');
      expect(outcome.reason).toBeInstanceOf(RunError);
      expect(String(outcome.reason)).toContain(`another run is under way: run ${summary.runId}`);
    }
    const [next] = others;
    expect((await next?.run([file]))?.layers.staging.rawRecords).toBe(40);
  });

  test('[O06] while runs publish, every answer to readers is of one snapshot', async () => {
    await using shop = await openShop({ keepSnapshots: 1 });
    await shop.load(orderRows(30));
    let isOver = false;
    const answers: (readonly [string, number, number])[] = [];
    const ask = async () => {
      while (!isOver) {
        const opened = await openPublished(shop.pipeline.engine);
        if (opened === undefined) throw new Error('nothing is published');
        const { reader } = opened;
        const sql = `select (select count(*) from staging.stg_sales_raw),
          (select sum(line_count) from warehouse.fact_sales), (select count(*) from business.monthly_metrics)`;
        const [raw = 0, facts = 0] = (await reader.query(sql)).rows[0] ?? [];
        answers.push([reader.snapshotId, Number(raw), Number(facts)]);
        await reader.close();
      }
    };
    const readers = [ask(), ask()];
    try {
      for (const rows of [40, 50, 60]) {
        const file = await shop.write(`${rows}.csv`, csvOf(orderRows(rows)));
        await shop.pipeline.run([file]);
      }
    } finally {
      isOver = true;
      await Promise.all(readers);
    }
    expect(answers.length).toBeGreaterThan(10);
    for (const [, raw, facts] of answers) expect(facts).toBe(raw);
    expect(new Set(answers.map(([id, raw]) => `${id} ${raw}`)).size).toBe(new Set(answers.map(([id]) => id)).size);
  });
});

describe('an input file that changes while it is read', () => {
  test.each([
    ['[O21] grows', (path: string) => appendFileSync(path, '2024-01-01,C1,NEW,5\n')],
    ['[O22] is rewritten in place', (path: string) => writeFileSync(path, csvOf(orderRows(40)).replace('C1,', 'C2,'))],
    ['[O22] is cut', (path: string) => truncateSync(path, 500)],
    [
      '[O22] is replaced by another',
      (path: string) => {
        writeFileSync(`${path}.tmp`, csvOf(orderRows(40)));
        renameSync(`${path}.tmp`, path);
      },
    ],
  ])('%s: the run fails and published data stays', async (_, change) => {
    await using shop = await openShop();
    await shop.load(orderRows(20));
    const content = await contentHashes(shop);
    const file = await shop.write('orders.csv', csvOf(orderRows(40)));
    let isChanged = false;
    // The scanner has seen every byte when it says so; the engine reads the file after that.
    const listener = (event: RunEvent) => {
      if (event.type !== 'step-progress' || event.share !== 1 || isChanged) return;
      isChanged = true;
      change(file);
    };
    const error = await errorOf(InputError, shop.pipeline.run([file], { listener }));
    expect(isChanged).toBe(true);
    expect(error.message).toMatch(/^orders\.csv changed while being read: /);
    expect(error.exitCode).toBe(2);
    expect(await contentHashes(shop)).toEqual(content);
    expect(await shop.pipeline.snapshots()).toHaveLength(1);
  });
});

describe('a data folder that cannot be used', () => {
  test('[O19] a file in its place: a clear message before any work', async () => {
    await using shop = await openShop();
    writeFileSync(join(shop.folder, 'data'), 'not a folder');
    const error = await errorOf(RunError, shop.load(orderRows(5)));
    expect(error.message).toMatch(new RegExp(`^data folder ${join(shop.folder, 'data')} cannot be written: `));
    expect(error.remedy.join()).toMatch(/--data-dir/);
  });

  const isRoot = process.getuid?.() === 0;
  test.skipIf(isRoot)(`[O19] no right to write${isRoot ? ' (skipped: root may always write)' : ''}`, async () => {
    await using shop = await openShop();
    await shop.load(orderRows(5));
    chmodSync(join(shop.folder, 'data'), 0o500);
    const error = await errorOf(RunError, shop.load(orderRows(6)));
    chmodSync(join(shop.folder, 'data'), 0o700);
    expect(error.message).toMatch(/cannot be written/);
  });

  test('[O19] a part of it that cannot be made: the error names it, and the next run works', async () => {
    await using shop = await openShop();
    await shop.load(orderRows(5));
    const tmp = join(shop.folder, 'data', 'tmp');
    renameSync(tmp, `${tmp}-aside`);
    writeFileSync(tmp, 'in the way');
    const error = await errorOf(RunError, shop.load(orderRows(6)));
    expect(error.message).toContain(tmp);
    expect((await shop.pipeline.report())?.layers.staging.rawRecords).toBe(5);
    renameSync(tmp, `${tmp}-file`);
    expect((await shop.load(orderRows(6))).changed).toBe(true);
    expect(existsSync(tmp)).toBe(true);
  });

  test('[O40] [S21] a data folder of an odd name takes a gzip file and an append', async () => {
    await using outer = await openShop();
    const dataDir = join(outer.folder, "it's [1]* {ü😀}", 'data');
    await using shop = await openShop({ dataDir });
    const { gzipSync } = await import('node:zlib');
    const file = await shop.write('o[1]*.csv.gz', gzipSync(csvOf(orderRows(20))));
    await shop.run([file]);
    const summary = await shop.load(orderRows(20, 20), { append: true });
    expect(summary.layers.staging).toMatchObject({ rawRecords: 40, cleanRecords: 40 });
    expect(existsSync(join(dataDir, 'metadata.db'))).toBe(true);
    expect((await shop.pipeline.engine.published())?.snapshotId).toBe(summary.snapshotId);
  });
});
