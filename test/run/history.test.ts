import { describe, expect, test } from 'vitest';
import { describeStep } from '../../src/run/describe-step.ts';
import { testEngine } from '../support/engines.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { orderRows } from '../support/order-rows.ts';
import { publishingPoints } from '../support/publishing-points.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

function historyOf(shop: Shop, runId: string) {
  const history = shop.pipeline.openHistory();
  if (history === undefined) throw new Error('there is no run history');
  try {
    return {
      run: history.run(runId),
      tables: history.tablesOf(runId),
      checks: history.checksOf(runId),
      lineage: history.lineageOf(runId),
      sources: history.sourcesOf(runId),
      ledger: history.ledgerOf(runId),
    };
  } finally {
    history.close();
  }
}

describe('the history of a run that succeeds', () => {
  test('has the run, every table with its rows, every check, the lineage, the files and a balanced ledger', async () => {
    await using shop = await openShop({ asOf: '2024-12-31' });
    const summary = await shop.load([...orderRows(60), row('2024-02-30', 'C1', 'BAD', 5)]);
    const { run, tables, checks, lineage, sources, ledger } = historyOf(shop, summary.runId);
    expect(run).toMatchObject({
      runNumber: 1,
      command: 'run',
      status: 'success',
      asOf: '2024-12-31',
      engine: testEngine(),
      snapshotId: summary.snapshotId,
      errorMessage: null,
      pid: process.pid,
    });
    expect(run?.durationSeconds).toBeGreaterThan(0);
    expect(run?.summary).toEqual(JSON.parse(JSON.stringify(summary)));
    expect(run?.config).toMatchObject({ asOf: '2024-12-31', keepSnapshots: 3 });

    const published = await shop.pipeline.engine.published();
    expect(Object.fromEntries(tables.map((table) => [`${table.layer}.${table.tableName}`, table.rowCount]))).toEqual(
      published?.rowCounts,
    );
    for (const [table, rowCount] of Object.entries(published?.rowCounts ?? {})) {
      expect((await shop.query(`select count(*) as n from ${table}`))[0]?.n, table).toBe(rowCount);
    }
    expect(new Set(tables.map(({ status }) => status))).toEqual(new Set(['success']));
    const timed = tables.filter(({ startTime }) => startTime !== null);
    expect(timed.length).toBeGreaterThan(12);
    for (const { startTime, endTime } of timed) expect(String(startTime) <= String(endTime)).toBe(true);

    expect(checks).toHaveLength(summary.quality.total);
    expect(checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(checks.map(({ checkName }) => checkName)).toContain('rejected_share');
    const edges = lineage.map(({ sourceTable, targetTable }) => `${sourceTable} > ${targetTable}`);
    expect(edges).toContain('orders1.csv > staging.stg_sales_raw');
    expect(edges).toContain('orders1.csv > staging.stg_sources');
    expect(edges).toContain('staging.stg_sales_raw > staging.stg_sales_typed');
    expect(edges).toContain('staging.stg_sales_typed > staging.stg_sales_checked');
    expect(edges).toContain('warehouse.dim_order > warehouse.fact_sales');
    expect(edges).toContain('warehouse.dim_customer > business.business_insights');
    expect(sources).toHaveLength(1);
    expect(sources[0]).toMatchObject({
      fileName: 'orders1.csv',
      recordCount: 61,
      loadedRows: 61,
      status: 'loaded',
      loadId: 1,
    });
    expect(sources[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(ledger.length).toBeGreaterThan(8);
    expect(new Set(ledger.map(({ status }) => status))).toEqual(new Set(['balanced']));
    expect(ledger[0]).toMatchObject({ measure: 'rows', expected: '61', actual: '61' });
  });

  test('the run tells each step with its start and end, once, in an order that the plan allows', async () => {
    await using shop = await openShop({ maxConcurrentModels: 1 });
    await shop.load(orderRows(20));
    const types = shop.events.map(({ type }) => type);
    expect(types[0]).toBe('run-started');
    const [start] = shop.events;
    if (start?.type !== 'run-started') throw new Error('the first event is not run-started');
    const started = shop.events.flatMap((event) => (event.type === 'step-started' ? [event.step] : []));
    const finished = shop.events.flatMap((event) => (event.type === 'step-finished' ? [event.step] : []));
    expect(started).toEqual(start.plan.steps);
    expect(finished).toEqual(start.plan.steps);
    expect(new Set(started.map(describeStep)).size).toBe(started.length);
    const once = ['source', 'as-of', 'reconciled'] as const;
    for (const type of once)
      expect(
        types.filter((other) => other === type),
        type,
      ).toHaveLength(1);
    expect(types.filter((type) => type === 'checked')).toHaveLength(3);
    const points = shop.events.flatMap((event) => (event.type === 'publishing' ? [event.point] : []));
    expect(points).toEqual([...publishingPoints.all, 'snapshot recorded', 'old snapshots removed']);
    const asOf = shop.events.find((event) => event.type === 'as-of');
    expect(asOf).toEqual({ type: 'as-of', asOf: '2024-06-22', given: false });
  });
});

describe('the history of what was taken over', () => {
  test('carried layers and kept files are there with where they came from', async () => {
    await using shop = await openShop();
    const first = await shop.load(orderRows(20));
    const appended = await shop.load(orderRows(10, 20), { append: true });
    const { sources } = historyOf(shop, appended.runId);
    expect(sources.map(({ fileName, status, recordCount, loadId }) => [fileName, status, recordCount, loadId])).toEqual(
      [
        ['orders1.csv', 'carried', 20, 1],
        ['orders2.csv', 'loaded', 10, 2],
      ],
    );
    expect(sources[0]?.loadedAt).toBe(historyOf(shop, first.runId).sources[0]?.loadedAt);

    const skipped = await shop.run([], { skipLayers: ['staging'] });
    const { tables, sources: taken } = historyOf(shop, skipped.runId);
    const staging = tables.filter(({ layer }) => layer === 'staging');
    expect(new Set(staging.map(({ status }) => status))).toEqual(new Set(['carried']));
    expect(staging.find(({ tableName }) => tableName === 'stg_sales_raw')?.rowCount).toBe(30);
    expect(taken.map(({ fileName, status }) => [fileName, status])).toEqual([
      ['orders1.csv', 'carried'],
      ['orders2.csv', 'carried'],
    ]);
    expect(new Set(tables.filter(({ layer }) => layer !== 'staging').map(({ status }) => status))).toEqual(
      new Set(['success']),
    );
  });

  test('a file that is known already is recorded as a duplicate, of a run that built nothing', async () => {
    await using shop = await openShop();
    const file = await shop.write('orders.csv', csvOf(orderRows(20)));
    await shop.run([file]);
    const again = await shop.run([file], { append: true });
    const { run, sources, tables } = historyOf(shop, again.runId);
    expect(run).toMatchObject({ status: 'success', snapshotId: again.snapshotId });
    expect(sources.map(({ status, loadedRows }) => [status, loadedRows])).toEqual([
      ['carried', 20],
      ['duplicate', 0],
    ]);
    expect(tables).toEqual([]);
  });
});
