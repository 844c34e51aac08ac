import { describe, expect, test } from 'vitest';
import { expectBalanced, expectSummaryOfTables } from '../support/published-figures.ts';
import { openShop } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';

const cdnow = sharedFile('cdnow_master.csv');
const relay = sharedFile('relay_foods.csv');

describe.skipIf(cdnow.isMissing)(`CDNOW${cdnow.note}`, () => {
  test('80 zero amounts are refused by default, and with them 68 customers that have no other order', async () => {
    await using shop = await openShop();
    const summary = await shop.run([cdnow.path]);
    expect(summary.layers.staging).toMatchObject({
      rawRecords: 69_659,
      cleanRecords: 69_579,
      rejectedByReason: { INVALID_SALES: 80 },
    });
    expect(summary.layers.warehouse).toMatchObject({ customers: 23_502, orders: 69_579, revenue: 2_500_315.63 });
    expectBalanced(shop);
  });

  test('[C42] all orders count where zero amounts are allowed, and ids keep their leading zeros', async () => {
    await using shop = await openShop({ allowZeroAmounts: true });
    const summary = await shop.run([cdnow.path]);
    expect(summary).toMatchObject({
      asOf: '1998-06-30',
      layers: {
        staging: { cleanRecords: 69_659, rejectedRecords: 0 },
        warehouse: { customers: 23_570, orders: 69_659, revenue: 2_500_315.63, firstOrderDate: '1997-01-01' },
      },
    });
    const [ids] = await shop.query(
      'select min(customer_id) as lowest, min(length(customer_id)) as shortest from warehouse.dim_customer',
    );
    expect(ids).toMatchObject({ lowest: '00001', shortest: 5 });
    expectBalanced(shop);
    await expectSummaryOfTables(shop, summary);
  });
});

test.skipIf(relay.isMissing)(`Relay Foods has the known orders, customers and revenue${relay.note}`, async () => {
  await using shop = await openShop();
  const summary = await shop.run([relay.path]);
  expect(summary).toMatchObject({
    asOf: '2010-03-09',
    layers: {
      staging: { rawRecords: 2_891, rejectedRecords: 0 },
      warehouse: { customers: 757, orders: 2_891, revenue: 173_307.8, firstOrderDate: '2009-01-06' },
      business: { months: 15, cohortCells: 120 },
    },
  });
  expectBalanced(shop);
});
