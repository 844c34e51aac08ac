import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DamagedError } from '../../src/engines/damaged-error.ts';
import type { Engine, SnapshotManifest } from '../../src/engines/engine.ts';
import { LAYERS } from '../../src/engines/layer.ts';
import { RunError } from '../../src/errors.ts';
import { onlyOn } from '../support/on-engines.ts';
import { errorOf } from '../support/run-shop.ts';
import { buildSnapshot, makeEngine, manifestOf, openReader, publishSnapshot } from '../support/small-snapshot.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** For tests that look at the files of the data folder. */
const testFiles = onlyOn('duckdb', 'its snapshots are files');

async function twoSnapshots() {
  const folder = temporaryFolder();
  const engine = makeEngine(folder);
  const first = await publishSnapshot(engine, 'one', 1);
  const second = await publishSnapshot(engine, 'two', 2);
  return { folder, data: join(folder, 'data'), engine, first, second };
}

async function answer(engine: Engine, manifest: SnapshotManifest | undefined) {
  if (manifest === undefined) throw new Error('nothing is published');
  const reader = await engine.openReader(manifest);
  try {
    const { rows } = await reader.query(
      'select snapshot from staging.fact union all select snapshot from business.fact',
    );
    return rows.flat();
  } finally {
    await reader.close();
  }
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('snapshots of a data folder', () => {
  test('an empty data folder has nothing published and nothing to list', async () => {
    const engine = makeEngine(temporaryFolder());
    expect(await engine.published()).toBeUndefined();
    expect(await engine.snapshots()).toEqual([]);
    expect((await engine.remove({ keep: new Set() })).snapshotIds).toEqual([]);
  });

  test('what is published last is read; all are listed, newest first', async () => {
    const { engine, first, second } = await twoSnapshots();
    expect(await engine.published()).toEqual(second);
    expect(await engine.snapshots()).toEqual([second, first]);
    expect(await answer(engine, await engine.published())).toEqual(['two', 'two']);
  });

  test('a sealed snapshot is not seen before it is published', async () => {
    const { engine } = await twoSnapshots();
    await buildSnapshot(engine, 'three', 3);
    expect((await engine.published())?.snapshotId).toBe('two');
    expect((await engine.snapshots()).map(({ snapshotId }) => snapshotId)).toEqual(['two', 'one']);
  });

  testFiles('publishing says each durable step in order', async () => {
    const engine = makeEngine(temporaryFolder());
    const points: string[] = [];
    await engine.publish(await buildSnapshot(engine, 'one', 1), { onPoint: (point) => points.push(point) });
    expect(points.slice(0, 3)).toEqual(['manifest written', 'pointer prepared', 'pointer moved']);
  });

  testFiles('[S36] whatever the umask, files are for the owner alone and folders too', async () => {
    const umask = process.umask(0);
    onTestFinished(() => void process.umask(umask));
    const { data } = await twoSnapshots();
    for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isSymbolicLink()) continue;
      expect(modeOf(path), path).toBe(entry.isDirectory() ? '700' : '600');
    }
  });

  testFiles('links for other tools follow the pointer and stay inside the data folder', async () => {
    const { data } = await twoSnapshots();
    for (const layer of LAYERS) {
      expect(readlinkSync(join(data, `${layer}.duckdb`))).toBe(join('snapshots', 'two', `${layer}.duckdb`));
    }
  });

  testFiles('a file of the user in the place of a link is left alone, and publishing succeeds', async () => {
    const { data, engine } = await twoSnapshots();
    rmSync(join(data, 'staging.duckdb'));
    writeFileSync(join(data, 'staging.duckdb'), 'mine');
    await publishSnapshot(engine, 'three', 3);
    expect(readFileSync(join(data, 'staging.duckdb'), 'utf8')).toBe('mine');
    expect(lstatSync(join(data, 'business.duckdb')).isSymbolicLink()).toBe(true);
  });

  testFiles(
    'where a link cannot be made the data is published all the same, and no link leads to old data',
    async () => {
      const { data, engine } = await twoSnapshots();
      mkdirSync(join(data, 'staging.duckdb.new'));
      const points: string[] = [];
      await engine.publish(await buildSnapshot(engine, 'three', 3), { onPoint: (point) => points.push(point) });
      expect((await engine.published())?.snapshotId).toBe('three');
      expect(points.join()).toMatch(/link staging\.duckdb removed: .*staging\.duckdb\.new/);
      expect(existsSync(join(data, 'staging.duckdb'))).toBe(false);
      expect(readlinkSync(join(data, 'warehouse.duckdb'))).toMatch(/three/);
    },
  );

  testFiles(
    '[O05] [O07] an open reader keeps its snapshot while another is published and its own is pruned',
    async () => {
      const { data, engine, first } = await twoSnapshots();
      const reader = await openReader(engine, first);
      await publishSnapshot(engine, 'three', 3);
      expect((await engine.remove({ keep: new Set(['three']) })).snapshotIds).toEqual(['one', 'two']);
      expect(existsSync(join(data, 'snapshots', 'one'))).toBe(false);
      const answers = await Promise.all([1, 2, 3].map(() => reader.query('select snapshot from staging.fact')));
      expect(answers.map(({ rows }) => rows)).toEqual([[['one']], [['one']], [['one']]]);
      expect(await answer(engine, await engine.published())).toEqual(['three', 'three']);
    },
  );

  test('layers that a kept snapshot has carried over stay while it is kept, and go with it', async () => {
    const { engine, first } = await twoSnapshots();
    const carried = { staging: first.layers.staging, warehouse: first.layers.warehouse };
    const third = await publishSnapshot(engine, 'three', 3, carried);
    expect(third.layers.staging).toEqual(first.layers.staging);
    expect((await engine.remove({ keep: new Set(['three']) })).snapshotIds).toEqual(['two']);
    expect(await answer(engine, third)).toEqual(['one', 'three']);
    await publishSnapshot(engine, 'four', 4);
    expect((await engine.remove({ keep: new Set(['four']) })).snapshotIds).toEqual(['one', 'three']);
  });

  testFiles('layers that were carried over have no file of their own', async () => {
    const { data, engine, first } = await twoSnapshots();
    await publishSnapshot(engine, 'three', 3, { staging: first.layers.staging, warehouse: first.layers.warehouse });
    expect(readdirSync(join(data, 'snapshots', 'three')).sort()).toEqual(['business.duckdb', 'manifest.json']);
  });

  test('an open reader keeps its snapshot while others are published, as long as it is kept', async () => {
    const { engine, first } = await twoSnapshots();
    const reader = await openReader(engine, first);
    await publishSnapshot(engine, 'three', 3);
    await publishSnapshot(engine, 'four', 4);
    const ask = async () => (await reader.query('select snapshot from staging.fact')).rows;
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([[['one']], [['one']], [['one']]]);
    await engine.publish(first);
    expect(await ask()).toEqual([['one']]);
    expect(await answer(engine, await engine.published())).toEqual(['one', 'one']);
  });

  testFiles('a carried layer is open for reading only', async () => {
    const { engine, first } = await twoSnapshots();
    const workspace = await engine.createWorkspace({ snapshotId: 'three', carried: { staging: first.layers.staging } });
    onTestFinished(() => workspace.discard());
    await expect(workspace.execute('delete from staging.fact')).rejects.toThrow(/read-only/);
  });

  testFiles('[O10] what has no manifest was never finished and is removed; a folder of the user is not', async () => {
    const { data, engine } = await twoSnapshots();
    const snapshots = join(data, 'snapshots');
    mkdirSync(join(snapshots, 'half'));
    writeFileSync(join(snapshots, 'half', 'staging.duckdb'), 'half written');
    writeFileSync(join(snapshots, 'half', 'staging.duckdb.wal'), 'log');
    writeFileSync(join(snapshots, 'half', 'manifest.json.new'), '{');
    mkdirSync(join(snapshots, 'empty'));
    mkdirSync(join(snapshots, 'my notes'));
    writeFileSync(join(snapshots, 'my notes', 'why.txt'), 'keep me');
    writeFileSync(join(snapshots, '.DS_Store'), '');
    expect((await engine.remove({ crashed: new Set() })).snapshotIds).toEqual(['empty', 'half']);
    expect((await engine.remove({ keep: new Set(['two']) })).snapshotIds).toEqual(['one']);
    expect(readdirSync(snapshots).sort()).toEqual(['.DS_Store', 'my notes', 'two']);
  });

  test('a complete snapshot of a killed run goes unless it is the published one', async () => {
    const { engine } = await twoSnapshots();
    expect((await engine.remove({ crashed: new Set(['one', 'two']) })).snapshotIds).toEqual(['one']);
    expect((await engine.published())?.snapshotId).toBe('two');
  });

  testFiles('[O18] a write-ahead log beside a published layer is refused, not replayed', async () => {
    const { data, engine, second } = await twoSnapshots();
    writeFileSync(join(data, 'snapshots', 'two', 'warehouse.duckdb.wal'), 'of another database');
    for (const open of [
      engine.openReader(second),
      engine.createWorkspace({ snapshotId: 'three', carried: { warehouse: second.layers.warehouse } }),
    ]) {
      const error = await errorOf(RunError, open);
      expect(error.message).toMatch(/two\/warehouse\.duckdb\.wal lies beside a published layer/);
      expect(error.remedy.join()).toMatch(/move it away/);
    }
  });

  testFiles('[O18] a snapshot with a log left over is not sealed', async () => {
    const folder = temporaryFolder();
    const engine = makeEngine(folder);
    const workspace = await engine.createWorkspace({ snapshotId: 'one', carried: {} });
    onTestFinished(() => workspace.discard());
    await workspace.execute('create table staging.x as select 1');
    // Closing removes the engine's own log: this one lies beside a layer that the engine never logged to.
    const other = join(folder, 'data', 'snapshots', 'one', 'business.duckdb.wal');
    mkdirSync(other);
    await expect(workspace.seal()).rejects.toThrow(/business\.duckdb\.wal is left/);
  });

  testFiles('[O17] a missing layer file is an error with its name, and is not made anew', async () => {
    const { data, engine, second } = await twoSnapshots();
    const path = join(data, 'snapshots', 'two', 'business.duckdb');
    rmSync(path);
    const error = await errorOf(DamagedError, engine.openReader(second));
    expect(error.message).toBe(`${path} is missing`);
    expect(error.remedy.join()).toMatch(/rollback/);
    expect(existsSync(path)).toBe(false);
  });

  testFiles(
    '[O17] a layer file that is empty, cut, text or of SQLite is an error with its name and what to do',
    async () => {
      const { folder, data, engine, second } = await twoSnapshots();
      const path = join(data, 'snapshots', 'two', 'staging.duckdb');
      const original = join(folder, 'original');
      copyFileSync(path, original);
      const sqlite = join(folder, 'other.db');
      new DatabaseSync(sqlite).exec('create table t (x); insert into t values (1)');
      const damages: readonly (() => void)[] = [
        () => truncateSync(path, 0),
        () => truncateSync(path, 5_000),
        () => writeFileSync(path, 'hello '.repeat(10_000)),
        () => copyFileSync(sqlite, path),
        () => {
          const bytes = readFileSync(original);
          bytes.fill(0xff, 4096, 8192);
          writeFileSync(path, bytes);
        },
      ];
      for (const damage of damages) {
        copyFileSync(original, path);
        damage();
        const error = await errorOf(RunError, answer(engine, second));
        expect(error.message).toContain(`${path} cannot be opened: `);
        expect(error.remedy.join()).toMatch(/rollback.*run the pipeline again/);
        expect(error.message).not.toMatch(/INSTALL|extension/);
      }
      expect(readdirSync(join(data, 'tmp'))).toEqual([]);
    },
  );

  const damagedPointers = {
    'is empty': '',
    'is cut': '{"format": 1, "snap',
    'is of another format': '{"format": 2, "snapshotId": "two"}',
    'leads out of the folder': '{"format": 1, "snapshotId": "../../two"}',
    'is no object': '42',
  };
  for (const [how, text] of Object.entries(damagedPointers)) {
    testFiles(`[O17] a pointer file that ${how} is an error with its name and what to do`, async () => {
      const { data, engine } = await twoSnapshots();
      writeFileSync(join(data, 'current.json'), text);
      const error = await errorOf(DamagedError, engine.published());
      expect(error.message).toBe(`${join(data, 'current.json')} is damaged or was written by a newer version`);
      expect(error.remedy.join()).toMatch(/rollback.*run the pipeline again/);
    });
  }

  testFiles('[O17] a pointer to a snapshot that is gone is an error that names both', async () => {
    const { data, engine } = await twoSnapshots();
    rmSync(join(data, 'snapshots', 'two'), { recursive: true });
    const error = await errorOf(DamagedError, engine.published());
    expect(error.message).toBe(`${join(data, 'current.json')} points to snapshot "two", which is not there`);
  });

  testFiles('[O17] a damaged manifest stops reading that snapshot, not going back to another', async () => {
    const { data, engine, first } = await twoSnapshots();
    const path = join(data, 'snapshots', 'two', 'manifest.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"sequence": 2', '"sequence": "two"'));
    const error = await errorOf(DamagedError, engine.published());
    expect(error.message).toMatch(/two\/manifest\.json is damaged/);
    expect(await engine.snapshots()).toEqual([first]);
    expect((await engine.remove({ crashed: new Set() })).snapshotIds).toEqual([]);
    await engine.publish(first);
    expect(await answer(engine, await engine.published())).toEqual(['one', 'one']);
    expect((await engine.remove({ keep: new Set(['one']) })).snapshotIds).toEqual(['two']);
  });

  testFiles('a data folder that was moved or copied elsewhere opens as before', async () => {
    const { folder, data } = await twoSnapshots();
    const elsewhere = join(folder, 'elsewhere');
    cpSync(data, join(elsewhere, 'copy', 'data'), { recursive: true, verbatimSymlinks: true });
    renameSync(data, join(elsewhere, 'data'));
    for (const place of [elsewhere, join(elsewhere, 'copy')]) {
      const engine = makeEngine(place);
      expect(await answer(engine, await engine.published())).toEqual(['two', 'two']);
      expect(statSync(join(place, 'data', 'staging.duckdb')).isFile()).toBe(true);
    }
  });

  test.each([
    "it's here",
    'two  spaces ',
    'ü😀 é\u0301',
    'in[1]*{a,b}',
    'semi;colon"quote',
    '-rf',
    '#a%20b&c',
    'x'.repeat(200),
    'a.duckdb',
    'back\\slash',
  ])('[O40] [S21] a data folder below %j works', async (name) => {
    const engine = makeEngine(join(temporaryFolder(), name));
    await publishSnapshot(engine, 'one', 1);
    expect(await answer(engine, await engine.published())).toEqual(['one', 'one']);
    expect((await engine.remove({ crashed: new Set() })).snapshotIds).toEqual([]);
  });

  testFiles('a disk that refuses the pointer leaves the old snapshot published and says which file', async () => {
    const { data, engine } = await twoSnapshots();
    const third = manifestOf((await buildSnapshot(engine, 'three', 3)).layers, 'three', 3);
    mkdirSync(join(data, 'current.json.new'));
    const error = await errorOf(RunError, engine.publish(third));
    expect(error.message).toMatch(/current\.json/);
    expect((await engine.published())?.snapshotId).toBe('two');
  });
});
