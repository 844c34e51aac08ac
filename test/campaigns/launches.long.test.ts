import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { InputError, Pipeline, UsageError } from '../../src/index.ts';
import { campaignOrders, laterOrder } from '../support/campaign-shop.ts';
import { csvOf } from '../support/make-shop.ts';
import { errorOf, openShop, type Shop } from '../support/run-shop.ts';

const ASSIGNMENTS = 'select * from business.campaign_assignments order by launch_id, customer_id';
const LISTED = 'select customer_id, campaign_type, campaign_group, stratum from business.campaign_targets';

async function openCampaignShop(settings = {}): Promise<Shop> {
  const shop = await openShop(settings);
  await shop.load(campaignOrders());
  return shop;
}

/** Runs over the same orders and one of a later day. */
const runOn = (shop: Shop, date: string) => shop.load([...campaignOrders(), laterOrder(date)]);

describe('a launch', () => {
  test('records every customer of the list, and the next run has it as a table', async () => {
    await using shop = await openCampaignShop();
    expect(await shop.query(ASSIGNMENTS)).toEqual([]);
    const listed = await shop.query(`${LISTED} order by customer_id`);
    const { campaigns, asOf } = await shop.pipeline.campaigns.launch();
    expect(asOf).toBe('2023-09-06');
    expect(campaigns.map(({ campaignType }) => campaignType)).toEqual([
      'Cross-Sell',
      'Loyalty',
      'Retention',
      'Win-Back',
    ]);
    expect(campaigns.reduce((sum, { targets, controls }) => sum + targets + controls, 0)).toBe(listed.length);
    await runOn(shop, '2023-09-07');
    const assigned = await shop.query(`
      select customer_id, campaign_type, campaign_group, stratum from business.campaign_assignments order by customer_id`);
    expect(assigned).toEqual(listed);
    const [one] = await shop.query(ASSIGNMENTS);
    expect(one).toMatchObject({ launch_id: '2023-09-06-cross-sell', launched_on: '2023-09-06', window_days: 30 });
    expect(one).toMatchObject({ expected_revenue: null, estimated_value: expect.stringMatching(/^\d+\.\d\d$/) });
  });

  test('of the same list again changes nothing, in any order of the names and from a run repeated', async () => {
    await using shop = await openCampaignShop();
    const { campaigns } = shop.pipeline;
    const first = await campaigns.launch({ types: ['loyalty', 'Win-Back'] });
    expect(first.campaigns.map(({ isNew }) => isNew)).toEqual([true, true]);
    const before = campaigns.history();
    const again = await campaigns.launch({ types: ['Win-Back', 'Loyalty'] });
    expect(again.campaigns).toEqual(first.campaigns.map((campaign) => ({ ...campaign, isNew: false })));
    await shop.load(campaignOrders());
    expect((await campaigns.launch({ types: ['Loyalty'] })).campaigns).toMatchObject([{ isNew: false }]);
    expect(campaigns.history()).toEqual(before);
    const rest = await campaigns.launch();
    expect(rest.campaigns.map(({ isNew }) => isNew)).toEqual([true, false, true, false]);
  });

  test('does not change the tables of its own day, nor of a run as of an earlier one', async () => {
    await using shop = await openCampaignShop();
    const listed = await shop.query(`${LISTED} order by customer_id`);
    await shop.pipeline.campaigns.launch();
    await shop.load(campaignOrders());
    expect(await shop.query(`${LISTED} order by customer_id`)).toEqual(listed);
    expect(await shop.query(ASSIGNMENTS)).toEqual([]);
  });

  test('as a dry run says what it would do and records nothing', async () => {
    await using shop = await openCampaignShop();
    const dry = await shop.pipeline.campaigns.launch({ dryRun: true });
    expect(shop.pipeline.campaigns.history()).toEqual([]);
    const real = await shop.pipeline.campaigns.launch();
    expect(real).toEqual({ ...dry, dryRun: false });
  });

  test('is refused, wholly, when customers of it were launched before and still rest', async () => {
    await using shop = await openCampaignShop();
    const { campaigns } = shop.pipeline;
    await campaigns.launch({ types: ['Win-Back'], budget: 10, costPerContact: 2 });
    const error = await errorOf(UsageError, campaigns.launch());
    expect(error.message).toMatch(
      /^Win-Back cannot be launched: \d+ customers of the list of 2023-09-06 are in an earlier launch, such as 2023-09-06-win-back; nothing was recorded$/,
    );
    expect(campaigns.history()).toHaveLength(1);
  });

  test('is refused while a run or another launch is under way', async () => {
    await using shop = await openCampaignShop();
    const { campaigns } = shop.pipeline;
    const outcomes = await Promise.allSettled([campaigns.launch(), campaigns.launch()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(campaigns.history()).toHaveLength(4);
  });

  test('that fails on the way leaves nothing in the ledger', async () => {
    await using shop = await openCampaignShop();
    const database = new DatabaseSync(join(shop.settings.dataDir, 'metadata.db'));
    database.exec(`create trigger disk_full before insert on campaign_launches when new.campaign_type = 'Win-Back'
      begin select raise(abort, 'no space'); end`);
    await expect(shop.pipeline.campaigns.launch()).rejects.toThrow('no space');
    expect(database.prepare('select count(*) as n from campaign_assignments').get()).toEqual({ n: 0 });
    database.exec('drop trigger disk_full');
    database.close();
    expect(shop.pipeline.campaigns.history()).toEqual([]);
    expect((await shop.pipeline.campaigns.launch()).campaigns).toHaveLength(4);
  });

  test('before the first run, of an unknown campaign, or with half a budget is an error that says what to do', async () => {
    await using empty = await openShop();
    await errorOf(InputError, empty.pipeline.campaigns.launch());
    await errorOf(InputError, empty.pipeline.campaigns.list());
    expect(empty.pipeline.campaigns.history()).toEqual([]);
    await using shop = await openCampaignShop();
    const unknown = await errorOf(UsageError, shop.pipeline.campaigns.launch({ types: ['Winback'] }));
    expect(unknown.message).toBe('there is no campaign "Winback" (did you mean "Win-Back"?)');
    const half = await errorOf(UsageError, shop.pipeline.campaigns.launch({ budget: 500 }));
    expect(half.message).toBe('a budget needs a cost per contact, and the other way round');
  });
});

describe('the cooldown', () => {
  test('keeps targets and controls off the lists until it has passed, and nobody else', async () => {
    await using shop = await openCampaignShop();
    const before = await shop.query('select customer_id from business.campaign_targets');
    await shop.pipeline.campaigns.launch();
    const stillThere = async () => {
      const now = new Set(
        (await shop.query('select customer_id from business.campaign_targets')).map((row) => row.customer_id),
      );
      return before.filter((row) => now.has(row.customer_id)).length;
    };
    await runOn(shop, '2023-09-07');
    expect(await stillThere()).toBe(0);
    await runOn(shop, '2023-10-05');
    expect(await stillThere()).toBe(0);
    await runOn(shop, '2023-10-06');
    expect(await stillThere()).toBeGreaterThan(before.length / 2);
  });

  test('of other length is a setting; 0 is none', async () => {
    await using shop = await openCampaignShop();
    await shop.pipeline.campaigns.launch();
    const file = await shop.write('later.csv', csvOf([...campaignOrders(), laterOrder('2023-09-16')]));
    const onceMore = async (campaignCooldownDays: number) => {
      const settings = { ...shop.settings, campaignCooldownDays };
      const pipeline = await Pipeline.open({ settings, effects: shop.pipeline.effects });
      await pipeline.run([file]);
      const reader = await pipeline.openReader();
      const { rows } = await reader.query(
        'select count(*) from business.campaign_targets inner join business.campaign_assignments using (customer_id)',
      );
      await reader.close();
      return Number(rows[0]?.[0]);
    };
    expect(await onceMore(11)).toBe(0);
    const again = await onceMore(10);
    expect(again).toBeGreaterThan(100);
    expect(await onceMore(0)).toBe(again);
  });
});
