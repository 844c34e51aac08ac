import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperAgainstOurs } from '../../src/analytics/published/paper-against-ours.ts';
import { cardRows, chartRows } from '../support/browser/card-rows.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled } from '../support/browser/test-browser.ts';
import { walkThroughViews } from '../support/browser/walk-through-views.ts';
import { row } from '../support/make-shop.ts';

const VIEWS = ['grades', 'backtests', 'calibration', 'models', 'forecast', 'papers'];

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop();
});

afterAll(() => app[Symbol.asyncDispose]());

/** Opens a view of the page, and looks that nothing goes wrong while `use` does its work. */
async function withView(view: string, use: (page: Page) => Promise<void>): Promise<void> {
  const { page, problems } = await app.open(`/trust?view=${view}`);
  await use(page);
  expect(problems).toEqual([]);
  await page.context().close();
}

const precise = (value: unknown) =>
  value === null ? '–' : Number(value).toLocaleString('en-US', { maximumSignificantDigits: 4 });
const whole = (value: unknown) => Number(value).toLocaleString('en-US');
const lowered = (text: string | null | undefined) => (text ?? '').toLowerCase();

describe('the page of trust', () => {
  test('shows each grade with its sign, its words, its reason and how far it looks', async () => {
    const grades = await app.shop.query('select * from business.prediction_grades order by score');
    expect(grades).toHaveLength(4);
    await withView('grades', async (page) => {
      for (const { score, grade, reason, horizon_days: days } of grades) {
        const card = page.locator(`[data-grade="${score}"]`);
        const text = lowered(await card.textContent());
        expect(text).toContain(lowered(String(reason)));
        expect(text).toContain(days === null ? 'nothing could be tested' : `tested ${days} days ahead`);
        expect(await card.getByRole('img').getAttribute('aria-label')).toMatch(new RegExp(`^Grade ${grade}: \\w`));
        const bars = await card.locator('rect:not([fill=none])').count();
        expect(bars).toBe(['WITHHELD', 'D', 'C', 'B', 'A'].indexOf(String(grade)));
      }
      const [window] = await app.shop.query('select * from business.observation_window');
      const history = await page.locator('[data-card="What the history allows"]').textContent();
      expect(history).toContain(`${whole(window?.history_days)} days`);
      expect(history).toContain(String(window?.churn_horizon_reason));
      expect(history).toContain(`Buyers${whole(window?.buyers)}`);
    });
  });

  test('backtests: each method on each past day, as the tables have it', async () => {
    const found = await app.shop.query(
      "select * from business.model_backtests where score = 'expected_orders' and metric = 'rmse'",
    );
    expect(new Set(found.map(({ method }) => method)).size).toBeGreaterThan(3);
    await withView('backtests&score=expected_orders', async (page) => {
      const shown = await chartRows(page, 'Error per customer (RMSE)');
      const figures = found.map(({ value, customers }) => `${precise(value)} ${whole(customers)}`);
      expect(shown.map((cells) => `${cells[2]} ${cells[5]}`).sort()).toEqual(figures.sort());
      expect(new Set(shown.map(([method]) => method))).toContain('Ours');
      const measured = await app.shop.query(
        "select count(distinct metric) as n from business.model_backtests where score = 'churn_risk' and metric <> 'mean_actual'",
      );
      await page.getByRole('radiogroup', { name: 'Score that was tested' }).getByText('Churn risk').click();
      await settled(page);
      // The first choice needs no place in the address.
      expect(new URL(page.url()).searchParams.get('score')).toBe(null);
      expect(await page.locator('[data-card] [data-chart]').count()).toBe(Number(measured[0]?.n));
      const [audit] = await app.shop.query(
        'select count(*) as n, sum(changed_customers) as changed from business.leak_audit',
      );
      expect(await cardRows(page, 'Nothing of the future was known')).toHaveLength(Number(audit?.n));
      expect(Number(audit?.changed)).toBe(0);
      expect(await page.locator('[data-audit="0"]').textContent()).toContain('none came out differently');
    });
  });

  test('calibration: predicted and actual of each group, by tenths and by repeat purchases', async () => {
    const rows = await app.shop.query(
      'select * from business.model_calibration where score = \'expected_orders\' order by "grouping", group_number',
    );
    await withView('calibration', async (page) => {
      for (const grouping of ['decile', 'frequency']) {
        if (grouping === 'frequency')
          await page.getByRole('radiogroup', { name: 'Customers grouped by' }).getByText('Repeat').click();
        const shown = await chartRows(page, 'Orders');
        expect(shown.map((cells) => cells.slice(1))).toEqual(
          rows
            .filter((row) => row.grouping === grouping)
            .map(({ customers, predicted, actual }) => [whole(customers), precise(predicted), precise(actual)]),
        );
      }
    });
  });

  test('models: which was chosen and why, its parameters, and those of the others', async () => {
    const rows = await app.shop.query(
      "select * from business.prediction_models where subject = 'purchases' order by model, parameter_position",
    );
    const chosen = rows.find(({ is_chosen }) => is_chosen === true);
    await withView('models', async (page) => {
      const card = page.locator('[data-card="When customers buy"]');
      expect(lowered(await card.textContent())).toContain(lowered(String(chosen?.choice_reason)));
      const shown = async () =>
        (await cardRows(page, 'When customers buy: parameters')).map((cells) => [cells[0], cells[2]]);
      const parametersOf = (model: unknown) =>
        rows.filter((row) => row.model === model).map(({ parameter, value }) => [parameter, precise(value)]);
      expect(await shown()).toEqual(parametersOf(chosen?.model));
      await page.getByLabel('When customers buy: parameters: model').selectOption('bg-nbd');
      expect(await shown()).toEqual(parametersOf('bg-nbd'));
      expect(await chartRows(page, 'When customers buy')).toHaveLength(new Set(rows.map(({ model }) => model)).size);
    });
  });

  test('the monthly forecast: verdict, reason, error by months ahead', async () => {
    const grades = await app.shop.query('select * from business.forecast_grades order by measure');
    const accuracy = await app.shop.query(
      "select * from business.forecast_accuracy where measure = 'orders' order by lead_months, method",
    );
    expect(accuracy.length).toBeGreaterThan(5);
    await withView('forecast', async (page) => {
      for (const { measure, reason } of grades) {
        const text = await page.locator(`[data-forecast="${measure}"]`).textContent();
        expect(lowered(text)).toContain(lowered(String(reason)));
      }
      const shown = await chartRows(page, 'Error of the orders forecast');
      expect(shown.map((cells) => Number(cells[3]?.replaceAll(',', '')))).toEqual(
        accuracy.map(({ mean_absolute_error: error }) => Number(error)),
      );
    });
  });

  test('paper against ours: every figure of the literature with ours, and how they agree', async () => {
    const figures = paperAgainstOurs();
    await withView('papers', async (page) => {
      const shown = await cardRows(page, 'Paper against ours');
      expect(shown).toHaveLength(figures.length);
      for (const [index, { item, source, paper, ours, decimals }] of figures.entries()) {
        const [name, printed, computed, , from] = shown[index] ?? [];
        expect([name, from]).toEqual([item, source]);
        expect(Number(printed?.replaceAll(',', ''))).toBe(paper);
        const close = Number(computed?.replaceAll(',', '')) - (ours ?? Number.NaN);
        expect(Math.abs(close)).toBeLessThanOrEqual(0.51 * 10 ** -(Math.max(0, decimals) + 1));
      }
      const nearly = figures.filter(({ agreement }) => agreement === 'allowed');
      const lead = await page.locator('[data-figures]').textContent();
      expect(lead).toContain(`${figures.length - nearly.length} of ${figures.length} published figures agree`);
      await page.getByRole('radiogroup', { name: 'Figures that are shown' }).getByText('Not every').click();
      const filtered = await cardRows(page, 'Paper against ours');
      expect(filtered.map(([item]) => item)).toEqual(nearly.map(({ item }) => item));
      for (const [index, { why }] of nearly.entries()) expect(filtered[index]?.[3]).toContain(why);
    });
  });

  test('a shop too small for predictions: every view says what is missing, and nothing fails', async () => {
    await using small = await openDashboardShop((shop) =>
      shop.load([row('2024-01-05', 'a', '1', '10.00'), row('2024-02-05', 'b', '2', '20.00')]),
    );
    const said: string[] = [];
    for (const view of VIEWS) {
      const { page, problems } = await small.open(`/trust?view=${view}`);
      said.push((await page.locator('main').textContent()) ?? '');
      expect(problems, view).toEqual([]);
      expect(await page.getByRole('alert').count()).toBe(0);
      if (view === 'grades')
        expect(await page.locator('[data-grade] [aria-label="Grade WITHHELD: not shown"]').count()).toBe(4);
      await page.context().close();
    }
    const [, backtests, calibration, models, forecast] = said;
    expect(backtests).toContain('No score could be tested on past days');
    expect(backtests).toContain('There was no past day to look at');
    expect(calibration).toContain('its grade says why');
    expect(models).toContain('No model could be fitted');
    expect(forecast).toContain('Withheld');
  });

  test('every view hinders nobody, and fits a telephone; tabs are moved with the arrows', () =>
    walkThroughViews(app, '/trust', 'Grades', VIEWS));
});
