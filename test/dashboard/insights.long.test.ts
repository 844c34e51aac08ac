import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chance } from '../../dashboard/src/format/chance.ts';
import type { RowObject } from '../../src/index.ts';
import { accessibilityProblems } from '../support/browser/axe.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled } from '../support/browser/test-browser.ts';
import { cohortRows, PLANTED } from './cohort-rows.ts';

let app: DashboardShop;
let insights: RowObject[];
let candidates: RowObject[];

beforeAll(async () => {
  app = await openDashboardShop((shop) => shop.load(cohortRows()));
  insights = await app.shop.query('select * from business.business_insights order by priority_level, insight_id');
  candidates = await app.shop.query('select * from business.insight_candidates order by candidate_id');
});

afterAll(() => app[Symbol.asyncDispose]());

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const signed = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2, signDisplay: 'exceptZero' });
const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

function numberOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

/** What the card has to show of the figures of an insight, by column. */
function evidenceOf(row: RowObject): Record<string, string> {
  const [value, low, high] = [row.metric_value, row.metric_low, row.metric_high].map(numberOf);
  const isFinding = row.insight_kind === 'finding';
  const all: Record<string, string | false> = {
    metric_value: `${(isFinding ? signed : number).format(value ?? 0)} ${row.metric_unit}`,
    metric_low: low !== null && low !== undefined && `${signed.format(low)} to ${signed.format(high ?? 0)}`,
    p_value: row.p_value !== null && chance(numberOf(row.p_value)),
    adjusted_p_value:
      row.adjusted_p_value !== null &&
      `${chance(numberOf(row.adjusted_p_value))}, for ${row.comparisons_tried} comparisons`,
    expected_money: row.expected_money !== null && money.format(Number(row.expected_money)),
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== false));
}

async function shownEvidence(card: Locator): Promise<Record<string, string>> {
  const entries = await card
    .locator('[data-evidence]')
    .evaluateAll((items) =>
      items.map((item) => [item.getAttribute('data-evidence') ?? '', item.querySelector('dd')?.textContent ?? '']),
    );
  return Object.fromEntries(entries.filter(([name]) => name !== 'relative_effect'));
}

const shownIds = (page: Page) =>
  page.locator('[data-insight]').evaluateAll((cards) => cards.map((card) => Number(card.getAttribute('data-insight'))));

const comparisonRows = (page: Page) => page.locator('[data-section="All comparisons"] tbody tr');

describe('the cards', () => {
  test('say what business_insights says: words, figures, query, findings apart from facts', async () => {
    const { page, problems } = await app.open('/insights');
    expect(await shownIds(page)).toEqual(insights.map((row) => Number(row.insight_id)));
    for (const row of insights) {
      const section = row.insight_kind === 'finding' ? 'Findings' : 'Facts';
      const card = page.locator(`[data-section=${section}] [data-insight="${row.insight_id}"]`);
      expect(await card.locator('h4').textContent()).toBe(row.insight_title);
      const text = await card.textContent();
      expect(text).toContain(String(row.insight_description));
      expect(text).toContain(`What to do: ${row.recommendation}`);
      expect(await card.locator('[data-sql]').textContent()).toBe(row.evidence_sql);
      expect(await shownEvidence(card), String(row.insight_title)).toEqual(evidenceOf(row));
    }
    expect(new Set(insights.map((row) => row.insight_kind))).toEqual(new Set(['finding', 'fact']));
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('show the groups that a finding compares, as its query gives them', async () => {
    const { page } = await app.open('/insights?type=cohort');
    const finding = insights.find((row) => row.insight_type === 'cohort');
    expect(finding?.insight_title).toContain(PLANTED);
    const chart = page.locator(`[data-card="Cohorts, ${PLANTED} marked"]`);
    await chart.getByText('Table', { exact: true }).click();
    const shown = await chart
      .locator('tbody tr')
      .evaluateAll((lines) => lines.map((line) => [...line.children].slice(0, 4).map((cell) => cell.textContent)));
    const rows = await app.shop.query(String(finding?.evidence_sql));
    const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });
    expect(shown).toEqual(
      rows.map((row) => [
        ...[row.cohort_month, String(row.cohort_size), String(row.active_customers)],
        percent.format(Number(row.retention_rate_percent) / 100),
      ]),
    );
    await page.context().close();
  });

  test('open the query by keyboard, copy it, and lead to its tables and to where more is shown', async () => {
    const { page, problems } = await app.open('/insights?type=cohort', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const card = page.locator('[data-insight="1"]');
    expect(await card.locator('[data-sql]').isVisible()).toBe(false);
    await card.locator('summary').press('Enter');
    expect(await card.locator('[data-sql]').isVisible()).toBe(true);
    await card.getByRole('button', { name: 'Copy' }).press('Enter');
    await card.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(insights[0]?.evidence_sql);
    expect(await accessibilityProblems(page)).toEqual([]);
    const table = card.getByRole('link', { name: 'business.cohort_analysis' });
    expect((await page.request.get(new URL((await table.getAttribute('href')) ?? '', page.url()).href)).ok()).toBe(
      true,
    );
    await card.getByRole('link', { name: 'Cohorts', exact: true }).click();
    await settled(page);
    expect(page.url()).toContain(`/cohorts?cohort=${PLANTED}`);
    expect(await page.locator('[data-card=Customers] h3').textContent()).toBe('Customers of Nov 2023');
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe('the comparisons', () => {
  test('are all there, those without a finding too, each with its p-values and the reason', async () => {
    const { page } = await app.open('/insights');
    const shown = await comparisonRows(page).evaluateAll((lines) =>
      lines.map((line) => [...line.children].map((cell) => cell.textContent)),
    );
    expect(shown.length).toBe(candidates.length);
    expect(candidates.filter((row) => row.is_reported !== true).length).toBeGreaterThan(10);
    for (const [index, row] of candidates.entries()) {
      const [comparison, verdict, effect, interval, p, corrected] = shown[index] ?? [];
      expect(comparison).toContain(String(row.comparison));
      expect(verdict).toBe(row.is_reported === true ? 'finding' : row.why_not);
      const value = numberOf(row.effect);
      expect(effect).toBe(value === null ? '–' : `${signed.format(value)}${row.effect_unit}`);
      const [low, high] = [numberOf(row.effect_low), numberOf(row.effect_high)];
      if (low !== null && high !== null) expect(interval).toBe(`${signed.format(low)} to ${signed.format(high)}`);
      expect([p, corrected]).toEqual([chance(numberOf(row.p_value)), chance(numberOf(row.adjusted_p_value))]);
    }
    await page.context().close();
  });
});

describe('the filter', () => {
  test('stands in the address, and holds for cards, comparisons and files', async () => {
    const { page, problems } = await app.open('/insights');
    await page.getByLabel('About').selectOption('conversion');
    await page.getByLabel('Priority').selectOption('5');
    expect(new URL(page.url()).search).toBe('?type=conversion&priority=5');
    const conversion = insights.filter((row) => row.insight_type === 'conversion');
    expect(await shownIds(page)).toEqual(conversion.map((row) => Number(row.insight_id)));
    expect(await page.locator('[data-section=Findings]').textContent()).toContain('No finding is of this type');
    await page.getByLabel('About').selectOption('cohort');
    await page.getByLabel('Priority').selectOption('');
    const cohorts = candidates.filter((row) => row.insight_type === 'cohort');
    expect(await comparisonRows(page).count()).toBe(cohorts.length);
    const fileOf = async (name: string) => {
      const address = await page
        .getByRole('link', { name: `${name}: download as CSV` })
        .first()
        .getAttribute('href');
      const lines = (await (await page.request.get(new URL(address ?? '', page.url()).href)).text()).trim().split('\n');
      return lines.slice(1).map((line) => Number(line.split(',')[0]));
    };
    expect(await fileOf('All comparisons')).toEqual(cohorts.map((row) => Number(row.candidate_id)));
    expect(await fileOf('Findings and facts')).toEqual(await shownIds(page));
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

test('where nothing is found it says so, and what that does not mean', async () => {
  const { page } = await app.open('/');
  await page.route('**/api/insights', (route) =>
    route.fulfill({ json: { snapshot: 'x', asOf: '2024-12-20', currency: 'USD', columns: [], rows: [] } }),
  );
  await page.goto(new URL('/insights', page.url()).href);
  await settled(page);
  const tried = candidates.filter((row) => row.p_value !== null).length;
  expect(await page.locator('[data-no-finding]').textContent()).toContain(
    `Of ${tried} comparisons, nothing stands out that the data can tell from chance. That does not say that nothing has changed`,
  );
  await page.context().close();
});

test('a p-value is never written as zero or as certain', () => {
  expect([0, 0.0004, 0.0123, 0.2, 0.996, 1, null].map(chance)).toEqual([
    ...['p < 0.001', 'p < 0.001', 'p = 0.012', 'p = 0.20', 'p > 0.99', 'p = 1.00', '–'],
  ]);
});
