import { expect, test } from 'vitest';
import type { ConfigSpec, RowObject } from '../../src/index.ts';
import { campaignOrders } from '../support/campaign-shop.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

const GROUPS = 'select customer_id, stratum, campaign_group from business.campaign_targets order by customer_id';

async function groupsOf(settings: ConfigSpec = {}, orders = campaignOrders()): Promise<RowObject[]> {
  await using shop = await openShop(settings);
  await shop.load(orders);
  return await shop.query(GROUPS);
}

const counts = (shop: Pick<Shop, 'query'>, by: string) =>
  shop.query(
    `select ${by} as part, count(*) as customers, count(*) filter (where campaign_group = 'control') as controls
     from business.campaign_targets group by ${by}`,
  );

test.each([0, 0.1, 0.125, 0.333, 0.5])(
  'a control share of %d is right in every stratum, every campaign and the whole list, to one customer',
  async (controlShare) => {
    await using shop = await openShop({ controlShare });
    await shop.load(campaignOrders());
    for (const by of ['stratum', 'campaign_type', 'customer_id is null']) {
      for (const { customers, controls } of await counts(shop, by)) {
        expect(Math.abs(Number(controls) - controlShare * Number(customers))).toBeLessThanOrEqual(1);
      }
    }
    const [whole] = await counts(shop, 'customer_id is null');
    expect(Number(whole?.controls)).toBe(Math.floor(controlShare * Number(whole?.customers) + 0.5));
    expect(Number(whole?.customers)).toBeGreaterThan(100);
    expect((await counts(shop, 'stratum')).length).toBeGreaterThan(10);
  },
);

test('the groups do not depend on the order of the rows, the threads or the models built at a time', async () => {
  const groups = await groupsOf({ threads: 1, maxConcurrentModels: 1 });
  expect(await groupsOf({ threads: 4, maxConcurrentModels: 4 }, campaignOrders().toReversed())).toEqual(groups);
});

test('another salt draws other control groups, of the same size, from the same strata', async () => {
  const [one, other] = [await groupsOf(), await groupsOf({ controlSalt: 'autumn' })];
  const controls = (rows: readonly RowObject[]) =>
    rows.filter((row) => row.campaign_group === 'control').map((row) => row.customer_id);
  expect(controls(other)).toHaveLength(controls(one).length);
  expect(controls(other)).not.toEqual(controls(one));
  const both = controls(one).filter((customer) => controls(other).includes(customer));
  // A tenth of a tenth is expected in both.
  expect(both.length).toBeLessThan(controls(one).length / 2);
  expect(other.map((row) => row.stratum)).toEqual(one.map((row) => row.stratum));
});
