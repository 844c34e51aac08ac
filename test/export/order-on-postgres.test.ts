import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { debugWarehouse } from '../../src/index.ts';
import { contentDigests } from '../../src/selftest/content-digests.ts';
import { orderRows } from '../support/order-rows.ts';
import { asAdministrator } from '../support/postgres/damage.ts';
import { openShop } from '../support/run-shop.ts';

test('rows come in the order of the grain, however the server has stored them', async () => {
  await using shop = await openShop();
  await shop.load(orderRows(50));
  const look = async () => {
    const { outDir } = await shop.pipeline.export({ tables: ['dim_order'] });
    const report = await debugWarehouse(shop.pipeline);
    return {
      file: await readFile(join(outDir, 'dim_order.csv'), 'utf8'),
      digests: await contentDigests(shop.pipeline),
      sample: report?.tables.find(({ name }) => name === 'dim_order')?.sample.rows,
    };
  };
  const before = await look();
  await asAdministrator(
    shop.folder,
    `begin;
     create temporary table backwards on commit drop as select * from "{p}warehouse".dim_order;
     alter table "{p}warehouse".fact_sales drop constraint if exists fact_sales_order_key_fkey;
     delete from "{p}warehouse".dim_order;
     insert into "{p}warehouse".dim_order select * from backwards order by order_id desc;
     commit;`,
  );
  const stored = await shop.query('select order_id from warehouse.dim_order');
  expect(stored.map(({ order_id }) => order_id)).not.toEqual(stored.map(({ order_id }) => order_id).sort());
  expect(await look()).toEqual(before);
});
