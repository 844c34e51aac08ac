import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breakEven } from '../../src/api/campaigns/break-even.ts';
import { affordableContacts, costOf } from '../../src/api/campaigns/campaign-budget.ts';
import { Pipeline, UsageError } from '../../src/index.ts';
import { selectionSql } from '../../src/run/campaigns/list-selection.ts';
import { campaignOrders } from '../support/campaign-shop.ts';
import { errorOf, openShop, type Shop } from '../support/run-shop.ts';

const TYPES = ['Cross-Sell', 'Loyalty', 'Retention', 'Win-Back'];

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.load(campaignOrders());
});

afterAll(() => shop[Symbol.asyncDispose]());

async function withMargin(grossMargin: number) {
  return Pipeline.open({ settings: { ...shop.settings, grossMargin }, effects: shop.pipeline.effects });
}

describe('what a budget pays for', () => {
  test.each([
    [0.3, 0.1, 3],
    [500, 0.25, 2_000],
    [1, 0.003, 333],
    [1_000_000, 0.000001, 1e12],
    [10, 10, 1],
    [19.99, 10, 1],
  ])('%d pays for contacts of %d: %d', (budget, costPerContact, contacts) => {
    expect(affordableContacts({ budget, costPerContact })).toBe(contacts);
    expect(costOf(contacts, costPerContact)).toBeLessThanOrEqual(budget);
  });

  test('amounts that are none, and a budget below one contact, are refused with the values', () => {
    expect(() => affordableContacts({ budget: 4, costPerContact: 5 })).toThrow(
      'a budget of 4 is below the cost of one contact, 5',
    );
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-9]) {
      expect(() => affordableContacts({ budget: wrong, costPerContact: 1 })).toThrow(`${wrong} is not a budget`);
      expect(() => affordableContacts({ budget: 1, costPerContact: wrong })).toThrow(
        `${wrong} is not a cost per contact`,
      );
    }
  });

  test('break-even by hand: 2 a contact, 40 margin an order: 5 extra orders per 100, at 10 % base rate half as many again', () => {
    expect(breakEven(2, 40, 0.1)).toEqual({ extraOrdersPer100Contacts: 5, lift: 0.5, isPossible: true });
    expect(breakEven(40, 40, 0.1)).toMatchObject({ extraOrdersPer100Contacts: 100, isPossible: false });
    expect(breakEven(2, 40, null)).toEqual({ extraOrdersPer100Contacts: 5, lift: null, isPossible: true });
    expect(breakEven(2, 0, 0.1)).toBeNull();
  });
});

describe('a plan', () => {
  test('addresses as many as the budget pays for, counted by campaign, and says what is left', async () => {
    const plan = await shop.pipeline.campaigns.plan({ budget: 101, costPerContact: 2 });
    expect(plan.total).toMatchObject({ contacts: 50, cost: 100, breakEven: null, marginPerOrder: null });
    expect(plan.unspent).toBe(1);
    expect(plan.campaigns.reduce((sum, { contacts }) => sum + contacts, 0)).toBe(50);
    expect(plan.campaigns.reduce((sum, { controls }) => sum + controls, 0)).toBe(plan.total.controls);
    const [listed] = await shop.query(
      "select count(*) as n from business.campaign_targets where campaign_group = 'target'",
    );
    expect(plan.beyondBudget).toBe(Number(listed?.n) - 50);
  });

  test('never addresses a control customer, and takes the most valuable first, whatever the budget', async () => {
    for (const contacts of [1, 7, 50, 100_000]) {
      const chosen = await shop.query(
        `select customer_id, campaign_group, historic_value from (${selectionSql({ types: TYPES, contacts })}) as chosen`,
      );
      const targets = chosen.filter((row) => row.campaign_group === 'target');
      expect(targets.length).toBeLessThanOrEqual(contacts);
      const least = Math.min(...targets.map((row) => Number(row.historic_value)));
      const left = await shop.query(`
        select max(historic_value) as most from business.campaign_targets where campaign_group = 'target'
        and customer_id not in (select customer_id from (${selectionSql({ types: TYPES, contacts })}) as chosen)`);
      expect(Number(left[0]?.most ?? 0)).toBeLessThanOrEqual(least);
      const controls = chosen.filter((row) => row.campaign_group === 'control');
      // Controls are worth as much as those addressed: none is below the first target that is left out.
      for (const row of controls) expect(Number(row.historic_value)).toBeGreaterThanOrEqual(Number(left[0]?.most ?? 0));
      const plan = await shop.pipeline.campaigns.plan({ budget: contacts, costPerContact: 1 });
      expect(plan.total).toMatchObject({ contacts: targets.length, controls: controls.length });
    }
  });

  test('is what a launch with the same budget records', async () => {
    const options = { budget: 60, costPerContact: 2, types: ['Win-Back', 'Loyalty'] };
    const plan = await shop.pipeline.campaigns.plan(options);
    const launch = await shop.pipeline.campaigns.launch({ ...options, dryRun: true });
    expect(
      launch.campaigns.map(({ campaignType, targets, controls }) => ({ campaignType, targets, controls })),
    ).toEqual(
      plan.campaigns.map(({ campaignType, contacts, controls }) => ({ campaignType, targets: contacts, controls })),
    );
  });

  test('with a margin says what the contacts must bring; the margin need not be that of the run', async () => {
    const { campaigns } = await withMargin(0.25);
    const { total } = await campaigns.plan({ budget: 100, costPerContact: 2, types: ['Loyalty'] });
    const [chosen] = await shop.query(`
      select avg(estimated_value) as value from (${selectionSql({ types: ['Loyalty'], contacts: 50 })}) as chosen
      where campaign_group = 'target'`);
    const margin = 0.25 * Number(chosen?.value);
    expect(total.marginPerOrder).toBeCloseTo(margin, 2);
    expect(total.breakEven?.extraOrdersPer100Contacts).toBeCloseTo(200 / margin, 6);
    expect(total.breakEven?.lift).toBeNull();
  });

  test('for a campaign that is not known says which there are; one without customers is empty', async () => {
    const error = await errorOf(
      UsageError,
      shop.pipeline.campaigns.plan({ budget: 1, costPerContact: 1, types: ['Loyalti'] }),
    );
    expect(error.message).toBe('there is no campaign "Loyalti" (did you mean "Loyalty"?)');
    expect(error.remedy).toEqual(['on the list are Cross-Sell, Loyalty, Retention, Win-Back']);
  });
});
