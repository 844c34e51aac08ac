import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { csvOf } from '../support/make-shop.ts';
import { orderRows } from '../support/order-rows.ts';
import { contentHashes, openShop, type Shop } from '../support/run-shop.ts';

function noticesOf(shop: Shop): string[] {
  return shop.events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
}

async function sourcesOf(shop: Shop) {
  const published = await shop.pipeline.engine.published();
  return published?.sources.map(({ loadId, name, recordCount }) => [loadId, name, recordCount]);
}

describe('appending files', () => {
  test('[C67] [O26] a file that is loaded already changes nothing and says so, however often', async () => {
    await using shop = await openShop();
    const file = await shop.write('orders.csv', csvOf(orderRows(30)));
    const first = await shop.run([file]);
    const content = await contentHashes(shop);
    const pointer = await shop.pipeline.engine.published();
    for (const _ of [1, 2]) {
      const again = await shop.run([file], { append: true });
      expect(again.changed).toBe(false);
      expect(again.snapshotId).toBe(first.snapshotId);
      expect(again.runId).not.toBe(first.runId);
      expect(again.layers.staging).toMatchObject({ status: 'skipped', rawRecords: 30 });
      expect(again.layers.warehouse.revenue).toBe(first.layers.warehouse.revenue);
      expect(again.quality).toEqual(first.quality);
      expect(noticesOf(shop)).toEqual([
        'orders.csv is in the data already; it changes nothing',
        'there is nothing new; the published data stays as it is',
      ]);
    }
    expect(await shop.pipeline.engine.published()).toEqual(pointer);
    expect(await contentHashes(shop)).toEqual(content);
    expect(await shop.pipeline.snapshots()).toHaveLength(1);
  });

  test('[O24] a renamed copy is recognised by its content; the same name with new content is new', async () => {
    await using shop = await openShop();
    const file = await shop.write('orders.csv', csvOf(orderRows(30)));
    await shop.run([file]);
    await copyFile(file, join(shop.folder, 'copy.csv'));
    const copied = await shop.run([join(shop.folder, 'copy.csv')], { append: true });
    expect(copied.changed).toBe(false);
    expect(noticesOf(shop)[0]).toBe(
      'copy.csv has the same content as orders.csv, which is in the data already; it changes nothing',
    );
    await shop.write('orders.csv', csvOf(orderRows(12, 30)));
    const grown = await shop.run([file], { append: true });
    expect(grown.changed).toBe(true);
    expect(grown.layers.staging.rawRecords).toBe(42);
    expect(await sourcesOf(shop)).toEqual([
      [1, 'orders.csv', 30],
      [2, 'orders.csv', 12],
    ]);
  });

  test('two new files and a known one: the known one is left out, the others are numbered on', async () => {
    await using shop = await openShop();
    const known = await shop.write('a.csv', csvOf(orderRows(10)));
    await shop.run([known]);
    const more = [
      await shop.write('b.csv', csvOf(orderRows(10, 10))),
      known,
      await shop.write('c.csv', csvOf(orderRows(10, 20))),
    ];
    const summary = await shop.run(more, { append: true });
    expect(summary.layers.staging).toMatchObject({ status: 'success', rawRecords: 30, cleanRecords: 30 });
    expect(await sourcesOf(shop)).toEqual([
      [1, 'a.csv', 10],
      [2, 'b.csv', 10],
      [3, 'c.csv', 10],
    ]);
    const statuses = shop.events.flatMap((event) => (event.type === 'source' ? [event.source.status] : []));
    expect(statuses).toEqual(['loaded', 'duplicate', 'loaded']);

    await using atOnce = await openShop();
    await atOnce.run([
      await atOnce.write('a.csv', csvOf(orderRows(10))),
      await atOnce.write('b.csv', csvOf(orderRows(10, 10))),
      await atOnce.write('c.csv', csvOf(orderRows(10, 20))),
    ]);
    expect(await contentHashes(shop)).toEqual(await contentHashes(atOnce));
  });

  test('appending to nothing is a first run', async () => {
    await using shop = await openShop();
    const summary = await shop.load(orderRows(20), { append: true });
    expect(summary.changed).toBe(true);
    expect(summary.layers.staging.rawRecords).toBe(20);
  });

  test('[C67] a file named twice, by a link too, is loaded once', async () => {
    await using shop = await openShop();
    const file = await shop.write('orders.csv', csvOf(orderRows(20)));
    const summary = await shop.run([file, file, `${shop.folder}/./orders.csv`]);
    expect(summary.layers.staging.rawRecords).toBe(20);
  });

  test('without append the files replace what was loaded before', async () => {
    await using shop = await openShop();
    await shop.load(orderRows(30));
    const summary = await shop.load(orderRows(12, 30));
    expect(summary.layers.staging.rawRecords).toBe(12);
    expect(await sourcesOf(shop)).toEqual([[1, 'orders2.csv', 12]]);
  });
});
