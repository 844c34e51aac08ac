import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { listReady } from '../support/browser/customer-list.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { campaignOrders, laterOrder } from '../support/campaign-shop.ts';

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop(async (shop) => {
    await shop.load(campaignOrders());
    await shop.pipeline.campaigns.launch();
    await shop.load([...campaignOrders(), laterOrder('2023-09-07')]);
  });
});

afterAll(() => app[Symbol.asyncDispose]());

async function reasonOf(score: string): Promise<string> {
  const [found] = await app.shop.query(`select grade, reason from business.prediction_grades where score = '${score}'`);
  expect(found?.grade).toBe('WITHHELD');
  return String(found?.reason);
}

test('scores that are withheld have a sign with the reason, in the list and on the page of a customer', async () => {
  const reason = await reasonOf('churn_risk');
  const { page, problems } = await app.open('/customers?columns=churn_risk_score,predicted_value,next_order_date');
  await listReady(page);
  const cell = page.locator('[aria-rowindex="2"] [data-column=churn_risk_score]');
  expect(await cell.textContent()).toBe(`withheldwithheld: ${reason}`);
  expect(await cell.locator('[title]').getAttribute('title')).toBe(reason);
  for (const column of ['predicted_value', 'next_order_date']) {
    expect(await page.locator(`[aria-rowindex="2"] [data-column=${column}]`).textContent()).toMatch(/^withheld/);
  }
  await page.getByRole('button', { name: 'Churn risk' }).focus();
  expect(await page.getByRole('tooltip').textContent()).toContain(`Grade WITHHELD: ${reason}`);
  expect(await page.getByLabel('Churn risk, at least').isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Churn risk' }).blur();
  await page.getByRole('tooltip').waitFor({ state: 'detached' });
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.locator('[aria-rowindex="2"] a').click();
  const tile = page.locator('[data-tile=churn-risk]');
  expect(await tile.textContent()).toContain(`Withheld${reason}`);
  expect(await page.locator('[data-card="What drives the churn risk"]').textContent()).toContain(
    'Churn risk: withheld',
  );
  expect(problems).toEqual([]);
  await page.context().close();
});

test('the page of a customer lists the launched campaigns and the group in each', async () => {
  for (const group of ['target', 'control']) {
    const [found] = await app.shop.query(`select * from business.campaign_assignments
      where campaign_group = '${group}' order by customer_id limit 1`);
    const { page } = await app.open(`/customer?id=${encodeURIComponent(String(found?.customer_id))}`);
    const cells = await page.locator('[data-card=Campaigns] tbody tr').first().locator('td').allTextContents();
    expect(cells.slice(1)).toEqual([found?.campaign_type, group, String(found?.window_days)]);
    await page.context().close();
  }
});
