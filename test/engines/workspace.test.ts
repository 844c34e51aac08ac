import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { QueryError } from '../../src/engines/query-error.ts';
import { singleValue } from '../../src/engines/result-set.ts';
import { CancelledError, UsageError } from '../../src/errors.ts';
import { onlyOn } from '../support/on-engines.ts';
import { engineSettings, layerSchemas } from '../support/postgres/test-database.ts';
import { errorOf } from '../support/run-shop.ts';
import { makeEngine, openWorkspace } from '../support/small-snapshot.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Minutes of work for one thread. */
const ENDLESS = `
  select count(*)
  from generate_series(1, 100000) as a (n), generate_series(1, 100000) as b (n), generate_series(1, 1000) as c (n)
  where a.n * b.n + c.n < 0`;

const testDuckDb = onlyOn('duckdb', 'a server has its own memory and files');

/** What is there of unfinished snapshots: files, or schemas. */
async function leftOf(folder: string): Promise<string[]> {
  const settings = engineSettings(folder);
  if (settings.engine === 'postgres') return layerSchemas(settings);
  return ['snapshots', 'tmp'].flatMap((name) => {
    const path = join(folder, 'data', name);
    return existsSync(path) ? readdirSync(path) : [];
  });
}

describe('a workspace', () => {
  test('stores a table in the order of its grain and says how many rows it has', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const sql = `select * from (values ('b', 1), ('a', 2), ('a', 1)) as given (name, number)`;
    const spec = { layer: 'staging', name: 'things', kind: 'table', sql, orderBy: ['name', 'number'] } as const;
    expect(await workspace.createRelation(spec)).toBe(3);
    const { rows } = await workspace.query(`select name, number from ${workspace.relation('staging', 'things')}`);
    expect(rows).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 1],
    ]);
  });

  test('a model that ends in a comment or orders by itself can be built', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const sql = 'select 1 as n order by 1 -- the end';
    expect(await workspace.createRelation({ layer: 'business', name: 'x', kind: 'table', sql, orderBy: ['n'] })).toBe(
      1,
    );
  });

  test('makes a view that answers and counts its rows', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const spec = {
      layer: 'warehouse',
      name: 'v',
      kind: 'view',
      sql: 'select n from generate_series(1, 5) as given (n)',
    } as const;
    expect(await workspace.createRelation({ ...spec, orderBy: [] })).toBe(5);
  });

  test('makes a table of rows from JavaScript: every type, quotes, nulls, order', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const columns = [
      { name: 'id', sqlType: 'bigint' },
      { name: 'text', sqlType: 'varchar' },
      { name: 'money', sqlType: 'decimal(18, 2)' },
      { name: 'day', sqlType: 'date' },
      { name: 'flag', sqlType: 'boolean' },
      { name: 'share', sqlType: 'double precision' },
    ];
    const rows = [
      [9007199254740993n, `it's\n"quoted"`, '12345678901234.56', '2024-02-29', true, 1e-7],
      [1, null, null, null, null, null],
    ];
    await workspace.createFromRows({ layer: 'business', name: 'made', columns, rows, orderBy: ['id'] });
    const { rows: stored } = await workspace.query(`select * from ${workspace.relation('business', 'made')}`);
    expect(stored).toEqual([
      [1, null, null, null, null, null],
      ['9007199254740993', `it's\n"quoted"`, '12345678901234.56', '2024-02-29', true, 1e-7],
    ]);
  });

  test('makes a table of very many rows from JavaScript, with the same values', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const columns = [
      { name: 'id', sqlType: 'bigint' },
      { name: 'text', sqlType: 'varchar' },
      { name: 'money', sqlType: 'decimal(18, 2)' },
      { name: 'flag', sqlType: 'boolean' },
      { name: 'share', sqlType: 'double precision' },
    ];
    const texts = ['', '=', `it's "q"`, 'a,b', 'x\ny\r\n', ' spaces ', null, 'ü😀', 'NULL', '\\.'];
    const rows = Array.from({ length: 30_000 }, (_, n) => [
      9007199254740993n + BigInt(n),
      texts[n % texts.length] ?? null,
      n % 3 === 0 ? null : `${n}.05`,
      n % 2 === 0,
      n === 5 ? null : n * 1e-7,
    ]);
    const spec = { layer: 'business', name: 'many', columns, orderBy: ['id'] } as const;
    expect(await workspace.createFromRows({ ...spec, rows })).toBe(30_000);
    const relation = workspace.relation('business', 'many');
    const { rows: stored, columns: types } = await workspace.query(`select * from ${relation} order by id`);
    expect(types.map(({ type }) => type)).toEqual(['integer', 'text', 'decimal', 'boolean', 'double']);
    expect(stored).toEqual(rows.map(([id, ...others]) => [String(id), ...others]));
    const one = { columns: [{ name: 'x', sqlType: 'varchar' }], orderBy: [] };
    const nulls = Array.from({ length: 5_000 }, () => [null]);
    expect(await workspace.createFromRows({ layer: 'business', name: 'nulls', ...one, rows: nulls })).toBe(5_000);
    await expect(
      workspace.createFromRows({ ...spec, name: 'bad', rows: [...rows, [1n, '', '1', true, Number.NaN]] }),
    ).rejects.toThrow(/not a number/);
  });

  test('makes a table of rows that come one by one, few or many, and reads each of them once', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const columns = [{ name: 'id', sqlType: 'integer' }];
    for (const count of [0, 1, 1_999, 2_000, 2_001, 5_000]) {
      let made = 0;
      function* rows() {
        for (; made < count; made++) yield [made];
      }
      const spec = { layer: 'business', name: `counted_${count}`, columns, orderBy: ['id'] } as const;
      expect(await workspace.createFromRows({ ...spec, rows: rows() })).toBe(count);
      const relation = workspace.relation('business', spec.name);
      const { rows: stored } = await workspace.query(`select count(distinct id), min(id), max(id) from ${relation}`);
      expect(stored).toEqual([[count, count === 0 ? null : 0, count === 0 ? null : count - 1]]);
      expect(made).toBe(count);
    }
  });

  test('makes an empty table with the right columns of no rows', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const columns = [{ name: 'day', sqlType: 'date' }];
    expect(await workspace.createFromRows({ layer: 'business', name: 'none', columns, rows: [], orderBy: [] })).toBe(0);
    const { columns: stored } = await workspace.query(`select * from ${workspace.relation('business', 'none')}`);
    expect(stored).toEqual([{ name: 'day', type: 'date' }]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s, which no table may hold', async (value) => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const spec = { columns: [{ name: 'x', sqlType: 'double precision' }], rows: [[value]], orderBy: [] };
    await expect(workspace.createFromRows({ layer: 'business', name: 'bad', ...spec })).rejects.toThrow(/not a number/);
  });

  test('[S30] [O11] aborting interrupts a statement within a second and the connection stays usable', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const controller = new AbortController();
    const running = workspace.query(ENDLESS, { signal: controller.signal });
    const outcome = errorOf(CancelledError, running);
    await delay(200);
    const abortedAt = performance.now();
    controller.abort();
    expect((await outcome).exitCode).toBe(130);
    expect(performance.now() - abortedAt).toBeLessThan(2_000);
    expect(singleValue(await workspace.query('select 42'))).toBe(42);
  });

  test('an aborted signal keeps a statement from starting', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    await errorOf(
      CancelledError,
      workspace.execute('create table staging.x as select 1', { signal: AbortSignal.abort() }),
    );
    await expect(workspace.query('select * from staging.x')).rejects.toThrow(/does not exist/);
  });

  test('a refused statement is an error with its SQL, and the workspace stays usable', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const error = await errorOf(QueryError, workspace.query('select nonsense from nowhere'));
    expect(error.sql).toBe('select nonsense from nowhere');
    expect(error.message).toMatch(/"?nowhere"? does not exist/);
    expect(singleValue(await workspace.query('select 1'))).toBe(1);
  });

  test('statements at the same time use connections of their own', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const numbers = Array.from({ length: 8 }, (_, n) => n);
    const results = await Promise.all(
      numbers.map((n) => workspace.query(`select ${n} + count(*) from generate_series(1, 100000)`)),
    );
    expect(results.map(singleValue)).toEqual(numbers.map((n) => n + 100000));
  });

  test.each(['UTC', 'America/New_York', 'Asia/Kolkata'])(
    '[O32] the time zone of the environment (%s) does not reach the engine',
    async (zone) => {
      vi.stubEnv('TZ', zone);
      onTestFinished(() => void vi.unstubAllEnvs());
      const workspace = await openWorkspace(makeEngine(temporaryFolder()));
      const zones = await Promise.all([1, 2, 3].map(() => workspace.query(`select current_setting('TimeZone')`)));
      expect(zones.map(singleValue)).toEqual(['UTC', 'UTC', 'UTC']);
      const day = `select cast(cast(timestamptz '2024-03-10 02:30:00+00' as date) as varchar)`;
      expect(singleValue(await workspace.query(day))).toBe('2024-03-10');
    },
  );

  testDuckDb('[S31] nothing is downloaded: extensions are neither installed nor loaded by themselves', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const names = ['autoinstall_known_extensions', 'autoload_known_extensions', 'allow_community_extensions'];
    for (const name of names) {
      expect(singleValue(await workspace.query(`select current_setting('${name}')`)), name).toBe(false);
    }
    await expect(workspace.query(`select * from 'https://example.invalid/x.parquet'`)).rejects.toThrow(/httpfs/);
  });

  testDuckDb('settings for threads, memory and temporary folder reach the engine', async () => {
    const folder = temporaryFolder();
    const tempDir = join(folder, 'spill');
    const workspace = await openWorkspace(makeEngine(folder, { threads: 2, memoryLimit: '321MB', tempDir }));
    const setting = async (name: string) => singleValue(await workspace.query(`select current_setting('${name}')`));
    expect(await setting('threads')).toBe(2);
    expect(await setting('memory_limit')).toBe('306.1 MiB');
    expect(await setting('temp_directory')).toBe(join(tempDir, 'one'));
  });

  testDuckDb('[O15] what does not fit into memory goes to a private folder, which is gone afterwards', async () => {
    const folder = temporaryFolder();
    const engine = makeEngine(folder, { memoryLimit: '60MB' });
    const workspace = await openWorkspace(engine);
    const sql = 'select range as id, md5(cast(range as varchar)) as text from range(1500000)';
    await workspace.createRelation({ layer: 'staging', name: 'big', kind: 'table', sql, orderBy: ['text'] });
    await workspace.discard();
    expect(readdirSync(join(folder, 'data', 'tmp'))).toEqual([]);
  });

  testDuckDb('[O14] too little memory is an error that says what to do, and the workspace stays usable', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder(), { memoryLimit: '40MB' }));
    const error = await errorOf(QueryError, workspace.query('select list(range) from range(20000000)'));
    expect(error.message).toMatch(/^Out of Memory/);
    expect(error.remedy.join()).toContain('memoryLimit');
    expect(singleValue(await workspace.query('select 1'))).toBe(1);
  });

  test('discarding removes everything, also after a failure and twice', async () => {
    const folder = temporaryFolder();
    const workspace = await openWorkspace(makeEngine(folder));
    await workspace.query('select nonsense').catch(() => undefined);
    await workspace.discard();
    await workspace.discard();
    expect(await leftOf(folder)).toEqual([]);
  });

  test('a workspace that cannot be opened leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const engine = makeEngine(folder);
    const missing = { staging: { snapshotId: 'gone', location: 'snapshots/gone/staging.duckdb' } };
    await expect(engine.createWorkspace({ snapshotId: 'two', carried: missing })).rejects.toThrow(
      /is missing|no longer in the database/,
    );
    expect(await leftOf(folder)).toEqual([]);
  });

  testDuckDb('a data folder with a question mark is refused: DuckDB would write its log elsewhere', async () => {
    const engine = makeEngine(join(temporaryFolder(), 'why?'));
    const error = await errorOf(UsageError, engine.createWorkspace({ snapshotId: 'one', carried: {} }));
    expect(error.message).toMatch(/why\?\/data has a question mark/);
  });
});
