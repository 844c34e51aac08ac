import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storableText } from '../../src/metadata/connection.ts';
import type { CheckEntry, LineageEntry, SourceEntry, TableEntry } from '../../src/metadata/records.ts';
import { openMetadata } from '../../src/metadata/store.ts';
import { temporaryStore } from './helpers.ts';

describe('runs', () => {
  test('a run goes from running to how it ended', () => {
    const { store, clock } = temporaryStore();
    const number = store.beginRun({
      runId: 'r1',
      command: 'run',
      engine: 'duckdb',
      pid: 42,
      version: '0.1.0',
      config: { lostDays: 365, rows: 12n, huge: 2n ** 64n },
    });
    expect(number).toBe(1);
    expect(store.run('r1')).toEqual({
      runNumber: 1,
      runId: 'r1',
      command: 'run',
      status: 'running',
      startedAt: '2024-03-01T10:00:00.000Z',
      endedAt: null,
      durationSeconds: null,
      asOf: null,
      engine: 'duckdb',
      snapshotId: null,
      errorMessage: null,
      config: { lostDays: 365, rows: 12, huge: '18446744073709551616' },
      summary: null,
      pid: 42,
      version: '0.1.0',
      modelsSha256: null,
    });
    store.recordModels('r1', 'ab12');
    expect(store.run('r1')?.modelsSha256).toBe('ab12');
    clock.set('2024-03-01T10:00:01.500Z');
    store.finishRun('r1', {
      status: 'success',
      durationSeconds: 1.5,
      asOf: '2022-11-16',
      snapshotId: 's1',
      summary: { customers: 33_477 },
    });
    expect(store.run('r1')).toMatchObject({
      status: 'success',
      endedAt: '2024-03-01T10:00:01.500Z',
      durationSeconds: 1.5,
      asOf: '2022-11-16',
      snapshotId: 's1',
      summary: { customers: 33_477 },
    });
    expect(store.unfinishedRuns()).toEqual([]);
  });

  test('the as-of date of the beginning stays when the end names none', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run', asOf: '2021-06-30' });
    store.finishRun('r1', { status: 'failed', durationSeconds: 0.1, errorMessage: 'no usable row' });
    expect(store.run('r1')).toMatchObject({ asOf: '2021-06-30', status: 'failed', errorMessage: 'no usable row' });
  });

  test('[O34] runs are ordered as they began even when the clock goes back', () => {
    const { store, clock } = temporaryStore();
    store.beginRun({ runId: 'first', command: 'run' });
    clock.set('2024-02-29T10:00:00.000Z');
    store.beginRun({ runId: 'second', command: 'run' });
    expect(store.lastRuns(10).map((run) => run.runId)).toEqual(['second', 'first']);
    expect(store.lastRuns(1).map((run) => run.runId)).toEqual(['second']);
  });

  test('a run that died is marked crashed with its unfinished tables, and only once', () => {
    const { store, path, clock } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    store.recordTable('r1', { layer: 'staging', tableName: 'stg_sales_raw', status: 'success', rowCount: 5 });
    store.recordTable('r1', { layer: 'staging', tableName: 'stg_sales_clean', status: 'running' });
    store.close();
    const next = openMetadata(path, clock);
    expect(next.unfinishedRuns().map((run) => run.runId)).toEqual(['r1']);
    expect(next.markCrashed('r1', 'the process died')).toBe(true);
    expect(next.markCrashed('r1', 'again')).toBe(false);
    expect(next.run('r1')).toMatchObject({ status: 'crashed', errorMessage: 'the process died', endedAt: null });
    expect(next.tablesOf('r1').map((table) => table.status)).toEqual(['success', 'crashed']);
    next.close();
  });

  test('a run that has ended, or never began, cannot end', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    store.finishRun('r1', { status: 'success', durationSeconds: 1 });
    expect(() => store.finishRun('r1', { status: 'failed', durationSeconds: 1 })).toThrow('run r1 is not under way');
    expect(() => store.finishRun('r2', { status: 'failed', durationSeconds: 1 })).toThrow('run r2 is not under way');
    expect(store.run('r1')?.status).toBe('success');
    expect(store.run('r2')).toBeUndefined();
  });
});

describe('what a run leaves', () => {
  test('a table that is recorded again keeps its place and its start', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    const startTime = new Date('2024-03-01T10:00:00.100Z');
    store.recordTable('r1', { layer: 'staging', tableName: 'a', status: 'running', startTime });
    store.recordTable('r1', { layer: 'staging', tableName: 'b', status: 'running', startTime });
    store.recordTable('r1', {
      layer: 'staging',
      tableName: 'a',
      status: 'success',
      endTime: new Date('2024-03-01T10:00:00.350Z'),
      durationSeconds: 0.25,
      rowCount: 40_000,
    });
    expect(store.tablesOf('r1')).toEqual([
      {
        runId: 'r1',
        layer: 'staging',
        tableName: 'a',
        status: 'success',
        startTime: '2024-03-01T10:00:00.100Z',
        endTime: '2024-03-01T10:00:00.350Z',
        durationSeconds: 0.25,
        rowCount: 40_000,
        errorMessage: null,
      },
      expect.objectContaining({ tableName: 'b', status: 'running', endTime: null, rowCount: null }),
    ]);
  });

  test('checks come back as they were recorded, and are counted by status', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    const check = { layer: 'warehouse', tableName: 'dim_order', checkType: 'not_null', severity: 'error' } as const;
    store.recordChecks('r1', [
      {
        ...check,
        checkName: 'not_null(order_id)',
        status: 'passed',
        expectedValue: '0',
        actualValue: '0',
        failingRows: 0,
      },
      { ...check, checkName: 'range(amount)', status: 'failed', failingRows: 3, errorDetails: 'order 7: -1.00' },
      { ...check, checkName: 'range(year)', severity: 'warn', status: 'warned' },
      { ...check, checkName: 'unique(order_key)', status: 'passed' },
    ]);
    expect(store.checksOf('r1')).toHaveLength(4);
    expect(store.checksOf('r1')[1]).toEqual({
      checkId: 2,
      runId: 'r1',
      layer: 'warehouse',
      tableName: 'dim_order',
      checkType: 'not_null',
      checkName: 'range(amount)',
      severity: 'error',
      expectedValue: null,
      actualValue: null,
      failingRows: 3,
      status: 'failed',
      errorDetails: 'order 7: -1.00',
      checkTime: '2024-03-01T10:00:00.000Z',
    });
    expect(store.checkCountsOf('r1')).toEqual({ total: 4, passed: 2, warned: 1, failed: 1 });
    expect(store.checkCountsOf('none')).toEqual({ total: 0, passed: 0, warned: 0, failed: 0 });
  });

  test('the same relation between two tables is stored once a run', () => {
    const { store } = temporaryStore();
    const relation = { sourceTable: 'stg_sales_clean', targetTable: 'dim_order', transformationType: 'sql' };
    for (const runId of ['r1', 'r2']) {
      store.beginRun({ runId, command: 'run' });
      store.recordLineage(runId, [relation, { ...relation, targetTable: 'dim_customer' }, relation]);
      store.recordLineage(runId, [relation]);
    }
    expect(store.lineageOf('r2')).toEqual([
      { runId: 'r2', ...relation },
      { runId: 'r2', ...relation, targetTable: 'dim_customer' },
    ]);
  });

  test('the known hashes of a run are the files whose rows it has', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    const source = (name: string, status: SourceEntry['status'], loadId?: number): SourceEntry => ({
      loadId,
      fileName: name,
      path: `/shop/${name}`,
      bytes: 5_000_000_000,
      sha256: name.padEnd(64, '0'),
      recordCount: 10,
      loadedRows: 9,
      malformedCount: 1,
      blankCount: 0,
      status,
    });
    const carried = { ...source('a', 'carried', 1), rejectedRows: 2, loadedAt: '2024-02-01T00:00:00.000Z' };
    store.recordSources('r1', [carried, source('b', 'loaded', 2), source('c', 'duplicate')]);
    expect(store.sourcesOf('r1')).toEqual([
      { runId: 'r1', ...carried },
      { runId: 'r1', ...source('b', 'loaded', 2), rejectedRows: null, loadedAt: '2024-03-01T10:00:00.000Z' },
      expect.objectContaining({ fileName: 'c', loadId: null, status: 'duplicate' }),
    ]);
    expect([...store.knownHashesOf('r1').values()].map((known) => known.loadId)).toEqual([1, 2]);
    expect(store.knownHashesOf('r2').size).toBe(0);
  });

  test('the ledger keeps its order and money to the cent as text', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    const line = { stage: 'file to staging', measure: 'money', status: 'balanced' } as const;
    const amounts = { expected: '90071992547409931.10', actual: '90071992547409931.10', difference: '0.00' };
    store.recordLedger('r1', [{ ...line, ...amounts }]);
    store.recordLedger('r1', [
      { ...line, measure: 'rows', expected: '10', actual: '9', difference: '1', status: 'gap' },
      { ...line, ...amounts },
    ]);
    expect(store.ledgerOf('r1').map((entry) => [entry.position, entry.measure, entry.expected, entry.status])).toEqual([
      [1, 'money', '90071992547409931.10', 'balanced'],
      [2, 'rows', '10', 'gap'],
      [3, 'money', '90071992547409931.10', 'balanced'],
    ]);
  });

  test('segments of a run are recorded as a whole; without a run before there are no moves', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    store.beginRun({ runId: 'r2', command: 'run' });
    store.recordSegments('r1', { memberships: { New: 2, Lost: 1 }, previousRunId: undefined, moves: [] });
    expect(store.segmentsOf('r1')).toEqual({ Lost: 1, New: 2 });
    expect(store.segmentMigrationOf('r1')).toBeUndefined();
    const moves = [
      { from: 'New', to: 'Lost', customers: 1 },
      { from: 'New', to: 'New', customers: 1 },
    ];
    store.recordSegments('r2', { memberships: { New: 9 }, previousRunId: 'r1', moves: [] });
    store.recordSegments('r2', { memberships: { New: 1, Lost: 2 }, previousRunId: 'r1', moves });
    expect(store.segmentsOf('r2')).toEqual({ Lost: 2, New: 1 });
    expect(store.segmentMigrationOf('r2')).toEqual({ runId: 'r2', previousRunId: 'r1', moves });
  });

  test('one snapshot is published at a time, through publish, rollback and removal', () => {
    const { store, clock } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    const statuses = () => store.snapshots().map((snapshot) => [snapshot.snapshotId, snapshot.status]);
    const snapshot = { runId: 'r1', layers: { staging: 's1' }, rowCounts: { 'staging.stg_sales_raw': 40_000 } };
    store.recordSnapshot({ snapshotId: 's1', ...snapshot });
    clock.set('2024-03-02T00:00:00.000Z');
    store.recordSnapshot({ snapshotId: 's2', ...snapshot });
    expect(statuses()).toEqual([
      ['s1', 'retired'],
      ['s2', 'published'],
    ]);
    expect(store.snapshots()[0]).toEqual({
      snapshotId: 's1',
      ...snapshot,
      createdAt: '2024-03-01T10:00:00.000Z',
      publishedAt: '2024-03-01T10:00:00.000Z',
      retiredAt: '2024-03-02T00:00:00.000Z',
      status: 'retired',
    });
    expect(store.republishSnapshot('s1')).toBe(true);
    expect(store.publishedSnapshot()).toMatchObject({ snapshotId: 's1', retiredAt: null });
    expect(store.removeSnapshot('s1')).toBe(false);
    expect(store.removeSnapshot('s2')).toBe(true);
    expect(store.republishSnapshot('s2')).toBe(false);
    expect(store.republishSnapshot('s3')).toBe(false);
    expect(statuses()).toEqual([
      ['s1', 'published'],
      ['s2', 'removed'],
    ]);
    store.recordSnapshot({ snapshotId: 's1', ...snapshot });
    expect(statuses()[0]).toEqual(['s1', 'published']);
  });

  test('a list of which one entry is refused leaves none behind', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    const good = {
      stage: 's',
      measure: 'rows',
      expected: '1',
      actual: '1',
      difference: '0',
      status: 'balanced',
    } as const;
    const rows = [good, { ...good, difference: undefined as unknown as string }];
    expect(() => store.recordLedger('r1', rows)).toThrow('NOT NULL');
    expect(store.ledgerOf('r1')).toEqual([]);
    expect(() => store.recordChecks('r9', [])).not.toThrow();
    expect(() => store.recordTable('r9', { layer: 'staging', tableName: 'a', status: 'success' })).toThrow(
      'FOREIGN KEY',
    );
  });

  test('a transaction that throws leaves nothing, and the store goes on', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    const table: TableEntry = { layer: 'staging', tableName: 'a', status: 'success' };
    const work = () =>
      store.transaction(() => {
        store.recordTable('r1', table);
        store.recordLineage('r1', [{ sourceTable: 'a', targetTable: 'b', transformationType: 'sql' }]);
        throw new Error('stop');
      });
    expect(work).toThrow('stop');
    expect([...store.tablesOf('r1'), ...store.lineageOf('r1')]).toEqual([]);
    store.recordTable('r1', table);
    expect(store.tablesOf('r1')).toHaveLength(1);
  });
});

describe('text is data', () => {
  test('[S19] values that look like SQL are stored as they are', () => {
    const { store } = temporaryStore();
    const runId = `'; drop table runs; -- $1 ? \\ :name`;
    store.beginRun({ runId, command: runId });
    expect(store.run(runId)?.command).toBe(runId);
  });

  test('NUL and half surrogates are made visible and never throw', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run', config: { value: 'a\0b\ud800' } });
    store.finishRun('r1', { status: 'failed', durationSeconds: 1, errorMessage: 'value "a\0b\ud800c" \u001b[31m' });
    expect(store.run('r1')?.errorMessage).toBe('value "a\u2400b\ufffdc" \u001b[31m');
    expect(store.run('r1')?.config).toEqual({ value: 'a\0b\ud800' });
  });

  test('any text comes back whole', () => {
    const { store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    let count = 0;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const tableName = `t${count++}`;
        store.recordTable('r1', { layer: 'staging', tableName, status: 'failed', errorMessage: text });
        expect(store.tablesOf('r1').at(-1)?.errorMessage).toBe(storableText(text));
      }),
      { numRuns: 100 },
    );
    expect(count).toBeGreaterThanOrEqual(100);
  });
});

test("a whole run's records are written in a moment", () => {
  const { store } = temporaryStore();
  const check: CheckEntry = {
    layer: 'business',
    tableName: 'monthly_metrics',
    checkType: 'not_null',
    checkName: 'not_null(period_month)',
    severity: 'error',
    status: 'passed',
    expectedValue: '0',
    actualValue: '0',
  };
  const lineage = Array.from({ length: 60 }, (_, index): LineageEntry => {
    return { sourceTable: `a${index}`, targetTable: `b${index}`, transformationType: 'sql' };
  });
  const start = performance.now();
  store.beginRun({ runId: 'r1', command: 'run' });
  for (let index = 0; index < 30; index++) {
    store.recordTable('r1', { layer: 'business', tableName: `t${index}`, status: 'success', rowCount: 276 });
  }
  store.recordChecks('r1', Array<CheckEntry>(150).fill(check));
  store.recordLineage('r1', lineage);
  store.finishRun('r1', { status: 'success', durationSeconds: 1 });
  const elapsedMs = performance.now() - start;
  expect([store.tablesOf('r1').length, store.checksOf('r1').length, store.lineageOf('r1').length]).toEqual([
    30, 150, 60,
  ]);
  expect(elapsedMs).toBeLessThan(500); // About 5 ms; the margin is for a busy machine.
});
