import { expect, test } from 'vitest';
import { DamagedError } from '../../src/engines/damaged-error.ts';
import { orderRows } from '../support/order-rows.ts';
import { asAdministrator } from '../support/postgres/damage.ts';
import { errorOf, openShop, type Shop } from '../support/run-shop.ts';

async function rawRecords(shop: Shop) {
  const reader = await shop.pipeline.openReader();
  const { rows } = await reader.query('select count(*) from staging.stg_sales_raw');
  await reader.close();
  return rows[0]?.[0];
}

test('[O17] a damaged manifest is mended by going back to the snapshot before', async () => {
  await using shop = await openShop();
  await shop.load(orderRows(10));
  await shop.load(orderRows(20));
  await asAdministrator(shop.folder, `update "{p}pipeline".snapshots set manifest = '{}' where is_published`);
  await errorOf(DamagedError, shop.pipeline.openReader());
  await shop.pipeline.rollback();
  expect(await rawRecords(shop)).toBe(10);
  expect((await shop.load(orderRows(5, 50), { append: true })).layers.staging.rawRecords).toBe(15);
});

test('[O17] a published schema that was dropped is mended by going back', async () => {
  await using shop = await openShop();
  await shop.load(orderRows(10));
  await shop.load(orderRows(20));
  await asAdministrator(shop.folder, 'drop schema "{p}warehouse" cascade');
  await errorOf(DamagedError, shop.pipeline.openReader());
  await shop.pipeline.rollback();
  expect(await rawRecords(shop)).toBe(10);
});

test('[O17] what is no longer there is not gone back to: the published snapshot stays', async () => {
  await using shop = await openShop();
  const first = await shop.load(orderRows(10));
  const second = await shop.load(orderRows(20));
  await asAdministrator(shop.folder, `drop schema "{p}warehouse__${first.snapshotId}" cascade`);
  const error = await errorOf(DamagedError, shop.pipeline.rollback());
  expect(error.message).toContain(`the warehouse layer of snapshot ${first.snapshotId} is no longer in the database`);
  expect((await shop.pipeline.engine.published())?.snapshotId).toBe(second.snapshotId);
  expect(await rawRecords(shop)).toBe(20);
});
