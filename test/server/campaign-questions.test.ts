import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lostCustomers } from '../export/campaigns/lost-customers.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { problemOf, type ServedShop, servePipeline } from '../support/serve-shop.ts';
import { servedRows } from '../support/served-sample.ts';

let shop: Shop;
let server: ServedShop;

beforeAll(async () => {
  shop = await openShop({ grossMargin: 0.4, controlShare: 0.2 });
  await shop.load(servedRows());
  server = await servePipeline(shop.pipeline);
});

afterAll(async () => {
  await server.close();
  await shop[Symbol.asyncDispose]();
});

/** To nine digits; null is null only. */
const rounded = (value: unknown) =>
  value === null || value === undefined ? null : Number(Number(value).toPrecision(9));
const cents = (value: unknown) => Math.round(100 * Number(value)) / 100;

describe('campaigns/plan', () => {
  test.each([
    { budget: 10, costPerContact: 0.25 },
    { budget: 100, costPerContact: 7.5 },
    { budget: 100_000, costPerContact: 12 },
    { budget: 30, costPerContact: 0.1, types: ['Cross-Sell'] },
  ])('%j: says what the command campaigns plan says', async (options) => {
    const plan = await shop.pipeline.campaigns.plan(options);
    const contacts = Math.floor(Math.round(options.budget * 1e6) / Math.round(options.costPerContact * 1e6));
    const type = options.types === undefined ? '' : `&type=${options.types[0]}`;
    const { rows } = await server.rows(
      `/api/campaigns/plan?contacts=${contacts}&cost=${options.costPerContact}${type}`,
    );
    const byType = [...plan.campaigns.map((campaign) => ({ ...campaign })), { campaignType: null, ...plan.total }];
    const chosen = rows.filter(({ campaign_type: name, contacts: some, controls }) => {
      return name === null || Number(some) + Number(controls) > 0;
    });
    expect(chosen.map((row) => [row.campaign_type, row.contacts, row.controls, row.cost])).toEqual(
      byType.map(({ campaignType, contacts: some, controls, cost }) => [campaignType, some, controls, cost]),
    );
    for (const [index, expected] of byType.entries()) {
      const row = chosen[index];
      expect(row?.value_at_stake).toBe(expected.valueAtStake === null ? null : cents(expected.valueAtStake));
      expect(row?.margin_per_order).toBe(expected.marginPerOrder);
      expect([row?.base_rate, row?.break_even_orders, row?.break_even_lift].map(rounded)).toEqual(
        [expected.baseRate, expected.breakEven?.extraOrdersPer100Contacts, expected.breakEven?.lift].map(rounded),
      );
    }
    expect(rows.at(-1)).toMatchObject({ beyond_budget: plan.beyondBudget, not_worth_it: plan.notWorthIt });
  });

  test('without a number of contacts it addresses all, and the last point of the curve is the same', async () => {
    for (const query of ['', '?cost=12', '?type=Loyalty']) {
      const plan = await server.rows(`/api/campaigns/plan${query}`);
      const curve = await server.rows(`/api/campaigns/budget${query}`);
      const total = plan.rows.at(-1);
      const end = curve.rows.at(-1);
      expect(total).toMatchObject({ beyond_budget: 0, contacts: end?.customers });
      expect([total?.value_at_stake, total?.estimated_value]).toEqual([end?.value_at_stake, end?.estimated_value]);
    }
  });

  test('each point of the curve is the plan for so many contacts', async () => {
    const curve = await server.rows('/api/campaigns/budget?points=5&type=Cross-Sell');
    expect(curve.rows).toHaveLength(5);
    for (const { customers, value_at_stake, estimated_value } of curve.rows) {
      const { rows } = await server.rows(`/api/campaigns/plan?contacts=${customers}&type=Cross-Sell`);
      expect(rows.at(-1)).toMatchObject({ contacts: customers, value_at_stake, estimated_value, cost: null });
    }
  });

  test.each(['contacts=0', 'cost=0', 'cost=-1', 'contacts=1.5', 'cost=x'])('%s is refused', async (query) => {
    const answer = await server.get(`/api/campaigns/plan?${query}`);
    expect(answer.status).toBe(400);
    expect(problemOf(answer).message).toContain(query.split('=')[0]);
  });
});

test('a launch is told at once, without a run', async () => {
  expect((await server.rows('/api/campaigns/launches')).rows).toEqual([]);
  const { campaigns } = await shop.pipeline.campaigns.launch({ types: ['Loyalty'] });
  const { rows } = await server.rows('/api/campaigns/launches');
  expect(rows).toMatchObject(
    campaigns.map(({ launchId, targets, controls }) => ({ launch_id: launchId, targets, controls })),
  );
});

describe('campaigns/export', () => {
  let mail: Shop;
  let mailServer: ServedShop;

  beforeAll(async () => {
    mail = await openShop({ controlShare: 0.3 });
    const ids = Array.from({ length: 300 }, (_, number) => `Customer.${number}@shop.example`);
    await mail.load(lostCustomers([...ids, 'CUSTOMER.1@shop.example', 'C1', '=1+1', '<b>@x']));
    mailServer = await servePipeline(mail.pipeline);
  });

  afterAll(async () => {
    await mailServer.close();
    await mail[Symbol.asyncDispose]();
  });

  test.each(['klaviyo', 'mailchimp', 'google-ads', 'meta', 'csv'])(
    'for %s is byte for byte the file of the command',
    async (platform) => {
      const { files, outDir } = await mail.pipeline.exportCampaigns({ platform });
      expect(files.some(({ group }) => group === 'target')).toBe(true);
      for (const { name, campaignType, group } of files) {
        const path = `/api/campaigns/export.csv?type=${campaignType}&for=${platform}&group=${group}`;
        const { status, text, headers } = await mailServer.get(path);
        expect({ name, status }).toEqual({ name, status: 200 });
        expect(text).toBe(await readFile(join(outDir, name), 'utf8'));
        expect(headers['content-disposition']).toBe(`attachment; filename="${name}"`);
      }
    },
  );

  test('nobody of the control group is in a list of targets, and advertising platforms get no list of it', async () => {
    const controls = await mail.query(
      "select customer_id from business.campaign_targets where campaign_group = 'control'",
    );
    expect(controls.length).toBeGreaterThan(10);
    const { text } = await mailServer.get('/api/campaigns/export.csv?type=Win-Back&for=csv');
    const listed = new Set(text.split('\n').map((line) => line.split(',')[0]));
    for (const { customer_id: id } of controls) expect(listed).not.toContain(id);
    for (const platform of ['google-ads', 'meta']) {
      const path = `/api/campaigns/export.csv?type=Win-Back&for=${platform}&group=control`;
      const answer = await mailServer.get(path);
      expect(answer.status).toBe(400);
      expect(problemOf(answer).message).toContain('there is no list of the control group');
    }
  });

  test('addresses leave hashed for advertising platforms', async () => {
    for (const platform of ['google-ads', 'meta']) {
      const { text } = await mailServer.get(`/api/campaigns/export.csv?type=Win-Back&for=${platform}`);
      expect(text).not.toContain('shop.example');
      expect(text).toMatch(/[0-9a-f]{64}/);
    }
  });

  test('where no id is an address, it is refused with what to do, as by the command', async () => {
    const answer = await server.get('/api/campaigns/export.csv?type=Loyalty&for=klaviyo');
    expect(answer.status).toBe(400);
    const error = await shop.pipeline
      .exportCampaigns({ platform: 'klaviyo', types: ['Loyalty'] })
      .then(() => undefined)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(problemOf(answer)).toMatchObject({
      message: error instanceof Error ? error.message : '',
      remedy: [expect.stringContaining('--map customer="Email"')],
    });
  });

  test.each([
    ['type=Loyalti&for=csv', 'did you mean "Loyalty"?'],
    ['type=Loyalty', 'for is missing'],
    ['type=Loyalty&for=mailchip', 'allowed: klaviyo, mailchimp'],
    ['for=csv', 'type is missing'],
    ['type=Loyalty&for=csv&group=all', 'allowed: target, control'],
  ])('%s is refused with the reason', async (query, message) => {
    const answer = await server.get(`/api/campaigns/export.csv?${query}`);
    expect(answer.status).toBe(400);
    expect(problemOf(answer).message).toContain(message);
  });

  test('wants the token', async () => {
    const { status } = await server.send('/api/campaigns/export.csv?type=Loyalty&for=csv', {});
    expect(status).toBe(401);
  });
});
