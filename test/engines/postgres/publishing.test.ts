import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { DamagedError } from '../../../src/engines/damaged-error.ts';
import { RunError, UsageError } from '../../../src/errors.ts';
import { openPlace } from '../../support/postgres/place.ts';
import { errorOf } from '../../support/run-shop.ts';
import { buildSnapshot, openReader, publishSnapshot } from '../../support/small-snapshot.ts';

describe('publishing by renaming schemas', () => {
  test('the published layers are schemas of plain names, the snapshot before lies beside them', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    expect(await place.schemas()).toEqual(['business', 'staging', 'warehouse']);
    await publishSnapshot(engine, 'two', 2);
    expect(await place.schemas()).toEqual([
      'business',
      'business__one',
      'staging',
      'staging__one',
      'warehouse',
      'warehouse__one',
    ]);
    expect(await place.sql('select snapshot from {p}staging.fact')).toEqual([['two']]);
    expect(await place.sql('select snapshot from {p}staging__one.fact')).toEqual([['one']]);
  });

  test('going back swaps them again, and forward once more', async () => {
    const place = openPlace();
    const engine = place.engine();
    const first = await publishSnapshot(engine, 'one', 1);
    const second = await publishSnapshot(engine, 'two', 2, { staging: first.layers.staging });
    const seen = () =>
      place.sql('select snapshot from {p}staging.fact union all select snapshot from {p}business.fact order by 1');
    expect(await seen()).toEqual([['one'], ['two']]);
    await engine.publish(first);
    expect(await seen()).toEqual([['one'], ['one']]);
    await engine.publish(second);
    expect(await seen()).toEqual([['one'], ['two']]);
    expect((await engine.published())?.snapshotId).toBe('two');
  });

  test('no statement of anybody sees tables of two snapshots while they are published one after the other', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 's0', 1);
    let isDone = false;
    const pairs: string[][] = [];
    const watch = async () => {
      const session = await place.client();
      const { prefix } = place;
      while (!isDone) {
        const { rows } = await session.query<string[]>({
          text: `select a.snapshot, b.snapshot, c.snapshot from ${prefix}staging.fact as a, ${prefix}warehouse.fact as b, ${prefix}business.fact as c`,
          rowMode: 'array',
        });
        for (const row of rows) pairs.push(row);
        expect(rows).toHaveLength(1);
      }
    };
    const watchers = [watch(), watch(), watch()];
    for (let n = 1; n <= 12; n++) {
      await publishSnapshot(engine, `s${n}`, n + 1);
      await engine.remove({ keep: new Set([`s${n}`, `s${n - 1}`]) });
    }
    isDone = true;
    await Promise.all(watchers);
    for (const row of pairs) expect(new Set(row).size, row.join()).toBe(1);
    expect(new Set(pairs.map(([snapshot]) => snapshot)).size).toBeGreaterThan(4);
  });

  test('waits for whoever reads, lets others read meanwhile, says for whom it waits, and then publishes', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    const reader = await place.client();
    await reader.query(`set application_name = 'monthly report'`);
    await reader.query(`begin; select * from ${place.prefix}warehouse.fact`);
    const second = await buildSnapshot(engine, 'two', 2);
    const reasons: string[] = [];
    const publishing = engine.publish(second, { onWait: (reason) => reasons.push(reason) });
    await delay(1_500);
    expect(await place.sql('select snapshot from {p}warehouse.fact')).toEqual([['one']]);
    await reader.query('commit');
    await publishing;
    expect(reasons[0]).toMatch(/waits for monthly report of postgres from .*server process \d+/);
    expect(await place.sql('select snapshot from {p}warehouse.fact')).toEqual([['two']]);
  });

  test('gives up after publishWaitSeconds: the old data stays, and the error names who reads and how to end it', async () => {
    const place = openPlace();
    const engine = place.engine({ publishWaitSeconds: 1 });
    await publishSnapshot(engine, 'one', 1);
    const reader = await place.client();
    await reader.query(`begin; select * from ${place.prefix}business.fact`);
    const { rows } = await reader.query<{ pid: number }>('select pg_backend_pid() as pid');
    const second = await buildSnapshot(engine, 'two', 2);
    const error = await errorOf(RunError, engine.publish(second));
    expect(error.message).toMatch(/were read without a pause for 1 seconds by .*nothing was published/);
    expect(error.remedy.join('\n')).toContain(`pg_terminate_backend(${rows[0]?.pid})`);
    expect((await engine.published())?.snapshotId).toBe('one');
    expect(await place.schemas()).toContain('staging__two');
    await reader.query('rollback');
    await engine.publish(second);
    expect((await engine.published())?.snapshotId).toBe('two');
  });

  test('a reader of ours that stops in the middle of a stream holds publishing up, one that does nothing does not', async () => {
    const place = openPlace();
    const engine = place.engine({ publishWaitSeconds: 1 });
    const first = await publishSnapshot(engine, 'one', 1);
    const reader = await openReader(engine, first);
    await reader.query('select * from staging.fact');
    await publishSnapshot(engine, 'two', 2);
    const rows = reader.stream('select * from staging.fact, generate_series(1, 100000)')[Symbol.asyncIterator]();
    await rows.next();
    const third = await buildSnapshot(engine, 'three', 3);
    await errorOf(RunError, engine.publish(third));
    await rows.return?.();
    await engine.publish(third);
    expect((await reader.query('select snapshot from staging.fact')).rows).toEqual([['one']]);
  });

  test('rights that roles have on the published layers are theirs after the next run, table by table', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    const role = `${place.prefix}analyst"s`;
    const name = `"${role.replaceAll('"', '""')}"`;
    const admin = await place.client();
    await admin.query(`create role ${name}`);
    try {
      await admin.query(`
        grant usage on schema ${place.prefix}business to ${name};
        grant select on ${place.prefix}business.fact to ${name};
        grant usage on schema ${place.prefix}staging to public`);
      await publishSnapshot(engine, 'two', 2);
      const may = async (what: string) =>
        (await admin.query({ text: `select ${what}`, values: [role], rowMode: 'array' })).rows[0]?.[0];
      const table = `'${place.prefix}business.fact'`;
      expect(await may(`has_schema_privilege($1, '${place.prefix}business', 'usage')`)).toBe(true);
      expect(await may(`has_table_privilege($1, ${table}, 'select')`)).toBe(true);
      expect(await may(`has_table_privilege($1, ${table}, 'update')`)).toBe(false);
      expect(await may(`has_schema_privilege($1, '${place.prefix}staging', 'usage')`)).toBe(true);
      expect(await may(`has_schema_privilege($1, '${place.prefix}warehouse', 'usage')`)).toBe(false);
      expect(await may(`has_table_privilege($1, '${place.prefix}staging.fact', 'select')`)).toBe(false);
    } finally {
      await admin.query(`drop owned by ${name}; drop role ${name}`);
    }
  });

  test('a schema that somebody else has made is never touched: the run is refused with the setting that avoids it', async () => {
    const place = openPlace();
    await place.sql('create schema {p}warehouse; create table {p}warehouse.mine as select 42 as answer');
    const engine = place.engine();
    const error = await errorOf(UsageError, engine.createWorkspace({ snapshotId: 'one', carried: {} }));
    expect(error.message).toMatch(/has a schema "t\w+_warehouse" that this program has not made/);
    expect(error.remedy.join()).toContain('schemaPrefix');
    expect(await place.sql('select answer from {p}warehouse.mine')).toEqual([[42]]);
    expect(await place.schemas()).toEqual(['warehouse']);
  });

  test('two pipelines of different prefixes share a database', async () => {
    const [one, two] = [openPlace(), openPlace()];
    await publishSnapshot(one.engine(), 'a', 1);
    await publishSnapshot(two.engine(), 'b', 1);
    await one.engine().remove({ keep: new Set() });
    expect(await one.sql('select snapshot from {p}staging.fact')).toEqual([['a']]);
    expect(await two.sql('select snapshot from {p}staging.fact')).toEqual([['b']]);
    expect((await two.engine().snapshots()).map(({ snapshotId }) => snapshotId)).toEqual(['b']);
  });

  test('a published layer that somebody has dropped is said to be gone, and another snapshot can be gone back to', async () => {
    const place = openPlace();
    const engine = place.engine();
    const first = await publishSnapshot(engine, 'one', 1);
    const second = await publishSnapshot(engine, 'two', 2);
    await place.sql('drop schema {p}business cascade');
    const error = await errorOf(DamagedError, engine.openReader(second));
    expect(error.message).toBe('the business layer of snapshot two is no longer in the database');
    expect(error.remedy.join()).toContain('rollback');
    await engine.publish(first);
    expect(await place.sql('select snapshot from {p}business.fact')).toEqual([['one']]);
  });
});
