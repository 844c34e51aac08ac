import { describe, expect, test } from 'vitest';
import { openPlace } from '../../support/postgres/place.ts';
import { buildSnapshot, publishSnapshot } from '../../support/small-snapshot.ts';

const everything = { keep: new Set<string>() };

describe('removing snapshots', () => {
  test('takes their schemas, and leaves the published ones', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    await publishSnapshot(engine, 'two', 2);
    expect(await engine.remove(everything)).toEqual({ snapshotIds: ['one'], left: [] });
    expect(await place.schemas()).toEqual(['business', 'staging', 'warehouse']);
  });

  test('what a killed run has built goes, with the sessions that it left on the server', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    await buildSnapshot(engine, 'killed', 2);
    const orphan = await place.client();
    await orphan.query(`set application_name = 'marketing-pipeline killed'`);
    await orphan.query(`begin; select * from ${place.prefix}staging__killed.fact`);
    const { snapshotIds, left } = await engine.remove({ crashed: new Set(['killed']) });
    expect({ snapshotIds, left }).toEqual({ snapshotIds: ['killed'], left: [] });
    expect(await place.schemas()).toEqual(['business', 'staging', 'warehouse']);
    await expect(orphan.query('select 1')).rejects.toThrow();
  });

  test('a view of somebody else over an old snapshot keeps it: nothing of theirs is dropped, and the reason is said', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    await place.sql('create schema {p}reports; create view {p}reports.v as select snapshot from {p}business.fact');
    await publishSnapshot(engine, 'two', 2);
    const { snapshotIds, left } = await engine.remove(everything);
    expect(snapshotIds).toEqual([]);
    expect(left.join()).toMatch(/schema "t\w+_business__one" is left: .*depend/s);
    expect(await place.sql('select snapshot from {p}reports.v')).toEqual([['one']]);
    await place.sql('drop view {p}reports.v');
    expect(await engine.remove(everything)).toEqual({ snapshotIds: ['one'], left: [] });
  });

  test('a table that somebody has made in a published layer keeps it too', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    await place.sql(`create table {p}business.notes (note text); create view {p}business.mine as select 1 as one;
      create materialized view {p}business.kept as select 2 as two; create sequence {p}business.numbers`);
    await publishSnapshot(engine, 'two', 2);
    const { left } = await engine.remove(everything);
    expect(left.join()).toMatch(/business__one" is left/);
    expect(await place.sql('select count(*)::int from {p}business__one.notes')).toEqual([[0]]);
    expect(await place.sql('select one from {p}business__one.mine')).toEqual([[1]]);
  });

  test('a snapshot that is being read is left for the next time', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    await publishSnapshot(engine, 'two', 2);
    const reader = await place.client();
    await reader.query(`begin; select * from ${place.prefix}staging__one.fact`);
    const { left } = await engine.remove(everything);
    expect(left.join()).toMatch(/staging__one" is left: /);
    await reader.query('commit');
    expect((await engine.remove(everything)).snapshotIds).toEqual(['one']);
    expect(await place.schemas()).toEqual(['business', 'staging', 'warehouse']);
  });

  test('schemas that only look like ours are left alone', async () => {
    const place = openPlace();
    const engine = place.engine();
    await publishSnapshot(engine, 'one', 1);
    await place.sql('create schema {p}staging__old; create table {p}staging__old.x as select 1 as n');
    expect(await engine.remove({ crashed: new Set(['old']) })).toEqual({ snapshotIds: [], left: [] });
    expect(await place.sql('select n from {p}staging__old.x')).toEqual([[1]]);
  });
});
