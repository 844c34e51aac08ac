import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFormat } from '../../dashboard/src/format/format.ts';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled } from '../support/browser/test-browser.ts';
import { servedRows } from '../support/served-sample.ts';

const format = makeFormat('en-US', 'USD');

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop((shop) => shop.load(servedRows()), { grossMargin: 0.4 });
});

afterAll(() => app[Symbol.asyncDispose]());

/** The page at this address, which is closed at the end. */
async function onPage(path: string, look: (page: Page, problems: string[]) => Promise<void>): Promise<void> {
  const { page, problems } = await app.open(path);
  try {
    await look(page, problems);
    expect(problems).toEqual([]);
  } finally {
    await page.context().close();
  }
}

const fact = (page: Page, type: string, term: string) =>
  page.locator(`[data-list="${type}"] [data-fact="${term}"]`).textContent();

const figure = async (page: Page, name: string) =>
  Number(await page.locator(`[data-figure=${name}]`).getAttribute('data-value'));

const customersShown = (page: Page) =>
  page.evaluate<string[]>("[...document.querySelectorAll('[data-customer]')].map((row) => row.dataset.customer)");

/** Figures and rows follow their answers: a page is waited for until it shows them. */
const shows = (page: Page, name: string) => expect.poll(() => figure(page, name), { timeout: 15_000 });
const lists = (page: Page) => expect.poll(() => customersShown(page), { timeout: 15_000 });
const says = (page: Page, selector: string) =>
  expect.poll(() => page.locator(selector).textContent(), { timeout: 15_000 });

async function plan(query: string) {
  const { rows } = await app.server.rows(`/api/campaigns/plan?${query}`);
  const total = rows.at(-1);
  if (total === undefined) throw new Error('a plan without a total');
  return total;
}

describe('the lists', () => {
  test('say how many are addressed and left alone, by priority too, and what is at stake, as SQL does', async () => {
    const published = await app.shop.query(`
      select l.*, p.verdict from business.campaign_power as p inner join (
        select campaign_type, count(*) filter (where campaign_group = 'target') as targets,
          count(*) filter (where campaign_group = 'control') as controls, sum(value_at_stake) as at_stake,
          round(avg(estimated_value), 2) as one_more, round(avg(offer_cost_ceiling), 2) as ceiling,
          min(best_contact_date) filter (where campaign_group = 'target') as contact
        from business.campaign_targets group by 1) as l using (campaign_type) order by 1`);
    expect(published.length).toBeGreaterThan(2);
    await onPage('/campaigns', async (page) => {
      expect(await page.locator('[data-list]').count()).toBe(published.length);
      for (const { campaign_type, targets, controls, at_stake, one_more, ceiling, contact, verdict } of published) {
        const type = String(campaign_type);
        const card = page.locator(`[data-list="${type}"]`);
        expect(await card.textContent()).toContain(
          `${format.number(Number(targets))} to address, ${format.number(Number(controls))} left alone`,
        );
        expect(await fact(page, type, 'At stake')).toBe(format.money(Number(at_stake)));
        expect(await fact(page, type, 'One more order')).toBe(`${format.money(Number(one_more))} on average`);
        expect(await fact(page, type, 'Offer ceiling')).toContain(format.money(Number(ceiling)));
        const day = contact === null ? 'Withheld: ' : format.day(String(contact));
        expect(await fact(page, type, 'Contact day')).toContain(day);
        const words = String(verdict).replace('+-', '±');
        expect((await card.locator('[data-verdict]').textContent())?.toLowerCase()).toBe(`${words.toLowerCase()}.`);
      }
      const controls = published.reduce((sum, list) => sum + Number(list.controls), 0);
      expect(await page.locator('[data-control-group]').textContent()).toContain(
        `The control group, ${format.number(controls)} of these`,
      );
      const rows = await app.shop.query(`
        select campaign_type, campaign_group, priority_level, count(*) as customers, sum(value_at_stake) as at_stake
        from business.campaign_targets group by 1, 2, 3 order by 1, 2, 3`);
      const chart = page.locator('[data-card="Customers by list and priority"]');
      await chart.getByText('Table', { exact: true }).click();
      const shown = await chart.locator('tbody tr').allTextContents();
      expect(shown).toHaveLength(rows.length);
      for (const [index, row] of rows.entries()) {
        expect(shown[index]).toMatch(
          new RegExp(`^${row.campaign_type}${row.campaign_group}${row.priority_level}${row.customers}\\$`),
        );
        expect(shown[index]).toContain(format.money(Number(row.at_stake)));
      }
    });
  });

  test('a download is byte for byte the file of the command; the control group is never in it', async () => {
    const { outDir } = await app.shop.pipeline.exportCampaigns({ platform: 'csv' });
    await onPage('/campaigns', async (page) => {
      for (const [link, file] of [
        ['Download the targets of Win-Back for any program', 'csv-win-back-targets.csv'],
        [
          'Download the control group, not to be contacted, of Win-Back for any program',
          'csv-win-back-control-do-not-contact.csv',
        ],
      ] as const) {
        const started = page.waitForEvent('download');
        await page.getByRole('link', { name: link, exact: true }).click();
        const download = await started;
        expect(download.suggestedFilename()).toBe(file);
        const content = await readFile(await download.path(), 'utf8');
        expect(content).toBe(await readFile(join(outDir, file), 'utf8'));
      }
      // No id of this shop is an address.
      expect(await page.getByRole('link', { name: /for Klaviyo/ }).count()).toBe(0);
      expect(await page.locator('[data-missing-addresses]').textContent()).toContain('--map customer="Email"');
    });
  });
});

describe('the budget', () => {
  test('the slider moves by the keys: address, inputs and figures follow, and equal the answer of the server', async () => {
    await onPage('/campaigns?budget=20&cost=0.5', async (page) => {
      expect(await figure(page, 'contacts')).toBe(40);
      const slider = page.getByRole('slider', { name: 'Contacts, of all targets' });
      await slider.focus();
      for (const [key, contacts] of [
        ['ArrowRight', 41],
        ['ArrowRight', 42],
        ['ArrowLeft', 41],
        ['Home', 1],
      ] as const) {
        await page.keyboard.press(key);
        await page.waitForURL((url) => url.searchParams.get('contacts') === String(contacts));
        const expected = await plan(`contacts=${contacts}&cost=0.5`);
        await shows(page, 'contacts').toBe(contacts);
        await shows(page, 'value_at_stake').toBe(expected.value_at_stake);
        await shows(page, 'cost').toBe(expected.cost);
        expect(await page.getByLabel('Contacts', { exact: true }).inputValue()).toBe(String(contacts));
        expect(await page.getByLabel('Budget, USD').inputValue()).toBe(String(contacts * 0.5));
      }
      await page.keyboard.press('End');
      const [all] = await app.shop.query(
        "select count(*) as n from business.campaign_targets where campaign_group = 'target'",
      );
      await page.waitForURL((url) => url.searchParams.get('contacts') === String(all?.n));
    });
  });

  test('begins with the example of the documentation; numbers typed in change address and figures; a page opened there shows the same', async () => {
    const { total } = await app.shop.pipeline.campaigns.plan({ budget: 500, costPerContact: 0.25 });
    await onPage('/campaigns', async (page) => {
      for (const [name, value] of [
        ['contacts', total.contacts],
        ['controls', total.controls],
        ['cost', total.cost],
        ['value_at_stake', total.valueAtStake],
        ['break_even_orders', total.breakEven?.extraOrdersPer100Contacts],
      ] as const) {
        expect(await figure(page, name)).toBeCloseTo(value ?? Number.NaN, 2);
      }
      await page.getByLabel('List to plan').selectOption('Loyalty');
      await page.getByLabel('Cost per contact, USD').fill('2');
      await page.getByLabel('Budget, USD').fill('31');
      await page.waitForURL(/type=Loyalty&cost=2&budget=31/);
      const expected = await plan('type=Loyalty&contacts=15&cost=2');
      for (const name of ['contacts', 'controls', 'cost', 'value_at_stake', 'estimated_value', 'break_even_orders']) {
        await shows(page, name).toBe(expected[name]);
      }
      expect(await page.getByText('$1.00 unspent').count()).toBe(1);
      expect(await page.getByLabel(/^Command: To launch just these/).textContent()).toBe(
        'npx marketing-pipeline campaigns launch Loyalty --budget 30 --cost-per-contact 2',
      );
      const before = await page.locator('[data-plan]').textContent();
      await page.reload();
      await settled(page);
      expect(await page.locator('[data-plan]').textContent()).toBe(before);
      await page.getByLabel('Contacts', { exact: true }).fill('7');
      await page.waitForURL(/contacts=7/);
      await shows(page, 'contacts').toBe(7);
      expect(new URL(page.url()).searchParams.has('budget')).toBe(false);
    });
  });

  test('says where contacts stop paying off', async () => {
    const [counts] = await app.shop.query(`
      select count(*) filter (where offer_cost_ceiling >= 20) as worth, count(*) filter (where offer_cost_ceiling < 20) as not_worth
      from business.campaign_targets where campaign_group = 'target'`);
    expect(Number(counts?.not_worth)).toBeGreaterThan(0);
    await onPage('/campaigns?cost=20&budget=100', async (page) => {
      expect(await page.locator('[data-limit]').textContent()).toBe(
        `It stops paying off after ${format.number(Number(counts?.worth))} contacts: of the other ${format.number(Number(counts?.not_worth))} targets, one more order cannot earn $20.00. They are left out.`,
      );
      await page.getByLabel('Cost per contact, USD').focus();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('0.01');
      await page.waitForURL(/cost=0.01/);
      await says(page, '[data-limit]').toContain('It does not stop paying off within the list');
      await page.getByLabel('Cost per contact, USD').fill('101');
      await says(page, 'main').toContain('This budget is below the cost of one contact.');
    });
  });
});

describe('the customers of a list', () => {
  test('filters by list, group and priority give the rows of SQL, page by page', async () => {
    const where = "campaign_type = 'Cross-Sell' and campaign_group = 'target'";
    const ids = await app.shop.query(
      `select customer_id from business.campaign_targets where ${where} order by priority_level, customer_id`,
    );
    expect(ids.length).toBeGreaterThan(30);
    await onPage('/campaigns', async (page) => {
      await page.getByLabel('List', { exact: true }).selectOption('Cross-Sell');
      await page.getByLabel('Group', { exact: true }).selectOption('target');
      await lists(page).toEqual(ids.slice(0, 25).map((row) => row.customer_id));
      await page.getByRole('button', { name: 'Next page' }).click();
      await page.waitForURL(/page=2/);
      await lists(page).toEqual(ids.slice(25, 50).map((row) => row.customer_id));
      await page.getByLabel('Priority', { exact: true }).selectOption('2');
      await page.waitForURL((url) => !url.searchParams.has('page'));
      const second = await app.shop.query(
        `select customer_id from business.campaign_targets where ${where} and priority_level = 2 order by customer_id limit 25`,
      );
      await lists(page).toEqual(second.map((row) => row.customer_id));
      await page.getByRole('region', { name: 'Customers', exact: true }).getByLabel('Sort by At stake').click();
      await page.waitForURL(/sort=value_at_stake&order=desc/);
      const dear = await app.shop.query(`select customer_id from business.campaign_targets where ${where}
        and priority_level = 2 order by value_at_stake desc nulls last, customer_id limit 25`);
      await lists(page).toEqual(dear.map((row) => row.customer_id));
    });
  });

  test('the button of a list shows its customers, by the keyboard alone; each row says why, and leads to its customer', async () => {
    await onPage('/campaigns', async (page) => {
      const button = page.getByRole('button', { name: 'Show the customers of Retention' });
      await button.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/type=Retention/);
      await settled(page);
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Customers of the lists');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^CSV of all \d/);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.value')).toBe('Retention');
      await page.keyboard.press('Tab');
      await page.keyboard.press('End');
      await page.waitForURL(/group=control/);
      const [first] =
        await app.shop.query(`select customer_id, reason, recommended_action from business.campaign_targets
        where campaign_type = 'Retention' and campaign_group = 'control' order by priority_level, customer_id limit 1`);
      const row = page.locator('[data-customer]').first();
      await expect.poll(() => row.textContent()).toContain('leave alone');
      expect(await row.textContent()).toContain(`${first?.reason}${first?.recommended_action}`);
      expect(await row.getByRole('link').getAttribute('href')).toBe(
        `/customer?id=${encodeURIComponent(String(first?.customer_id))}`,
      );
    });
  });

  test('no customer, no such list: both are said', async () => {
    await onPage('/campaigns?type=Nothing&page=99', async (page) => {
      expect(await page.locator('main').textContent()).toContain('No customer is on this list');
      expect(await page.locator('main').textContent()).toContain('There is nobody to address.');
    });
  });
});

test('nothing launched: says how to launch and what that does; a launch is shown at once, as not measured yet', async () => {
  await onPage('/campaigns', async (page) => {
    const empty = page.locator('[data-empty-results]');
    expect(await empty.textContent()).toContain('nothing to measure');
    expect(await empty.textContent()).toContain('A launch sends nothing');
    expect(await empty.getByLabel(/^Command: Launch all lists/).textContent()).toBe(
      'npx marketing-pipeline campaigns launch',
    );
    expect(await page.getByText('Not launched', { exact: true }).count()).toBeGreaterThan(2);
  });
  const { campaigns } = await app.shop.pipeline.campaigns.launch({ types: ['Loyalty'] });
  await onPage('/campaigns', async (page) => {
    const [launch] = campaigns;
    const waiting = page.locator(`[data-launch="${launch?.launchId}"]`);
    expect(await waiting.textContent()).toContain(`${launch?.targets} targets and ${launch?.controls} controls`);
    expect(await page.locator('[data-list=Loyalty]').textContent()).toContain('Launched');
    expect(await page.locator('[data-list=Retention]').textContent()).toContain('Not launched');
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
