import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { headerOf } from '../../src/project/model.ts';
import { cardRows, chartRows } from '../support/browser/card-rows.ts';
import { type DashboardShop, openDashboardShop } from '../support/browser/dashboard-shop.ts';
import { settled } from '../support/browser/test-browser.ts';
import { walkThroughViews } from '../support/browser/walk-through-views.ts';
import { row } from '../support/make-shop.ts';
import { HOSTILE_IDS, servedRows } from '../support/served-sample.ts';

/** Rows without a valid date, more than a page holds, of customers with hostile ids. */
const undated = Array.from({ length: 57 }, (_, index) =>
  row('2024-13-45', HOSTILE_IDS[index % HOSTILE_IDS.length] ?? '', `undated-${index}`, '1.00'),
);

const VIEWS = ['files', 'rejected', 'ledger', 'checks', 'runs', 'lineage', 'dictionary', 'settings'];

let app: DashboardShop;

beforeAll(async () => {
  app = await openDashboardShop(async (shop) => {
    await shop.load([...servedRows(), ...undated]);
    await shop.load([row('2024-12-30', 'late', 'late-1', '12.34'), row('', 'late', 'late-2', '1')], { append: true });
  });
});

afterAll(() => app[Symbol.asyncDispose]());

/** Opens a view of the page, and looks that nothing goes wrong while `use` does its work. */
async function withView(view: string, use: (page: Page) => Promise<void>): Promise<void> {
  const { page, problems } = await app.open(`/data?view=${view}`);
  await use(page);
  expect(problems).toEqual([]);
  await page.context().close();
}

const text = (value: unknown) => (typeof value === 'number' ? value.toLocaleString('en-US') : String(value ?? '–'));
/** What is read where this stands in a cell, whose white space is not all kept. */
const read = (value: unknown) => String(value).replace(/\s+/g, ' ').trim();
const dollars = (value: unknown) => Number(value).toLocaleString('en-US', { style: 'currency', currency: 'USD' });

function historyOf<T>(
  use: (history: NonNullable<ReturnType<DashboardShop['shop']['pipeline']['openHistory']>>) => T,
): T {
  const history = app.shop.pipeline.openHistory();
  if (history === undefined) throw new Error('the shop has no run history');
  try {
    return use(history);
  } finally {
    history.close();
  }
}

async function publishedRun(): Promise<string> {
  return (await app.shop.pipeline.engine.published())?.runId ?? '';
}

describe('the page of the data', () => {
  test('says what each file brought, as the tables do', async () => {
    const files = await app.shop.query('select * from staging.stg_loads order by load_id');
    expect(files).toHaveLength(2);
    await withView('files', async (page) => {
      const shown = await cardRows(page, 'What the files brought');
      expect(
        shown.map(([file, ...cells]) => [file?.split('\n')[0], ...cells.map((cell) => cell.split('\n')[0])]),
      ).toEqual(
        files.map((file) => [
          file.source_file,
          ...[file.records, file.clean_records, file.rejected_records, file.set_aside_records].map(text),
          ...[dollars(file.clean_amount), text(file.new_orders)],
        ]),
      );
      const byFile = await chartRows(page, 'Records by file');
      expect(byFile.map(([, records]) => records)).toEqual(files.map(({ records }) => text(records)));
      const hashes = (await cardRows(page, 'Input files')).map(([, file]) => file?.split('SHA-256 ')[1]);
      const published = await app.shop.pipeline.engine.published();
      expect(hashes).toEqual(published?.sources.map(({ sha256 }) => sha256));
    });
  });

  test('[S10] rejected rows: counts by reason, the rows of a reason page by page as text, all of them as a file', async () => {
    const reasons = await app.shop.query(
      'select reason_code, count(*) as records from staging.stg_sales_rejected group by 1 order by 2 desc, 1',
    );
    const found = await app.shop.query(
      "select * from staging.stg_sales_rejected where reason_code = 'INVALID_DATE' order by load_id, source_row",
    );
    expect(found.length).toBeGreaterThan(50);
    await withView('rejected', async (page) => {
      const counted = await chartRows(page, 'Rejected records by reason');
      expect(counted.map(([, records]) => records)).toEqual(reasons.map(({ records }) => text(records)));
      await page.getByRole('button', { name: 'No valid date', exact: true }).click();
      await settled(page);
      expect(new URL(page.url()).searchParams.get('reason')).toBe('INVALID_DATE');
      const rows = await cardRows(page, 'Rejected rows');
      const raw = rows.map((cells) => cells[4]).join('\n');
      for (const id of HOSTILE_IDS) expect(raw).toContain(id.replaceAll('"', '""'));
      expect(await page.locator('main img, main script').count()).toBe(0);
      await page.getByRole('button', { name: 'Rejected rows: the next page' }).click();
      await settled(page);
      expect(new URL(page.url()).searchParams.get('offset')).toBe('50');
      rows.push(...(await cardRows(page, 'Rejected rows')));
      expect(rows.map(([file, line, , detail, raw]) => [file, line, detail, read(raw)])).toEqual(
        found.map((one) => [one.source_file, text(one.source_line), one.reason_detail, read(one.raw_text)]),
      );
      const href = await page.getByRole('link', { name: 'Rejected rows: download as CSV' }).getAttribute('href');
      const file = await page.context().request.get(new URL(href ?? '', page.url()).href);
      const all = await app.server.get('/api/data/rejected-rows.csv?reason=INVALID_DATE');
      expect([file.status(), await file.text()]).toEqual([200, all.text]);
    });
  });

  test('the file and the reason of the address narrow the rows; a wrong file is none', async () => {
    await withView('rejected&file=2', async (page) => {
      const rows = await cardRows(page, 'Rejected rows');
      const found = await app.shop.query('select raw_text from staging.stg_sales_rejected where load_id = 2');
      expect(rows.map((cells) => cells[4])).toEqual(found.map(({ raw_text }) => raw_text));
    });
    await withView('rejected&file=%27--&offset=-3', async (page) => {
      expect(await cardRows(page, 'Rejected rows')).toHaveLength(50);
    });
  });

  test('the ledger: each line of the run, all of them balanced', async () => {
    const runId = await publishedRun();
    const lines = historyOf((history) => history.ledgerOf(runId));
    await withView('ledger', async (page) => {
      const shown = await cardRows(page, 'Reconciliation ledger');
      const amount = (measure: string, value: string) => (measure === 'money' ? dollars(value) : text(Number(value)));
      expect(shown.map((cells) => cells.map(read))).toEqual(
        lines.map(({ position, stage, measure, expected, actual, difference, status }) =>
          [
            ...[text(position), stage, measure, amount(measure, expected), amount(measure, actual)],
            ...[amount(measure, difference), `${status === 'balanced' ? '✓' : '✗'} ${status}`],
          ].map(read),
        ),
      );
      expect(await page.locator('[data-gaps]').textContent()).toContain(`All ${lines.length} lines balance`);
    });
  });

  test('checks: all of the run, narrowed by how they ended and by a text', async () => {
    const runId = await publishedRun();
    const checks = historyOf((history) => history.checksOf(runId));
    const found = async (page: Page) => Number(await page.locator('[data-found]').getAttribute('data-found'));
    await withView('checks', async (page) => {
      expect(await found(page)).toBe(checks.length);
      expect(await cardRows(page, 'Checks')).toHaveLength(100);
      await page.getByRole('button', { name: `Show all ${text(checks.length)}` }).click();
      expect(await cardRows(page, 'Checks')).toHaveLength(checks.length);
      await page.getByLabel('Search in checks').fill('monthly_metrics');
      const ofTable = checks.filter(({ tableName, checkName }) =>
        `${tableName} ${checkName}`.includes('monthly_metrics'),
      );
      expect(await found(page)).toBe(ofTable.length);
      const rules = (await cardRows(page, 'Checks')).map(([, , rule]) => rule);
      expect(rules.sort()).toEqual(ofTable.map(({ checkName }) => checkName).sort());
    });
    await withView('checks&status=warned', async (page) => {
      for (const status of ['warned', 'passed', 'failed']) {
        if (status !== 'warned') await page.locator('label').filter({ hasText: status }).click();
        expect(new URL(page.url()).searchParams.get('status')).toBe(status);
        expect(await found(page)).toBe(checks.filter((check) => check.status === status).length);
        const ended = new Set((await cardRows(page, 'Checks')).map(([cell]) => read(cell).slice(2)));
        expect([...ended].filter((one) => one !== status)).toEqual([]);
      }
    });
  });

  test('runs and timings: those of the run history', async () => {
    const runId = await publishedRun();
    const { runs, tables } = historyOf((history) => ({ runs: history.lastRuns(50), tables: history.tablesOf(runId) }));
    await withView('runs', async (page) => {
      const shown = await cardRows(page, 'Runs');
      expect(shown.map((cells) => [read(cells[1]).slice(2), cells[7]])).toEqual(
        runs.map(({ status, snapshotId }) => [status, snapshotId]),
      );
      const timings = await chartRows(page, 'Slowest tables of the published run');
      expect(timings.map(([table, , , rows]) => [table?.split('\n')[0], rows])).toEqual(
        tables.map(({ tableName, rowCount }) => [tableName, text(rowCount)]),
      );
    });
  });

  test('settings: those that were changed can be told from those that were not', async () => {
    const { rows } = await app.server.rows('/api/data/settings');
    await withView('settings&settings=changed', async (page) => {
      const shown = await cardRows(page, 'Settings');
      const changed = rows.filter(({ is_default }) => is_default === false);
      expect(shown.map(([key, value]) => [key, value])).toEqual(changed.map(({ key, value }) => [key, value]));
      expect(shown.map(([key]) => key)).toContain('dataDir');
    });
  });

  test('lineage: what a table is made from, as the models say, down to the files; its columns; its pages', async () => {
    const { models } = await app.shop.pipeline.loadProject();
    const upstream = new Set<string>();
    const collect = (name: string) => {
      const model = models.get(name);
      for (const from of [...(model?.dependsOn ?? []), ...(model?.kind === 'sql' ? model.sources : [])]) {
        if (!upstream.has(from)) collect(from);
        upstream.add(from);
      }
    };
    collect('customer_list');
    const files = ['source:1:orders1.csv', 'source:2:orders2.csv'];
    const bare = (id: string | null) => (id?.startsWith('source:') ? id : id?.split('.')[1]);
    const idsOf = async (page: Page, selector: string, name: string) => {
      const elements = await page.locator(selector).all();
      return Promise.all(elements.map(async (element) => bare(await element.getAttribute(name))));
    };
    await withView('lineage&node=business.customer_list', async (page) => {
      const inGraph = await idsOf(page, '[data-standing=upstream]', 'data-node');
      const inList = await idsOf(page, '[data-names=upstream] [data-name]', 'data-name');
      expect(inGraph.sort()).toEqual([...upstream, ...files].sort());
      expect(inList.sort()).toEqual(inGraph);
      const customers = page.locator('[data-node="page:customers"]');
      expect(await customers.getAttribute('href')).toBe('/customers');
      const readers = (await app.server.rows('/api/data/lineage/questions')).rows.filter(
        ({ node }) => node === 'business.customer_list',
      );
      expect(readers.length).toBeGreaterThan(0);
      expect(await page.locator('[data-fact=Charts]').textContent()).toBe(
        readers.map(({ question }) => question).join(', '),
      );
      const header = headerOf(models.get('customer_list') ?? Object(undefined));
      const columns = (await cardRows(page, 'Its columns')).map(([name]) => name?.split(/\s/)[0]);
      expect(columns).toEqual(header.columns.map(({ name }) => name));
      await page.getByText('All tables', { exact: true }).click();
      const published = Object.keys((await app.shop.pipeline.engine.published())?.rowCounts ?? {});
      expect(await page.locator('button[data-node]').count()).toBe(published.length + files.length);
    });
  });

  test('lineage by keyboard: a table of the graph is chosen, and a page is reached from it', async () => {
    await withView('lineage', async (page) => {
      const table = page.locator('button[data-node="warehouse.dim_date"]');
      await table.focus();
      await page.keyboard.press('Enter');
      await settled(page);
      expect(new URL(page.url()).searchParams.get('node')).toBe('warehouse.dim_date');
      expect(await table.getAttribute('aria-pressed')).toBe('true');
      expect(await page.getByLabel('Table', { exact: true }).inputValue()).toBe('warehouse.dim_date');
      await page.locator('[data-names=downstream]').getByRole('link', { name: 'page Revenue' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/revenue$/);
    });
  });

  test('the dictionary finds words in names and meanings, in all tables or in one', async () => {
    const { rows } = await app.server.rows('/api/data/dictionary');
    const has = (word: string) => (row: (typeof rows)[number]) =>
      `${row.table_name} ${row.column_name} ${row.meaning}`.toLowerCase().includes(word);
    await withView('dictionary', async (page) => {
      await page.getByLabel('Search in the dictionary').fill('churn HORIZON');
      const found = rows.filter(has('churn')).filter(has('horizon'));
      expect(found.length).toBeGreaterThan(3);
      const shown = await cardRows(page, 'Data dictionary');
      expect(shown.map(([column, meaning]) => [column?.split(/\s/)[0], meaning])).toEqual(
        found.slice(0, 100).map(({ column_name, meaning }) => [column_name, meaning]),
      );
      await page.getByLabel('Table', { exact: true }).selectOption('observation_window');
      const inTable = found.filter(({ table_name }) => table_name === 'observation_window');
      expect(await cardRows(page, 'Data dictionary')).toHaveLength(inTable.length);
      expect(new URL(page.url()).searchParams.get('table')).toBe('observation_window');
    });
  });

  test('every view hinders nobody, and fits a telephone; tabs are moved with the arrows', () =>
    walkThroughViews(app, '/data', 'Files', VIEWS));
});
