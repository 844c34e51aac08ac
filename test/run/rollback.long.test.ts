import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DamagedError } from '../../src/engines/damaged-error.ts';
import { UsageError } from '../../src/errors.ts';
import { onlyOn } from '../support/on-engines.ts';
import { orderRows } from '../support/order-rows.ts';
import { contentHashes, errorOf, openShop, type Shop } from '../support/run-shop.ts';
import { storedSnapshots } from '../support/stored-snapshots.ts';

const FILES = 'the damage is done to files; rollback-on-postgres.test.ts does it to a database';

function recordedSnapshots(shop: Shop) {
  const history = shop.pipeline.openHistory();
  try {
    return Object.fromEntries(history?.snapshots().map(({ snapshotId, status }) => [snapshotId, status]) ?? []);
  } finally {
    history?.close();
  }
}

const rawRecords = async (shop: Shop) => {
  const reader = await shop.pipeline.openReader();
  const { rows } = await reader.query('select count(*) from staging.stg_sales_raw');
  await reader.close();
  return rows[0]?.[0];
};

describe('going back', () => {
  test('publishes the snapshot before, again and again until there is none, and any that is named', async () => {
    await using shop = await openShop();
    const runs = [await shop.load(orderRows(10)), await shop.load(orderRows(20)), await shop.load(orderRows(30))];
    const [one = '', two = '', three = ''] = runs.map(({ snapshotId }) => snapshotId);
    expect((await shop.pipeline.rollback()).snapshotId).toBe(two);
    expect(await rawRecords(shop)).toBe(20);
    expect((await shop.pipeline.report())?.layers.staging.rawRecords).toBe(20);
    expect(recordedSnapshots(shop)).toEqual({ [one]: 'retired', [two]: 'published', [three]: 'retired' });
    expect((await shop.pipeline.rollback()).snapshotId).toBe(one);
    expect(await rawRecords(shop)).toBe(10);
    const error = await errorOf(UsageError, shop.pipeline.rollback());
    expect(error.message).toBe('there is no earlier snapshot to go back to');
    expect((await shop.pipeline.rollback(three)).snapshotId).toBe(three);
    expect(await rawRecords(shop)).toBe(30);
    const unknown = await errorOf(UsageError, shop.pipeline.rollback(`${two}x`));
    expect(unknown.message).toBe(`there is no snapshot "${two}x" (did you mean "${two}"?)`);
    expect(unknown.remedy).toEqual([`kept are ${three}, ${two}, ${one}`]);
  });

  test('before the first run there is nothing to go back to', async () => {
    await using shop = await openShop();
    await errorOf(UsageError, shop.pipeline.rollback());
    const error = await errorOf(UsageError, shop.pipeline.rollback('20240101T000000Z-abcdef'));
    expect(error.remedy).toEqual(['run the pipeline first']);
  });

  test('an append after going back adds to what was gone back to', async () => {
    await using shop = await openShop();
    await shop.load(orderRows(10));
    await shop.load(orderRows(99));
    await shop.pipeline.rollback();
    const summary = await shop.load(orderRows(5, 200), { append: true });
    expect(summary.layers.staging.rawRecords).toBe(15);
  });

  onlyOn('duckdb', FILES)('[O17] a damaged pointer or manifest is mended by going back', async () => {
    await using shop = await openShop();
    await shop.load(orderRows(10));
    const second = await shop.load(orderRows(20));
    const pointer = join(shop.folder, 'data', 'current.json');
    writeFileSync(pointer, '{"format": 1, "snap');
    await errorOf(DamagedError, shop.pipeline.openReader());
    await shop.pipeline.rollback(second.snapshotId);
    expect(await rawRecords(shop)).toBe(20);
    writeFileSync(join(shop.folder, 'data', 'snapshots', second.snapshotId, 'manifest.json'), '{}');
    await errorOf(DamagedError, shop.pipeline.openReader());
    await shop.pipeline.rollback();
    expect(await rawRecords(shop)).toBe(10);
  });

  onlyOn('duckdb', FILES)('[O17] what cannot be read is not gone back to: the published snapshot stays', async () => {
    await using shop = await openShop();
    const first = await shop.load(orderRows(10));
    const second = await shop.load(orderRows(20));
    rmSync(join(shop.folder, 'data', 'snapshots', first.snapshotId, 'warehouse.duckdb'));
    const error = await errorOf(DamagedError, shop.pipeline.rollback());
    expect(error.message).toMatch(/warehouse\.duckdb is missing/);
    expect((await shop.pipeline.engine.published())?.snapshotId).toBe(second.snapshotId);
    expect(recordedSnapshots(shop)[second.snapshotId]).toBe('published');
  });
});

describe('snapshots that are kept', () => {
  test('are the newest so many, the published one among them, on disk and in the history', async () => {
    await using shop = await openShop({ keepSnapshots: 2 });
    const ids: string[] = [];
    for (const rows of [10, 11, 12, 13]) ids.push((await shop.load(orderRows(rows))).snapshotId);
    expect(await storedSnapshots(shop)).toEqual(ids.slice(2).sort());
    const [one = '', two = '', three = '', four = ''] = ids;
    expect(recordedSnapshots(shop)).toEqual({
      [one]: 'removed',
      [two]: 'removed',
      [three]: 'retired',
      [four]: 'published',
    });
  });

  test('[O34] are counted by their order, not by a clock that was set back', async () => {
    let now = Date.parse('2024-05-01T12:00:00Z');
    await using shop = await openShop({ keepSnapshots: 2 }, { now: () => new Date(now) });
    const ids: string[] = [];
    for (const rows of [10, 11, 12]) {
      ids.push((await shop.load(orderRows(rows))).snapshotId);
      now -= 86_400_000;
    }
    expect((await shop.pipeline.snapshots()).map(({ snapshotId }) => snapshotId)).toEqual(ids.slice(1).reverse());
    expect((await shop.pipeline.engine.published())?.snapshotId).toBe(ids[2]);
    expect((await shop.pipeline.rollback()).snapshotId).toBe(ids[1]);
    const history = shop.pipeline.openHistory();
    expect(history?.lastRuns(3).map(({ runId }) => runId)).toEqual(ids.toReversed());
    expect(history?.lastRuns(3).every(({ durationSeconds }) => (durationSeconds ?? -1) >= 0)).toBe(true);
    history?.close();
  });

  test('bring along the layers that they have taken over, for as long as they are kept', async () => {
    await using shop = await openShop({ keepSnapshots: 1 });
    const first = await shop.load(orderRows(10));
    const content = await contentHashes(shop);
    const skip = { skipLayers: ['staging', 'warehouse'] } as const;
    await shop.run([], skip);
    const third = await shop.run([], skip);
    expect(await storedSnapshots(shop)).toEqual([first.snapshotId, third.snapshotId].sort());
    expect(await contentHashes(shop)).toEqual(content);
    const last = await shop.load(orderRows(12));
    expect(await storedSnapshots(shop)).toEqual([last.snapshotId]);
  });

  test('after going back, a new run keeps the published one and the newest others', async () => {
    await using shop = await openShop({ keepSnapshots: 2 });
    await shop.load(orderRows(10));
    const second = await shop.load(orderRows(11));
    await shop.pipeline.rollback();
    const third = await shop.load(orderRows(12));
    expect(await storedSnapshots(shop)).toEqual([second.snapshotId, third.snapshotId].sort());
  });
});
