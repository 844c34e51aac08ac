import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PipelineError } from '../../src/errors.ts';
import { MIGRATIONS } from '../../src/metadata/schema.ts';
import { openMetadata, openMetadataReadOnly } from '../../src/metadata/store.ts';
import { fixedClock, temporaryFolder, temporaryStore } from './helpers.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

function mode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

function columnsOf(database: DatabaseSync, table: string): unknown[] {
  return database
    .prepare('select name from pragma_table_info(?)')
    .all(table)
    .map((column) => column.name);
}

describe('opening the store', () => {
  test('a new store has the tables and columns that the original names', () => {
    const { path } = temporaryStore();
    const database = new DatabaseSync(path, { readOnly: true });
    onTestFinished(() => database.close());
    expect(columnsOf(database, 'pipeline_runs')).toEqual(
      expect.arrayContaining(
        'run_id layer table_name status start_time end_time row_count error_message duration_seconds'.split(' '),
      ),
    );
    expect(columnsOf(database, 'data_quality_checks')).toEqual(
      expect.arrayContaining(
        'check_id run_id table_name check_type check_name expected_value actual_value status error_details check_time'.split(
          ' ',
        ),
      ),
    );
    expect(columnsOf(database, 'table_lineage')).toEqual(
      expect.arrayContaining('source_table target_table transformation_type'.split(' ')),
    );
  });

  test('a new store and its log belong to the owner alone, whatever the umask', () => {
    const before = process.umask(0);
    onTestFinished(() => {
      process.umask(before);
    });
    const { path, store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    expect(mode(join(path, '..'))).toBe('700');
    expect(readdirSync(join(path, '..')).map((name) => [name, mode(join(path, '..', name))])).toEqual([
      ['metadata.db', '600'],
      ['metadata.db-shm', '600'],
      ['metadata.db-wal', '600'],
    ]);
  });

  test('a file that is opened again keeps its runs', () => {
    const { path, clock, store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    store.close();
    const again = openMetadata(path, clock);
    onTestFinished(() => again.close());
    expect(again.lastRuns(5).map((run) => run.runId)).toEqual(['r1']);
  });

  test('closing moves everything into the one file, even while a reader is open', () => {
    const { path, store } = temporaryStore();
    const reader = openMetadataReadOnly(path);
    onTestFinished(() => reader?.close());
    store.beginRun({ runId: 'r1', command: 'run' });
    store.close();
    const url = pathToFileURL(path);
    url.searchParams.set('immutable', '1'); // Reads the file without its log.
    const copy = new DatabaseSync(url, { readOnly: true });
    onTestFinished(() => copy.close());
    expect(copy.prepare('select run_id from runs').all()).toEqual([{ run_id: 'r1' }]);
  });

  test('[O36] a store of a newer release is refused with advice, for writing and for reading', () => {
    const { path, clock, store } = temporaryStore();
    store.close();
    const database = new DatabaseSync(path);
    database.exec('pragma user_version = 7');
    database.close();
    for (const open of [() => openMetadata(path, clock), () => openMetadataReadOnly(path)]) {
      const error = thrownBy(open);
      expect(error).toBeInstanceOf(PipelineError);
      expect(error).toMatchObject({
        message: `${path} has schema version 7; this release knows versions up to ${MIGRATIONS.length}`,
        remedy: [expect.stringContaining('install the newer')],
      });
    }
  });

  test.each(['writing', 'reading'])('[O36] a store of an earlier release is migrated when opened for %s', (purpose) => {
    const { path, clock, store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    store.close();
    const next = [...MIGRATIONS, 'alter table runs add column host text; create table more (n integer)'];
    const opened = purpose === 'writing' ? openMetadata(path, clock, next) : openMetadataReadOnly(path, next);
    onTestFinished(() => opened?.close());
    expect(opened?.run('r1')).toMatchObject({ runId: 'r1', status: 'running' });
    const database = new DatabaseSync(path, { readOnly: true });
    onTestFinished(() => database.close());
    expect(database.prepare('pragma user_version').get()).toEqual({ user_version: MIGRATIONS.length + 1 });
    expect(columnsOf(database, 'more')).toEqual(['n']);
  });

  test('[O37] a migration that fails midway leaves the store as it was', () => {
    const { path, clock, store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    store.close();
    const broken = [...MIGRATIONS, 'create table more (n integer); insert into nowhere values (1)'];
    expect(() => openMetadata(path, clock, broken)).toThrow('no such table: nowhere');
    const again = openMetadata(path, clock);
    onTestFinished(() => again.close());
    expect(again.run('r1')?.status).toBe('running');
    const database = new DatabaseSync(path, { readOnly: true });
    onTestFinished(() => database.close());
    expect(columnsOf(database, 'more')).toEqual([]);
  });

  test('the database of another program is refused and left alone', () => {
    const path = join(temporaryFolder(), 'metadata.db');
    const other = new DatabaseSync(path);
    other.exec('create table pipeline_runs (a integer)');
    other.close();
    for (const open of [() => openMetadata(path, fixedClock()), () => openMetadataReadOnly(path)]) {
      expect(open).toThrow(`${path} is the database of another program`);
    }
  });

  test.each([
    ['text', 'this is not a database, it is a text of some length that somebody wrote\n'.repeat(40)],
    ['a damaged store', `SQLite format 3\0${'\x10\0\x02\x02\0\x40\x20\x20'.padEnd(3000, '\x7f')}`],
  ])('%s in place of the store is a clear error', (_what, content) => {
    const path = join(temporaryFolder(), 'metadata.db');
    writeFileSync(path, content, 'latin1');
    for (const open of [() => openMetadata(path, fixedClock()), () => openMetadataReadOnly(path)]) {
      const error = thrownBy(open);
      expect(error).toBeInstanceOf(PipelineError);
      expect(error).toMatchObject({
        message: expect.stringMatching(/^.*metadata\.db is (not an SQLite database|damaged) \(/),
        remedy: [expect.stringContaining('move it away')],
      });
    }
  });

  test('a folder in place of the store is a clear error', () => {
    const path = join(temporaryFolder(), 'metadata.db');
    mkdirSync(path);
    expect(thrownBy(() => openMetadata(path, fixedClock()))).toBeInstanceOf(PipelineError);
    expect(thrownBy(() => openMetadataReadOnly(path))).toBeInstanceOf(PipelineError);
  });

  test('a file in place of the data folder is a clear error', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'data'), '');
    const path = join(folder, 'data', 'metadata.db');
    expect(() => openMetadata(path, fixedClock())).toThrow(/metadata\.db cannot be written: E(NOTDIR|EXIST)/);
    expect(openMetadataReadOnly(path)).toBeUndefined();
  });

  test('no file, or one that was killed before its schema was made, is no history yet', () => {
    const path = join(temporaryFolder(), 'metadata.db');
    expect(openMetadataReadOnly(path)).toBeUndefined();
    writeFileSync(path, '');
    expect(openMetadataReadOnly(path)).toBeUndefined();
    openMetadata(path, fixedClock()).close();
    expect(openMetadataReadOnly(path)?.lastRuns(3)).toEqual([]);
  });
});

describe('readers beside a writer', () => {
  test('a reader sees each row as soon as it is recorded, and none of an open transaction', () => {
    const { path, store } = temporaryStore();
    const reader = openMetadataReadOnly(path);
    onTestFinished(() => reader?.close());
    store.beginRun({ runId: 'r1', command: 'run' });
    expect(reader?.unfinishedRuns()).toHaveLength(1);
    store.transaction(() => {
      store.recordTable('r1', { layer: 'staging', tableName: 'stg_sales_raw', status: 'success' });
      expect(reader?.tablesOf('r1')).toEqual([]);
    });
    expect(reader?.tablesOf('r1')).toHaveLength(1);
  });

  test('a reader cannot write', () => {
    const { path, store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    const script = `
      import { openReadable } from ${JSON.stringify(new URL('../../src/metadata/connection.ts', import.meta.url).href)};
      const connection = openReadable(${JSON.stringify(path)});
      try { connection.execute('delete from runs'); } catch (error) { console.log(error.message); }`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(child.stderr).toBe('');
    expect(child.stdout).toContain('cannot be written (attempt to write a readonly database)');
    expect(store.lastRuns(5)).toHaveLength(1);
  });

  test('[O19] a history in a folder that nobody may write to can still be read', (context) => {
    const { path, store } = temporaryStore();
    store.beginRun({ runId: 'r1', command: 'run' });
    store.close();
    const folder = join(path, '..');
    for (const each of [folder, join(folder, '..')]) chmodSync(each, 0o555);
    chmodSync(path, 0o444);
    onTestFinished(() => chmodSync(folder, 0o755));
    const script = `
      import { openMetadataReadOnly, openMetadata } from ${JSON.stringify(new URL('../../src/metadata/store.ts', import.meta.url).href)};
      console.log(openMetadataReadOnly(${JSON.stringify(path)}).lastRuns(5)[0].runId);
      try { openMetadata(${JSON.stringify(path)}, { now: () => new Date(0) }); } catch (error) { console.log(error.message); }`;
    const isRoot = process.getuid?.() === 0; // Whom permissions do not stop.
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      cwd: '/',
      ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
    });
    if (isRoot && /EACCES|ERR_MODULE_NOT_FOUND/.test(`${child.error?.message} ${child.stderr}`)) {
      context.skip('root runs the tests, and the unprivileged user may not read the repository');
    }
    expect(child.stderr).toBe('');
    expect(child.stdout.split('\n')).toEqual(['r1', expect.stringMatching(/cannot be written: EACCES/), '']);
    expect(readdirSync(folder)).toEqual(['metadata.db']);
  });
});
