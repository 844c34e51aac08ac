import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { HOSTILE_IDS } from '../support/served-sample.ts';

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop();
});

afterAll(() => app[Symbol.asyncDispose]());

const addressOf = (id: unknown) => `/customer?id=${encodeURIComponent(String(id))}`;

const money = (value: unknown) => Number(value).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
const day = (value: unknown) =>
  new Date(`${value}T00:00:00Z`).toLocaleDateString('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

/** One row about the customer with the most orders among those who have something of this kind. */
async function someCustomer(condition = 'true') {
  const [found] = await app.shop.query(`
    select
      list.*, predictions.predicted_value_low, predictions.predicted_value_high, predictions.churn_horizon_days,
      predictions.next_order_from, predictions.next_order_until, predictions.next_order_reason
    from business.customer_list as list
    inner join business.customer_predictions as predictions on list.customer_id = predictions.customer_id
    where ${condition}
    order by list.total_orders desc, list.customer_id
    limit 1`);
  if (found === undefined) throw new Error(`nobody fits ${condition}`);
  return found;
}

describe('the page of a customer', () => {
  test('its tiles hold the figures of the tables', async () => {
    const customer = await someCustomer();
    const { page, problems } = await app.open(addressOf(customer.customer_id));
    const tile = async (name: string) => (await page.locator(`[data-tile=${name}]`).textContent()) ?? '';
    expect(await page.locator('[data-customer]').textContent()).toBe(customer.customer_id);
    expect(await tile('revenue')).toContain(money(customer.total_spent));
    expect(await tile('orders')).toMatch(new RegExp(`^Orders${customer.total_orders}(on|$)`));
    expect(await tile('average-order')).toContain(money(customer.avg_order_value));
    expect(await tile('last-order')).toContain(day(customer.last_order_date));
    expect(await tile('predicted-value')).toContain(money(customer.predicted_value));
    expect(await tile('predicted-value')).toContain(
      `${money(customer.predicted_value_low)} to ${money(customer.predicted_value_high)}`,
    );
    expect(await tile('churn-risk')).toContain(`${Math.round(Number(customer.churn_risk_score) * 10) / 10}%`);
    expect(await tile('churn-risk')).toContain(`no order within ${customer.churn_horizon_days} days`);
    const [grade] = await app.shop.query("select * from business.prediction_grades where score = 'next_order'");
    const nextOrder = await tile('next-order');
    if (grade?.grade === 'WITHHELD') expect(nextOrder).toContain(`Withheld${grade.reason}`);
    else if (customer.next_order_date === null) expect(nextOrder).toContain(`None${customer.next_order_reason}`);
    else {
      expect(nextOrder).toContain(day(customer.next_order_date));
      expect(nextOrder).toContain(`80 % window ${day(customer.next_order_from)}`);
    }
    expect(await page.locator('main').textContent()).toContain(`RFM ${customer.rfm_score}: ${customer.rfm_segment}`);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('orders, segments and records are those of the tables', async () => {
    const returned = await app.shop.query("select customer_id from warehouse.dim_order where order_id = 'return-1'");
    const id = String(returned[0]?.customer_id);
    const { page } = await app.open(addressOf(id));
    const table = async (card: string) => {
      const section = page.locator(`[data-card="${card}"]`);
      await section.getByText('Table', { exact: true }).click();
      const rows = await section.locator('tbody tr').all();
      return Promise.all(rows.map((each) => each.locator('td').allTextContents()));
    };
    const orders = await app.shop.query(`select * from warehouse.dim_order where customer_id = '${id}'
      order by order_date desc, order_id desc`);
    expect(orders.length).toBeGreaterThan(1);
    expect(await table('Orders and returns')).toEqual(
      orders.map((order) => [
        day(order.order_date),
        order.order_id,
        money(order.order_amount),
        money(order.returned_amount),
        order.days_since_previous_order === null ? '–' : String(order.days_since_previous_order),
      ]),
    );
    const states = await app.shop.query(`select * from business.segment_states where customer_id = '${id}'
      order by as_of_date`);
    const shown = await table('Segment over time');
    expect(shown.map(([when, segment]) => [when, segment])).toEqual(
      states.map((state) => [day(state.as_of_date), state.customer_segment]),
    );
    await page.getByRole('button', { name: 'Show the records' }).click();
    const records = await app.shop.query(`select * from staging.stg_sales_clean where customer_id = '${id}'
      order by load_id, source_row`);
    const rows = page.locator('[data-card="Where the figures come from"] tbody tr');
    await rows.first().waitFor();
    const lines = await Promise.all((await rows.all()).map((each) => each.locator('td').allTextContents()));
    expect(lines.map(([file, record, , , order]) => [file, record, order])).toEqual(
      records.map((record) => [record.source_file, Number(record.source_row).toLocaleString('en-US'), record.order_id]),
    );
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });

  test('says what drives the risk, strongest first, as the command explain does', async () => {
    const customer = await someCustomer();
    const { churn } = await app.shop.pipeline.explain(String(customer.customer_id));
    const drivers = churn.expected?.drivers ?? [];
    expect(drivers.length).toBeGreaterThan(0);
    const { page } = await app.open(addressOf(customer.customer_id));
    const items = await page.locator('[data-driver]').all();
    expect(await Promise.all(items.map((item) => item.getAttribute('data-driver')))).toEqual(
      drivers.map(({ driver }) => driver),
    );
    for (const [index, item] of items.entries()) {
      const { logOdds = 0 } = drivers[index] ?? {};
      expect(await item.textContent()).toMatch(
        logOdds > 0 ? /^▲.*(raises|multiplies) the odds/ : /^▼.*lowers the odds/,
      );
    }
    await page.context().close();
  });

  test('names the campaign that the customer is proposed for, and leaves those of the control group alone', async () => {
    for (const group of ['target', 'control']) {
      const customer = await someCustomer(`list.campaign_group = '${group}'`);
      const { page } = await app.open(addressOf(customer.customer_id));
      const card = page.locator('[data-card=Campaigns]');
      expect(await card.getByRole('link').getAttribute('href')).toBe(`/customers?campaign=${customer.campaign_type}`);
      const text = (await card.textContent()) ?? '';
      expect(text).toContain(group === 'control' ? 'control group' : `priority ${customer.priority_level} of 5`);
      expect(text.includes('Leave alone')).toBe(group === 'control');
      expect(text).toContain('In no launched campaign so far.');
      await page.context().close();
    }
  });

  test('[S16] hostile ids are shown as text, in the title and in the address of every link', async () => {
    const { page, problems } = await app.open(addressOf(HOSTILE_IDS[0]));
    for (const id of HOSTILE_IDS) {
      await page.evaluate(`history.pushState(null, '', ${JSON.stringify(addressOf(id))})`);
      await page.locator('[data-customer]', { hasText: id }).waitFor();
      expect(await page.locator('[data-customer]').textContent()).toBe(id);
      expect(await page.evaluate('document.querySelectorAll("main img, main script").length')).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1_280);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('[S16] of an id that nobody has it says so, and leads to those that are like it', async () => {
    const { page, problems } = await app.open(addressOf('😀 SMILE'));
    const alert = page.getByRole('alert');
    expect(await alert.textContent()).toContain('Nobody has the id 😀 SMILE');
    expect(await accessibilityProblems(page)).toEqual([]);
    await alert.getByRole('link', { name: '😀 smile' }).press('Enter');
    await page.locator('[data-customer]', { hasText: '😀 smile' }).waitFor();
    await page.goto(new URL(addressOf('<b>nobody</b><script>alert(1)</script>'), page.url()).href);
    await alert.waitFor();
    expect(await alert.textContent()).toContain('Nobody has the id <b>nobody</b><script>alert(1)</script>');
    expect(await alert.locator('b, script').count()).toBe(0);
    expect(await alert.getByRole('link').allTextContents()).toEqual(['Search all customers for it']);
    await page.goto(new URL('/customer', page.url()).href);
    await page.getByText('No customer is chosen').waitFor();
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
    await page.context().close();
  });
});
