import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFormat } from '../../dashboard/src/format/format.ts';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { row } from '../support/make-shop.ts';
import { assignmentsModel, campaignOrders } from '../support/measured-shop.ts';
import { HOSTILE_IDS } from '../support/served-sample.ts';

const format = makeFormat('en-US', 'USD');

/** Customers of hostile names who spend so much that they are on a list. */
const hostileOrders = () =>
  HOSTILE_IDS.flatMap((id, index) =>
    ['2024-01-10', '2024-04-20', '2024-08-05'].map((day) => row(day, id, `h${index} ${day}`, 900 + index)),
  );

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop(
    async (shop) => {
      await shop.write('mine/campaign_assignments.sql', assignmentsModel());
      await shop.load([...campaignOrders(), ...hostileOrders()]);
    },
    { modelsDir: 'mine' },
  );
});

afterAll(() => app[Symbol.asyncDispose]());

const signed = (value: unknown, text: (value: number) => string) =>
  `${Number(value) > 0 ? '+' : ''}${text(Number(value))}`;

test('each launch is read out at its latest look, with verdict, shares, intervals and looks as the table has them', async () => {
  const results = await app.shop.query(
    'select * from business.campaign_results where is_latest order by launched_on desc, launch_id, campaign_type',
  );
  expect(results.map(({ verdict }) => verdict)).toEqual(
    expect.arrayContaining(['more', 'no evidence', 'too early', 'no control group']),
  );
  const { page, problems } = await app.open('/campaigns');
  expect(await page.locator('[data-readout]').count()).toBe(results.length);
  for (const row of results) {
    const card = page.locator(`[data-readout="${row.launch_id} ${row.campaign_type}"]`);
    const text = await card.textContent();
    expect(text).toContain(`${row.campaign_type}, launched on ${format.day(String(row.launched_on))}`);
    expect(text).toContain(String(row.verdict_in_words));
    expect(text).toContain(String(row.verdict));
    expect(await card.getByRole('img').getAttribute('aria-label')).toBe(`${row.look_number} of 4 looks reached`);
    const fact = (term: string) => card.locator(`[data-fact="${term}"]`).textContent();
    const ordered = await fact('Ordered');
    expect(ordered).toContain(`${row.target_converters} of ${row.targets} targets`);
    expect(ordered).toContain(
      row.controls === 0 ? 'no controls' : `${row.control_converters} of ${row.controls} controls`,
    );
    if (row.conversion_difference_points === null) {
      expect(await card.locator('[data-fact="Difference"]').count()).toBe(0);
    } else {
      const [value, low, high] = [row.conversion_difference_points, row.conversion_low, row.conversion_high].map(
        (points) => signed(points, format.number),
      );
      expect(await fact('Difference')).toBe(`${value} points (${low} to ${high} points)`);
    }
    if (row.incremental_low !== null) {
      const [value, low, high] = [row.incremental_revenue, row.incremental_low, row.incremental_high].map((amount) =>
        signed(amount, format.money),
      );
      expect(await fact('Revenue brought')).toBe(
        `${value} (${low} to ${high}), for all ${row.targets} targets, before costs`,
      );
    }
    if (row.next_look_on !== null) expect(await fact('Look')).toContain(format.day(String(row.next_look_on)));
  }
  expect(problems).toEqual([]);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.context().close();
});

test('the chart has all looks as a table, and is measured in orders or in money, which the address keeps', async () => {
  const [looks] = await app.shop.query('select count(*) as n from business.campaign_results');
  const { page, problems } = await app.open('/campaigns');
  const card = page.locator('[data-card="What past campaigns brought"]');
  expect(await card.getByRole('img').count()).toBe(1);
  expect(await card.textContent()).toContain('Percentage points by which more targets than controls ordered');
  await card.getByRole('radio', { name: 'Revenue in total' }).focus();
  await page.keyboard.press('Space');
  await page.waitForURL(/measure=revenue/);
  expect(await card.textContent()).toContain('Revenue that would not have come without the campaign');
  await card.getByText('Table', { exact: true }).click();
  expect(await card.locator('tbody tr').count()).toBe(Number(looks?.n));
  expect(problems).toEqual([]);
  await page.context().close();
});

test('where predictions are withheld the lists say why, and figures of money at stake are not made up', async () => {
  const [grade] = await app.shop.query(`select reason from business.prediction_grades
    where score in ('churn_risk', 'predicted_value') and grade = 'WITHHELD' order by score limit 1`);
  expect(grade).toBeDefined();
  const { page } = await app.open('/campaigns');
  const list = page.locator('[data-list=Loyalty]');
  expect(await list.locator('[data-fact="At stake"]').textContent()).toBe(`Withheld: ${grade?.reason}`);
  expect(await page.locator('[data-figure=value_at_stake]').textContent()).toContain('Withheld');
  await page.context().close();
});

test('[S16] hostile ids are shown as text and lead to their customers, on a telephone too', async () => {
  const listed = await app.shop.query('select customer_id, campaign_type from business.campaign_targets');
  const ids = HOSTILE_IDS.filter((id) => listed.some(({ customer_id }) => customer_id === id));
  expect(ids).toEqual(HOSTILE_IDS);
  const { page, problems } = await app.open('/campaigns?sort=historic_value&order=desc', {
    viewport: { width: 360, height: 740 },
  });
  const shown = await page.evaluate<[string, string][]>(
    "[...document.querySelectorAll('[data-customer] a')].map((link) => [link.textContent, link.getAttribute('href')])",
  );
  for (const id of ids) expect(shown).toContainEqual([id, `/customer?id=${encodeURIComponent(id)}`]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  expect(problems).toEqual([]);
  await page.context().close();
});
