import { describe, expect, test } from 'vitest';
import { DamagedError } from '../../src/engines/damaged-error.ts';
import { QueryError } from '../../src/engines/query-error.ts';
import { orderRows } from '../support/order-rows.ts';
import { asAdministrator } from '../support/postgres/damage.ts';
import { errorOf, openShop, type Shop } from '../support/run-shop.ts';
import { storedSnapshots } from '../support/stored-snapshots.ts';

function noticesOf(shop: Shop): string[] {
  return shop.events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
}

describe('damage to what is published in a database', () => {
  test.each([
    [
      'manifest is no JSON',
      `update "{p}pipeline".snapshots set manifest = 'x'`,
      /the manifest of snapshot \S+ is damaged/,
    ],
    [
      'manifest lacks the layers',
      `update "{p}pipeline".snapshots set manifest = replace(manifest, '"layers"', '"floors"')`,
      /the manifest of snapshot \S+ is damaged/,
    ],
  ])('[O17] the %s: reading and appending are refused, a run anew mends it and says so', async (_, damage, message) => {
    await using shop = await openShop();
    await shop.load(orderRows(30));
    await asAdministrator(shop.folder, damage);
    for (const attempt of [
      () => shop.pipeline.openReader(),
      () => shop.load(orderRows(5, 50), { append: true }),
      () => shop.run([], { skipLayers: ['staging'] }),
    ]) {
      const error = await errorOf(DamagedError, attempt());
      expect(error.message).toMatch(message);
      expect(error.remedy.join()).toMatch(/rollback.*run the pipeline again/);
    }
    expect((await shop.load(orderRows(30))).layers.staging.rawRecords).toBe(30);
    expect(noticesOf(shop).some((notice) => message.test(notice))).toBe(true);
    await shop.load(orderRows(31));
    expect(noticesOf(shop)).toEqual([]);
    expect((await shop.load(orderRows(5, 50), { append: true })).layers.staging.rawRecords).toBe(36);
  });

  test('[O17] a published schema that was dropped: reading, appending and carrying over are refused, a run anew mends it', async () => {
    await using shop = await openShop();
    const { snapshotId } = await shop.load(orderRows(30));
    await asAdministrator(shop.folder, 'drop schema "{p}staging" cascade');
    for (const attempt of [
      () => shop.pipeline.openReader(),
      () => shop.load(orderRows(5, 50), { append: true }),
      () => shop.run([], { skipLayers: ['staging'] }),
    ]) {
      const error = await errorOf(DamagedError, attempt());
      expect(error.message).toContain(`the staging layer of snapshot ${snapshotId} is no longer in the database`);
      expect(error.remedy.join()).toMatch(/rollback.*run the pipeline again/);
    }
    expect(await storedSnapshots(shop)).toEqual([snapshotId]);
    expect((await shop.load(orderRows(30))).changed).toBe(true);
    expect((await shop.query('select count(*) as n from staging.stg_sales_raw'))[0]?.n).toBe(30);
  });

  test('[O17] a table that was dropped: an append names it, a run anew mends it', async () => {
    await using shop = await openShop();
    await shop.load(orderRows(30));
    await asAdministrator(shop.folder, 'drop table "{p}staging".stg_sales_raw');
    const error = await errorOf(QueryError, shop.load(orderRows(5, 50), { append: true }));
    expect(error.message).toMatch(/stg_sales_raw" does not exist/);
    expect((await shop.load(orderRows(30))).changed).toBe(true);
    expect((await shop.load(orderRows(5, 50), { append: true })).layers.staging.rawRecords).toBe(35);
  });

  test('[O17] a run that fails does not remove published data whose manifest is damaged', async () => {
    await using shop = await openShop();
    const { snapshotId } = await shop.load(orderRows(30));
    const [{ manifest } = {}] = await asAdministrator(shop.folder, 'select manifest from "{p}pipeline".snapshots');
    await asAdministrator(shop.folder, `update "{p}pipeline".snapshots set manifest = 'x'`);
    const file = await shop.write('empty.csv', '');
    await expect(shop.run([file])).rejects.toThrow(/empty/);
    const restore = `update "{p}pipeline".snapshots set manifest = $text$${manifest}$text$`;
    await asAdministrator(shop.folder, restore);
    expect(await storedSnapshots(shop)).toEqual([snapshotId]);
    expect((await shop.query('select count(*) as n from staging.stg_sales_raw'))[0]?.n).toBe(30);
  });
});
