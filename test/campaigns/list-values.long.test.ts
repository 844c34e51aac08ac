import { describe, expect, test } from 'vitest';
import { campaignOrders } from '../support/campaign-shop.ts';
import { openShop } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';

const hec = sharedFile('hec_orders.csv');

const JOINED = `
  select targets.*, p.p_no_order_30, p.p_no_order_60, p.expected_orders_30, p.expected_orders_60, p.expected_spend,
    p.predicted_value, p.predicted_value_low, p.predicted_value_high, p.churn_risk_score, p.next_order_from
  from business.campaign_targets as targets inner join business.customer_predictions as p using (customer_id)
  order by customer_id`;

describe.skipIf(hec.isMissing)(`the values of the lists of the reference file${hec.note}`, () => {
  test('follow from the predictions by hand, with a window of 40 days and a margin of 40 %', async () => {
    await using shop = await openShop({ grossMargin: 0.4, campaignWindowDays: 40 });
    await shop.run([hec.path]);
    const rows = await shop.query(JOINED);
    expect(rows.length).toBeGreaterThan(5_000);
    const sums = new Map<string, { n: number; order: number }>();
    for (const row of rows) {
      const value = (column: string) => Number(row[column]);
      const chance = value('p_no_order_30') ** (2 / 3) * value('p_no_order_60') ** (1 / 3);
      expect(value('no_order_probability')).toBeCloseTo(chance, 5);
      const orders = (2 * value('expected_orders_30') + value('expected_orders_60')) / 3;
      expect(Math.abs(value('expected_revenue') - orders * value('expected_spend'))).toBeLessThan(0.011);
      const ceiling = value('estimated_value') * value('no_order_probability');
      expect(Math.abs(value('offer_cost_ceiling') - ceiling)).toBeLessThan(0.006);
      const risk = value('churn_risk_score') / 100;
      expect(Math.abs(value('value_at_stake') - risk * value('predicted_value'))).toBeLessThan(0.006);
      expect(Math.abs(value('value_at_stake_high') - risk * value('predicted_value_high'))).toBeLessThan(0.006);
      expect(value('value_at_stake_low')).toBeLessThanOrEqual(value('value_at_stake'));
      // The next order is withheld in this shop.
      expect(row.best_contact_date).toBeNull();
      const type = String(row.campaign_type);
      const { n, order } = sums.get(type) ?? { n: 0, order: 0 };
      sums.set(type, { n: n + 1, order: order + 1 - value('no_order_probability') });
    }
    const power = await shop.query('select * from business.campaign_power');
    expect(power).toHaveLength(4);
    for (const row of power) {
      const { n, order } = sums.get(String(row.campaign_type)) ?? { n: 0, order: 0 };
      expect(Number(row.targets) + Number(row.controls)).toBe(n);
      expect(row.base_rate).toBeCloseTo(order / n, 5);
      expect(row).toMatchObject({ base_rate_basis: 'predictions', window_days: 40 });
    }
  });

  test('the interval of one more order holds in four of five cases: of the last purchases by those who bought before', async () => {
    await using shop = await openShop();
    await shop.run([hec.path]);
    const [spread] = await shop.query(`
      select min(estimated_value_low / estimated_value) as low, max(estimated_value_high / estimated_value) as high
      from business.campaign_targets where estimated_value > 50`);
    const [held] = await shop.query(`
      select avg(case when ratio between ${Number(spread?.low)} and ${Number(spread?.high)} then 1.0 else 0 end) as share
      from (
        select purchase_amount * (purchase_number - 1) / (amount_to_date - purchase_amount) as ratio
        from warehouse.agg_purchase_days where next_purchase_date is null and purchase_number > 1
      ) as last_purchases`);
    expect(Math.abs(Number(held?.share) - 0.8)).toBeLessThan(0.01);
  });
});

describe('in a shop too small for predictions', () => {
  test('what is withheld is null, and the base rate is what comparable customers did', async () => {
    await using shop = await openShop({ campaignWindowDays: 60, grossMargin: 0.5 });
    await shop.load(campaignOrders());
    const [counts] = await shop.query(`
      select count(*) as n, count(value_at_stake) as stake, count(no_order_probability) as chance,
        count(offer_cost_ceiling) as ceiling, count(expected_revenue) as revenue, count(estimated_value_low) as low
      from business.campaign_targets`);
    expect(counts).toMatchObject({ stake: 0, chance: 0, ceiling: 0, revenue: 0 });
    for (const power of await shop.query('select * from business.campaign_power')) {
      const [naive] = await shop.query(`
        with list as (
          select min(days_since_last_order) as low, max(days_since_last_order) as high from business.campaign_targets
          where campaign_type = '${String(power.campaign_type)}'
        ),
        past as (
          select customer_id, max(purchase_date) filter (where purchase_date <= date '2023-07-08') as last_date,
            max(purchase_date) as newest
          from warehouse.agg_purchase_days group by customer_id
        )
        select count(*) as n, count(*) filter (where newest > date '2023-07-08') as came from past, list
        where last_date is not null and date '2023-07-08' - last_date between low and high`);
      expect(power).toMatchObject({ base_rate_basis: 'comparable customers', window_days: 60 });
      expect(power.base_rate).toBeCloseTo(Number(naive?.came) / Number(naive?.n), 9);
      expect(power.verdict).toMatch(/^you can/);
    }
  });

  test('without a control group nothing can be learnt, and the lists are wholly targets', async () => {
    await using shop = await openShop({ controlShare: 0 });
    await shop.load(campaignOrders());
    for (const row of await shop.query('select * from business.campaign_power')) {
      expect(row).toMatchObject({ controls: 0, detectable_lift: null, power_lift_20: null, customers_needed: null });
      expect(row.verdict).toBe('you cannot learn from this list: nobody is left alone to compare with');
    }
  });
});
