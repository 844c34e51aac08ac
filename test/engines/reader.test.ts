import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { QueryError } from '../../src/engines/query-error.ts';
import type { Row } from '../../src/engines/result-set.ts';
import { CancelledError, PipelineError } from '../../src/errors.ts';
import { onlyOn } from '../support/on-engines.ts';
import { errorOf } from '../support/run-shop.ts';
import { makeEngine, openReader, publishSnapshot } from '../support/small-snapshot.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ENDLESS = `
  select count(*)
  from generate_series(1, 100000) as a (n), generate_series(1, 100000) as b (n), generate_series(1, 1000) as c (n)
  where a.n * b.n + c.n < 0`;

const testFiles = onlyOn('duckdb', 'only it reads from files');

async function published(folder = temporaryFolder()) {
  const engine = makeEngine(folder);
  const manifest = await publishSnapshot(engine, 'one', 1);
  return { folder, engine, manifest };
}

describe('a reader of published layers', () => {
  test('finds the layers by name, and names without one in the layer it was opened for', async () => {
    const { engine, manifest } = await published();
    const reader = await openReader(engine, manifest, 'warehouse');
    const ask = async (table: string) => (await reader.query(`select layer from ${table}`)).rows;
    expect(await ask('staging.fact')).toEqual([['staging']]);
    expect(await ask('business.fact')).toEqual([['business']]);
    const atOnce = await Promise.all([1, 2, 3, 4].map(() => ask('fact')));
    expect(atOnce).toEqual([1, 2, 3, 4].map(() => [['warehouse']]));
  });

  test.each([
    ['attaches no other database', `attach 'other.duckdb' as other`],
    ['writes no file', `copy (select 1) to 'reader-test-out.csv'`],
    ['exports nothing', `export database 'reader-test-out'`],
    ['reads no CSV file', `select * from read_csv('/etc/passwd')`],
    ['reads no text file', `select * from read_text('/etc/passwd')`],
    ['reads no file by its name', `select * from '/etc/passwd'`],
    ['lists no folder', `select * from glob('/*')`],
    ['installs no extension', 'install httpfs'],
    ['loads no extension', 'load httpfs'],
    ['lets nobody open it again', 'set enable_external_access = true'],
    ['lets nobody change a setting', `set memory_limit = '1GB'`],
    ['lets nobody move its temporary files', `set temp_directory = 'elsewhere'`],
    ['changes no published table', 'update staging.fact set id = 7'],
    ['drops no published table', 'drop table staging.fact'],
    ['adds no table to a published layer', 'create table staging.x as select 1'],
    ['checkpoints nothing', 'force checkpoint staging; delete from staging.fact'],
    ['detaches no layer and attaches it for writing', `detach staging; attach 'staging.duckdb' as staging`],
  ])('[S29] [S31] %s', async (_, sql) => {
    const { engine, manifest } = await published();
    const reader = await openReader(engine, manifest);
    await errorOf(PipelineError, reader.query(sql));
    // A second connection is no way round.
    await Promise.all([1, 2, 3].map(() => errorOf(PipelineError, reader.query(sql))));
    expect(existsSync('reader-test-out.csv')).toBe(false);
    const again = await openReader(engine, manifest);
    expect((await again.query('select id from staging.fact')).rows).toEqual([[1]]);
  });

  test('[S30] a query that takes too long can be cancelled and the reader stays usable', async () => {
    const { engine, manifest } = await published();
    const reader = await openReader(engine, manifest);
    const controller = new AbortController();
    const outcome = errorOf(CancelledError, reader.query(ENDLESS, { signal: controller.signal }));
    await delay(150);
    const abortedAt = performance.now();
    controller.abort();
    await outcome;
    expect(performance.now() - abortedAt).toBeLessThan(2_000);
    expect((await reader.query('select count(*) from staging.fact')).rows).toEqual([[1]]);
  });

  test('streams rows in chunks, knows the columns of no rows, and can be left in the middle', async () => {
    const { engine, manifest } = await published();
    const reader = await openReader(engine, manifest);
    const rows: Row[] = [];
    let chunks = 0;
    for await (const chunk of reader.stream('select n from generate_series(0, 9999) as given (n)')) {
      chunks++;
      rows.push(...chunk.rows);
    }
    expect(rows).toEqual(Array.from({ length: 10_000 }, (_, n) => [n]));
    expect(chunks).toBeGreaterThan(2);
    const empty = [];
    for await (const chunk of reader.stream('select 1 as n where false')) empty.push(chunk);
    expect(empty[0]?.columns).toEqual([{ name: 'n', type: 'integer' }]);
    for await (const chunk of reader.stream('select n from generate_series(1, 1000000) as given (n)'))
      if (chunk.rows.length > 0) break;
    expect((await reader.query('select 1')).rows).toEqual([[1]]);
  });

  test('a stream that is cancelled stops and the reader stays usable', async () => {
    const { engine, manifest } = await published();
    const reader = await openReader(engine, manifest);
    const controller = new AbortController();
    const read = async () => {
      const sql = 'select n, md5(cast(n as varchar)) as m from generate_series(1, 50000000) as given (n)';
      for await (const chunk of reader.stream(sql, { signal: controller.signal })) {
        if (chunk.rows.length > 0) controller.abort();
      }
    };
    await errorOf(CancelledError, read());
    expect((await reader.query('select 1')).rows).toEqual([[1]]);
  });

  test('writes Parquet for our own SQL though the instance that answers questions may not write', async () => {
    const { folder, engine, manifest } = await published();
    const reader = await openReader(engine, manifest);
    const path = join(folder, "it's out.parquet");
    await reader.writeParquet('select * from business.fact', path);
    expect(existsSync(path)).toBe(true);
    await errorOf(QueryError, reader.query(`select * from read_parquet('${path.replaceAll("'", "''")}')`));
  });

  testFiles('closing removes its temporary folder and may be repeated', async () => {
    const { folder, engine, manifest } = await published();
    const reader = await engine.openReader(manifest);
    await reader.query('select 1');
    await reader.close();
    await reader.close();
    expect(readdirSync(join(folder, 'data', 'tmp'))).toEqual([]);
  });

  testFiles('published data can be read where nothing may be written', async () => {
    const { folder, manifest } = await published();
    // A file in the place of the folder stops root too, whom permissions do not.
    const engine = makeEngine(folder, { tempDir: join(folder, 'data', 'current.json', 'tmp') });
    const reader = await openReader(engine, manifest);
    expect((await reader.query('select id from staging.fact')).rows).toEqual([[1]]);
    await reader.close();
  });

  testFiles('temporary folders of readers whose process is gone are removed, those of living ones stay', async () => {
    const { folder, engine, manifest } = await published();
    await openReader(engine, manifest);
    const tmp = join(folder, 'data', 'tmp');
    mkdirSync(join(tmp, 'read-999999999-dead'));
    writeFileSync(join(tmp, 'read-999999999-dead', 'duckdb_temp_storage-0.tmp'), 'personal data');
    mkdirSync(join(tmp, 'of-somebody-else'));
    await engine.remove({ crashed: new Set() });
    const left = readdirSync(tmp).sort();
    expect(left).toHaveLength(2);
    expect(left[0]).toBe('of-somebody-else');
    expect(left[1]).toMatch(new RegExp(`^read-${process.pid}-`));
  });
});
