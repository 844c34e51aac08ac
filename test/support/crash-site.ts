import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { systemEffects } from '../../src/effects.ts';
import type { SnapshotManifest } from '../../src/engines/engine.ts';
import { toObjects } from '../../src/engines/result-set.ts';
import { type ConfigSpec, LAYERS, Pipeline } from '../../src/index.ts';
import { csvOf } from './make-shop.ts';
import { orderRows } from './order-rows.ts';
import {
  copyDatabase,
  dropDatabase,
  engineSettings,
  ensureDatabase,
  layerSchemas,
  serverOf,
} from './postgres/test-database.ts';
import { contentHashes } from './run-shop.ts';
import type { ChildRequest } from './spawn-run.ts';

export type Content = Readonly<Record<string, string>>;

/** A data folder with published data and an order file that the next run would load, to be copied for each crash. */
export interface CrashSite {
  readonly oldContent: Content;
  readonly newContent: Content;
  /** A fresh copy, or a copy of another one as it is now. */
  copy(name: string, from?: SiteCopy): Promise<SiteCopy>;
  remove(copy: SiteCopy): Promise<void>;
  /** Removes what all copies keep outside their folders. */
  close(): Promise<void>;
}

export interface SiteCopy {
  readonly dataDir: string;
  /** Where the engine has its data, if not in the data folder. */
  readonly connection: string | undefined;
  readonly pipeline: Pipeline;
  /** The request for a run in a child process over the new file. */
  readonly request: ChildRequest;
  /** The published tables. */
  content(): Promise<Content>;
  /** The next run, over the new file, without any help. */
  run(): Promise<void>;
}

const SETTINGS: ConfigSpec = { threads: 1, maxConcurrentModels: 1, keepSnapshots: 1 };

export async function makeCrashSite(folder: string, settings: ConfigSpec = {}): Promise<CrashSite> {
  const oldFile = join(folder, 'old', 'orders.csv');
  const newFile = join(folder, 'new', 'orders.csv');
  await mkdir(join(folder, 'old'));
  await mkdir(join(folder, 'new'));
  await writeFile(oldFile, csvOf(orderRows(80)));
  await writeFile(newFile, csvOf(orderRows(120)));
  const databases: string[] = [];
  const open = async (dataDir: string, connection: string | undefined): Promise<SiteCopy> => {
    if (connection !== undefined) databases.push(connection);
    const engine: ConfigSpec = connection === undefined ? { engine: 'duckdb' } : { engine: 'postgres', connection };
    const all = { ...SETTINGS, ...settings, ...engine, dataDir };
    const pipeline = await Pipeline.open({ settings: all, effects: { ...systemEffects(), env: {}, cwd: folder } });
    return {
      dataDir,
      connection,
      pipeline,
      request: { settings: all, files: [newFile], cwd: folder },
      content: () => publishedContent(pipeline),
      run: async () => void (await pipeline.run([newFile])),
    };
  };
  const database = (name: string) => `crash_${createHash('md5').update(join(folder, name)).digest('hex').slice(0, 16)}`;
  const server = engineSettings(folder);
  const isServer = server.engine === 'postgres';
  const base = await open(
    join(folder, 'base'),
    isServer ? await ensureDatabase(serverOf(server.connection), database('base')) : undefined,
  );
  await base.pipeline.run([oldFile]);
  const oldContent = await base.content();
  const copy = async (name: string, from = base) => {
    const dataDir = join(folder, name);
    await cp(from.dataDir, dataDir, { recursive: true, verbatimSymlinks: true });
    const { connection } = from;
    return open(dataDir, connection === undefined ? undefined : await copyDatabase(connection, database(name)));
  };
  const reference = await copy('reference');
  await reference.run();
  const remove = async ({ dataDir, connection }: SiteCopy) => {
    if (connection !== undefined) await dropDatabase(connection);
    await rm(dataDir, { recursive: true });
  };
  const close = async () => {
    for (const url of databases) await dropDatabase(url);
  };
  return { oldContent, newContent: await reference.content(), copy, remove, close };
}

export async function publishedContent(pipeline: Pipeline): Promise<Content> {
  const reader = await pipeline.openReader();
  try {
    return await contentHashes({ pipeline, query: async (sql) => toObjects(await reader.query(sql)) });
  } finally {
    await reader.close();
  }
}

/** Readers see the old data or the new data, whole; says which. */
export async function expectOldOrNew(site: CrashSite, copy: SiteCopy, where: string): Promise<'old' | 'new'> {
  const content = await copy.content();
  if (isDeepStrictEqual(content, site.newContent)) return 'new';
  expect(content, `published data after ${where}`).toEqual(site.oldContent);
  return 'old';
}

/** Nothing lies about that a killed run has left: no half snapshot, no temporary file, no run that never ended. */
export async function expectInOrder(copy: SiteCopy, where: string): Promise<void> {
  const { dataDir, connection, pipeline } = copy;
  const snapshots = await pipeline.snapshots();
  const ids = snapshots.map(({ snapshotId }) => snapshotId).sort();
  expect(ids.length, `snapshots after ${where}`).toBeLessThanOrEqual(pipeline.config.keepSnapshots);
  const published = await pipeline.engine.published();
  const stored =
    connection === undefined
      ? await expectFiles(dataDir, { ids, published, where })
      : await expectSchemas(connection, { snapshots, published, where });
  expect(await readdir(join(dataDir, 'tmp')), `temporary files after ${where}`).toEqual([]);
  // A reader of the history may have left these two; it has no right to remove them.
  const entries = (await readdir(dataDir)).filter((name) => !/^metadata\.db-(wal|shm)$/.test(name));
  const expected = [...stored, 'logs', 'metadata.db', 'pipeline.lock', 'tmp'].sort();
  expect(entries.sort(), `data folder after ${where}`).toEqual(expected);
  const history = pipeline.openHistory();
  try {
    expect(history?.unfinishedRuns(), `unfinished runs after ${where}`).toEqual([]);
    expect(history?.lastRuns(1)[0]?.status, `last run after ${where}`).toBe('success');
    expect(history?.publishedSnapshot()?.snapshotId, `recorded snapshot after ${where}`).toBe(published?.snapshotId);
    const kept = history?.snapshots().filter(({ status }) => status !== 'removed');
    expect(kept?.map(({ snapshotId }) => snapshotId).sort(), `recorded snapshots after ${where}`).toEqual(ids);
  } finally {
    history?.close();
  }
}

interface Expected {
  readonly published: SnapshotManifest | undefined;
  readonly where: string;
}

/** Returns what DuckDB keeps in the data folder itself. */
async function expectFiles(
  dataDir: string,
  { ids, published, where }: Expected & { readonly ids: readonly string[] },
): Promise<string[]> {
  expect((await readdir(join(dataDir, 'snapshots'))).sort(), `snapshots after ${where}`).toEqual(ids);
  for (const id of ids) {
    const files = (await readdir(join(dataDir, 'snapshots', id))).sort();
    expect(files, `files of a snapshot after ${where}`).toEqual([
      'business.duckdb',
      'manifest.json',
      'staging.duckdb',
      'warehouse.duckdb',
    ]);
  }
  const link = await readlink(join(dataDir, 'staging.duckdb'));
  expect(link, `link after ${where}`).toBe(published?.layers.staging.location);
  return ['business.duckdb', 'current.json', 'snapshots', 'staging.duckdb', 'warehouse.duckdb'];
}

async function expectSchemas(
  connection: string,
  { snapshots, published, where }: Expected & { readonly snapshots: readonly SnapshotManifest[] },
): Promise<string[]> {
  const schemas = snapshots.flatMap(({ layers }) =>
    LAYERS.map((layer) => {
      const { snapshotId } = layers[layer];
      return published?.layers[layer].snapshotId === snapshotId ? layer : `${layer}__${snapshotId}`;
    }),
  );
  const found = await layerSchemas({ engine: 'postgres', connection, schemaPrefix: '' });
  const own = found.filter((schema) => !/^(pg_.*|public|information_schema)$/.test(schema));
  expect(own, `schemas after ${where}`).toEqual([...new Set(schemas)].sort());
  return [];
}
