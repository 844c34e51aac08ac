import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { QueryError } from '../../src/engines/query-error.ts';
import { CancelledError, InputError, QualityError, RunError } from '../../src/errors.ts';
import type { ConfigSpec, RunEvent } from '../../src/index.ts';
import { row } from '../support/make-shop.ts';
import { onlyOn } from '../support/on-engines.ts';
import { orderRows } from '../support/order-rows.ts';
import { publishingPoints } from '../support/publishing-points.ts';
import { contentHashes, errorOf, openShop, type Shop } from '../support/run-shop.ts';
import { storedSnapshots } from '../support/stored-snapshots.ts';

/** A shop with published data and a folder of models of its own, which are written after that. */
async function shopWithModels(models: Readonly<Record<string, string>>, settings: ConfigSpec = {}) {
  const modelsDir = `models-${Math.trunc(performance.now() * 1e6)}`;
  const shop = await openShop({ modelsDir, ...settings });
  mkdirSync(join(shop.folder, modelsDir), { recursive: true });
  await shop.load(orderRows(40));
  const content = await contentHashes(shop);
  const published = await shop.pipeline.engine.published();
  for (const [name, text] of Object.entries(models)) await shop.write(join(modelsDir, name), text);
  return { shop, content, published, modelsDir: join(shop.folder, modelsDir) };
}

/** The published data is what it was, and nothing of the failed run lies about. */
async function expectUntouched({ shop, content, published }: Awaited<ReturnType<typeof shopWithModels>>) {
  expect(await shop.pipeline.engine.published()).toEqual(published);
  expect(await contentHashes(shop)).toEqual(content);
  expect(await storedSnapshots(shop)).toEqual([published?.snapshotId]);
  expect(readdirSync(join(shop.folder, 'data', 'tmp')).filter((name) => !name.startsWith('read-'))).toEqual([]);
  expect(readdirSync(join(shop.folder, 'data')).filter((name) => /\.(new|tmp|wal)$/.test(name))).toEqual([]);
}

function lastRun(shop: Shop) {
  const history = shop.pipeline.openHistory();
  try {
    const [run] = history?.lastRuns(1) ?? [];
    if (run === undefined || history === undefined) throw new Error('no run is recorded');
    return {
      run,
      tables: history.tablesOf(run.runId),
      checks: history.checksOf(run.runId),
      ledger: history.ledgerOf(run.runId),
    };
  } finally {
    history?.close();
  }
}

const HEADER = '/* A test. One row.\n@grain n\n@column n - a number\n*/\n';

describe('a run that fails leaves published data as it was and', () => {
  test('[O12] names the model, its file and its SQL when an SQL model fails', async () => {
    const site = await shopWithModels({
      'my_numbers.sql': `${HEADER}select nothing_like_it as n from {{ ref('dim_customer') }}`,
    });
    await using shop = site.shop;
    const error = await errorOf(RunError, shop.load(orderRows(50)));
    expect(error.message).toMatch(/^model business\.my_numbers failed: .*nothing_like_it/);
    expect(error.remedy).toEqual([
      `the model is ${join(site.modelsDir, 'my_numbers.sql')}`,
      'see its SQL with: marketing-pipeline compile my_numbers',
    ]);
    if (!(error.cause instanceof QueryError)) throw new Error('the cause is not a QueryError');
    expect(error.cause.sql).toMatch(/select nothing_like_it as n from .*dim_customer/);
    await expectUntouched(site);
    const { run, tables } = lastRun(shop);
    expect(run).toMatchObject({ status: 'failed', errorMessage: error.message, snapshotId: null });
    const status = new Map(tables.map((table) => [table.tableName, table.status]));
    expect(status.get('dim_customer')).toBe('success');
    expect(status.get('my_numbers')).toBe('failed');
    expect([...status.values()]).toContain('skipped');
    expect(tables.find(({ tableName }) => tableName === 'my_numbers')?.errorMessage).toBe(error.message);
    expect(shop.events.filter(({ type }) => type === 'step-failed')).toHaveLength(1);
    const types = shop.events.map(({ type }) => type);
    expect(types.slice(types.indexOf('step-failed'))).not.toContain('step-started');
  });

  test('[O12] names the model and its file when a code model throws, and keeps the cause', async () => {
    const code = (body: string) => `export const model = {
      description: 'A test. One row.', dependsOn: ['dim_customer'], grain: ['n'],
      columns: [{ name: 'n', type: 'integer', description: 'a number' }],
      async run(context) { ${body} } };`;
    const site = await shopWithModels({ 'thrower.mjs': code(`throw new TypeError('no such property');`) });
    await using shop = site.shop;
    const error = await errorOf(RunError, shop.load(orderRows(50)));
    expect(error.message).toBe('model business.thrower failed: no such property');
    expect(error.remedy).toEqual([`the model is ${join(site.modelsDir, 'thrower.mjs')}`]);
    expect(error.cause).toBeInstanceOf(TypeError);
    await expectUntouched(site);
  });

  test('[O12] names a relation that a code model reads without saying so', async () => {
    const site = await shopWithModels({
      'sneaky.mjs': `export const model = {
        description: 'A test. One row.', dependsOn: [], grain: ['n'],
        columns: [{ name: 'n', type: 'integer', description: 'a number' }],
        async run({ ref }) { ref('dim_customer'); } };`,
    });
    await using shop = site.shop;
    const error = await errorOf(RunError, shop.load(orderRows(50)));
    expect(error.message).toBe('model sneaky reads dim_customer, which is not in its dependsOn');
    await expectUntouched(site);
  });

  test('[O28] [M16] says which check failed and shows rows when a check of severity error fails', async () => {
    const site = await shopWithModels({
      'my_numbers.sql': `/* A test. One row per customer.
@grain n
@column n - customer
@column spent - money
@check range(spent, null, 50)
@check warn range(spent, null, 60)
*/
select customer_id as n, total_spent as spent from {{ ref('dim_customer') }}`,
    });
    await using shop = site.shop;
    const error = await errorOf(QualityError, shop.load(orderRows(60)));
    expect(error.exitCode).toBe(3);
    expect(error.message).toMatch(/^a quality check failed: business\.my_numbers range\(spent.*nothing was published$/);
    expect(error.remedy[0]).toMatch(/business\.my_numbers range\(spent.*expected .*rows differ$/);
    expect(error.remedy[1]).toMatch(/n="C\d+" spent="\d+\.\d\d"/);
    await expectUntouched(site);
    const { run, checks } = lastRun(shop);
    expect(run.status).toBe('blocked');
    const mine = checks.filter(({ tableName }) => tableName === 'my_numbers');
    expect(mine.map(({ severity, status }) => `${severity} ${status}`).sort()).toEqual(['error failed', 'warn warned']);
    expect(checks.map(({ errorDetails }) => errorDetails).join()).not.toMatch(/C\d+/);
  });

  test('a check of severity warn is reported and stops nothing', async () => {
    const text = `/* A test. One row.\n@grain n\n@column n - a number\n@check warn range(n, 5, 9)\n*/\nselect 1 as n`;
    const { shop: opened } = await shopWithModels({ 'my_numbers.sql': text });
    await using shop = opened;
    const summary = await shop.load(orderRows(50));
    expect(summary.changed).toBe(true);
    expect(summary.quality).toMatchObject({ warned: 1, failed: 0 });
  });

  test('[O28] blocks when too large a share of the records is refused, and says why they were', async () => {
    const site = await shopWithModels({});
    await using shop = site.shop;
    const bad = [1, 2, 3].map((n) => row('2024-02-30', `C${n}`, `X${n}`, 5));
    const error = await errorOf(QualityError, shop.load([...orderRows(10), ...bad]));
    expect(error.message).toMatch(/staging\.stg_sales_rejected rejected_share/);
    expect(error.remedy.join('\n')).toMatch(/INVALID_DATE/);
    await expectUntouched(site);
  });

  test('[M16] says where rows or money got lost when a replaced model drops some', async () => {
    const { shop: opened, ...rest } = await shopWithModels({});
    await using shop = opened;
    const builtin = (await shop.pipeline.loadProject()).models.get('fact_sales');
    if (builtin === undefined) throw new Error('there is no fact_sales');
    const text = readFileSync(builtin.file, 'utf8').replace(
      /select \* from final\s*$/,
      `select * from final where order_key not in (select order_key from orders where order_id = 'SECOND')`,
    );
    expect(text).toContain(`'SECOND'`);
    writeFileSync(join(rest.modelsDir, 'fact_sales.sql'), text);
    // Of a customer's two orders of a day one is lost, which no check of a single table can see.
    const [first = row('', '', '', 0)] = orderRows(1);
    const error = await errorOf(RunError, shop.load([...orderRows(60), { ...first, order: 'SECOND', sales: '7.25' }]));
    expect(error.exitCode).toBe(1);
    expect(error.message).toBe('rows or money were lost on the way; nothing was published');
    expect(error.remedy.join('\n')).toMatch(
      /clean records and refunds to fact_sales.*\(money\): expected \d+\.\d\d, found \d+\.\d\d/,
    );
    await expectUntouched({ shop, ...rest });
    const { run, ledger } = lastRun(shop);
    expect(run.status).toBe('failed');
    expect(ledger.filter(({ status }) => status === 'gap').length).toBeGreaterThanOrEqual(2);
  });

  test('says what is wrong with a file of which no row can be used', async () => {
    const site = await shopWithModels({}, { maxRejectedShare: 1 });
    await using shop = site.shop;
    const error = await errorOf(InputError, shop.load([row('yesterday', 'C1', 'O1', 5)]));
    expect(error.exitCode).toBe(2);
    expect(error.message).toBe('no usable record among 1; nothing was published');
    expect(error.remedy.join('\n')).toMatch(/INVALID_DATE: 1 record, /);
    await expectUntouched(site);
  });

  test('[O11] is cancelled wherever the signal comes, with the exit code of Ctrl-C', async () => {
    const site = await shopWithModels({});
    await using shop = site.shop;
    const file = await shop.write('more.csv', '');
    await shop.write('more.csv', 'Date,Customer ID,Order ID,Sales\n2024-01-01,C1,O1,5\n');
    const moments: readonly ((event: RunEvent) => boolean)[] = [
      (event) => event.type === 'run-started',
      (event) => event.type === 'step-started' && event.step.kind === 'load',
      (event) => event.type === 'sql',
      (event) => event.type === 'as-of',
      (event) => event.type === 'step-started' && event.step.kind === 'check' && event.step.layer === 'business',
      (event) => event.type === 'reconciled',
    ];
    for (const isMoment of moments) {
      const controller = new AbortController();
      const listener = (event: RunEvent) => {
        if (isMoment(event)) controller.abort();
      };
      const error = await errorOf(CancelledError, shop.pipeline.run([file], { listener, signal: controller.signal }));
      expect(error.exitCode).toBe(130);
      await expectUntouched(site);
      const { run, tables } = lastRun(shop);
      expect(run.status).toBe('cancelled');
      expect(tables.filter(({ status }) => status === 'failed' || status === 'running')).toEqual([]);
    }
    expect((await shop.load(orderRows(50))).changed).toBe(true);
  });

  test('[O11] interrupts a model that would run for minutes', async () => {
    const endless = `${HEADER}select count(*) as n from generate_series(1, 1000000) as a(n), generate_series(1, 1000000) as b(n) where a.n + b.n < 0`;
    const site = await shopWithModels({ 'endless.sql': endless });
    await using shop = site.shop;
    const controller = new AbortController();
    const file = await shop.write('more.csv', 'Date,Customer ID,Order ID,Sales\n2024-01-01,C1,O1,5\n');
    let abortedAt = 0;
    const listener = (event: RunEvent) => {
      if (event.type !== 'step-started' || event.step.kind !== 'build' || event.step.model.name !== 'endless') return;
      setTimeout(() => {
        abortedAt = performance.now();
        controller.abort();
      }, 300);
    };
    await errorOf(CancelledError, shop.pipeline.run([file], { listener, signal: controller.signal }));
    expect(performance.now() - abortedAt).toBeLessThan(3_000);
    await expectUntouched(site);
    expect(lastRun(shop).tables.find(({ tableName }) => tableName === 'endless')?.status).toBe('cancelled');
  });

  test('a listener that throws fails the run and nothing else', async () => {
    const site = await shopWithModels({});
    await using shop = site.shop;
    const file = await shop.write('more.csv', 'Date,Customer ID,Order ID,Sales\n2024-01-01,C1,O1,5\n');
    const listener = (event: RunEvent) => {
      if (event.type === 'reconciled') throw new Error('the listener is broken');
    };
    await expect(shop.pipeline.run([file], { listener })).rejects.toThrow('the listener is broken');
    await expectUntouched(site);
    expect((await shop.load(orderRows(50))).changed).toBe(true);
  });
});

describe('what fails after the data is published', () => {
  test('does not take the new data back, and says that it is published', async () => {
    await using shop = await openShop();
    await shop.load(orderRows(40));
    const file = await shop.write('more.csv', 'Date,Customer ID,Order ID,Sales\n2024-01-01,C1,O1,5\n');
    for (const point of [publishingPoints.published, 'snapshot recorded']) {
      const listener = (event: RunEvent) => {
        if (event.type === 'publishing' && event.point === point) throw new Error('the listener is broken');
      };
      const error = await errorOf(RunError, shop.pipeline.run([file], { listener }));
      expect(error.message).toMatch(/^the new data is published and complete, but .*the listener is broken$/);
      const published = await shop.pipeline.engine.published();
      expect(published?.runId).toBe(lastRun(shop).run.runId);
    }
    const late = (event: RunEvent) => {
      if (event.type === 'step-finished' && event.step.kind === 'publish') throw new Error('the listener is broken');
    };
    await expect(shop.pipeline.run([file], { listener: late })).rejects.toThrow('the listener is broken');
    const published = await shop.pipeline.engine.published();
    expect(published?.runId).toBe(lastRun(shop).run.runId);
    const reader = await shop.pipeline.openReader();
    expect((await reader.query('select count(*) from staging.stg_sales_raw')).rows).toEqual([[1]]);
    await reader.close();
  });

  onlyOn('duckdb', 'layers are files with links to them')(
    'where the links for other tools cannot be moved, the run succeeds',
    async () => {
      await using shop = await openShop();
      await shop.load(orderRows(40));
      mkdirSync(join(shop.folder, 'data', 'staging.duckdb.new'));
      const summary = await shop.load(orderRows(50));
      expect(summary.changed).toBe(true);
      rmSync(join(shop.folder, 'data', 'staging.duckdb.new'), { recursive: true });
    },
  );
});
