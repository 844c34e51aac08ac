import { expect, test } from 'vitest';
import { openShop } from '../support/run-shop.ts';
import { servedRows } from '../support/served-sample.ts';

/** Columns of the list by the table that they are taken from. */
const SOURCES: Readonly<Record<string, string>> = {
  'warehouse.dim_customer': 'customer_id, last_order_date',
  'business.customer_segments':
    'customer_id, customer_segment, rfm_segment, rfm_score, recency_score, frequency_score, monetary_score, value_tier, lifetime_value',
  'business.customer_ltv_analysis':
    'customer_id, acquisition_cohort, days_since_last_order, total_orders, total_spent, avg_order_value, historic_value, predicted_value, churn_risk_score',
  'business.customer_predictions': 'customer_id, expected_orders_365, next_order_date',
};

test('the list of customers says of each what the tables say that it is put together from', async () => {
  await using shop = await openShop();
  await shop.load(servedRows());
  for (const [table, columns] of Object.entries(SOURCES)) {
    const rowsOf = (name: string) => shop.query(`select ${columns} from ${name} order by customer_id`);
    expect(await rowsOf('business.customer_list'), table).toEqual(await rowsOf(table));
  }
  const campaign = 'customer_id, campaign_type, campaign_group, priority_level';
  const onLists = await shop.query(`select ${campaign} from business.campaign_targets order by customer_id`);
  expect(onLists.length).toBeGreaterThan(0);
  expect(
    await shop.query(
      `select ${campaign} from business.customer_list where campaign_type is not null order by customer_id`,
    ),
  ).toEqual(onLists);
});
