import { cp, mkdir, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { systemEffects } from '../../src/effects.ts';
import { toObjects } from '../../src/engines/result-set.ts';
import { type ConfigSpec, Pipeline } from '../../src/index.ts';
import { csvOf } from './make-shop.ts';
import { orderRows } from './order-rows.ts';
import { contentHashes } from './run-shop.ts';
import type { ChildRequest } from './spawn-run.ts';

export type Content = Readonly<Record<string, string>>;

/** A data folder with published data and an order file that the next run would load, to be copied for each crash. */
export interface CrashSite {
  readonly oldContent: Content;
  readonly newContent: Content;
  /** A fresh copy, or a copy of another one as it is now. */
  copy(name: string, from?: SiteCopy): Promise<SiteCopy>;
}

export interface SiteCopy {
  readonly dataDir: string;
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
  const open = async (dataDir: string): Promise<SiteCopy> => {
    const all = { ...SETTINGS, ...settings, dataDir };
    const pipeline = await Pipeline.open({ settings: all, effects: { ...systemEffects(), env: {}, cwd: folder } });
    return {
      dataDir,
      pipeline,
      request: { settings: all, files: [newFile], cwd: folder },
      content: () => publishedContent(pipeline),
      run: async () => void (await pipeline.run([newFile])),
    };
  };
  const base = await open(join(folder, 'base'));
  await base.pipeline.run([oldFile]);
  const oldContent = await base.content();
  const copy = async (name: string, from = base) => {
    const dataDir = join(folder, name);
    await cp(from.dataDir, dataDir, { recursive: true, verbatimSymlinks: true });
    return open(dataDir);
  };
  const reference = await copy('reference');
  await reference.run();
  return { oldContent, newContent: await reference.content(), copy };
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
export async function expectInOrder({ dataDir, pipeline }: SiteCopy, where: string): Promise<void> {
  const snapshots = await pipeline.snapshots();
  const ids = snapshots.map(({ snapshotId }) => snapshotId).sort();
  expect((await readdir(join(dataDir, 'snapshots'))).sort(), `snapshots after ${where}`).toEqual(ids);
  expect(ids.length, `snapshots after ${where}`).toBeLessThanOrEqual(pipeline.config.keepSnapshots);
  for (const id of ids) {
    const files = (await readdir(join(dataDir, 'snapshots', id))).sort();
    expect(files, `files of a snapshot after ${where}`).toEqual([
      'business.duckdb',
      'manifest.json',
      'staging.duckdb',
      'warehouse.duckdb',
    ]);
  }
  expect(await readdir(join(dataDir, 'tmp')), `temporary files after ${where}`).toEqual([]);
  // A reader of the history may have left these two; it has no right to remove them.
  const entries = (await readdir(dataDir)).filter((name) => !/^metadata\.db-(wal|shm)$/.test(name));
  expect(entries.sort(), `data folder after ${where}`).toEqual([
    'business.duckdb',
    'current.json',
    'logs',
    'metadata.db',
    'pipeline.lock',
    'snapshots',
    'staging.duckdb',
    'tmp',
    'warehouse.duckdb',
  ]);
  const published = await pipeline.engine.published();
  const link = await readlink(join(dataDir, 'staging.duckdb'));
  expect(link, `link after ${where}`).toBe(published?.layers.staging.location);
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
