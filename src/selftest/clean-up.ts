import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Pipeline } from '../api/pipeline.ts';
import { LAYERS } from '../engines/layer.ts';
import { dropOutsideData } from '../engines/open-engine.ts';
import { isAbsent } from '../engines/system-error.ts';
import { removeAbandoned } from '../export/claimed-folder.ts';
import { UNFINISHED_PREFIX } from '../export/run-export.ts';
import { openMetadata } from '../metadata/store.ts';
import type { RunListener } from '../run/events.ts';
import { exclusively } from '../run/exclusive.ts';
import type { LockInfo } from '../run/lock.ts';
import { recoverFromCrash } from '../run/recover.ts';
import { makeRunId } from '../run/run-id.ts';
import { SELFTEST_PREFIX, selftestParent, selftestSchemaPrefix } from './isolated-shop.ts';

/** What a run names its temporary folder after. */
const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/;

export interface CleanupReport {
  /** Paths of what was removed, and names of schemas. */
  readonly removed: readonly string[];
  /** What was found out about killed runs. */
  readonly notes: readonly string[];
}

/**
 * Removes what killed processes have left: folders and schemas of self-tests, unfinished exports, and in the data folder unfinished
 * snapshots and temporary files. Published data, kept snapshots and whatever belongs to a living process stay.
 * @throws RunError while a run is under way in the data folder; nothing of it is touched then.
 */
export async function cleanUp(pipeline: Pipeline): Promise<CleanupReport> {
  const { config, effects } = pipeline;
  const { dataDir } = config;
  const notes: string[] = [];
  const isUsed = ['pipeline.lock', 'metadata.db', 'snapshots'].some((name) => existsSync(join(dataDir, name)));
  const removed = isUsed ? await cleanDataDir(pipeline, (note) => notes.push(note)) : [];
  const selftests = await removeAbandoned(selftestParent(effects), { prefix: SELFTEST_PREFIX, effects });
  removed.push(
    ...(await removeAbandoned(join(dataDir, 'exports'), { prefix: UNFINISHED_PREFIX, effects })),
    ...selftests,
  );
  for (const folder of selftests) {
    removed.push(...(await dropOutsideData({ ...config, schemaPrefix: selftestSchemaPrefix(folder) }, effects.env)));
  }
  return { removed, notes };
}

/** Whoever holds the lock knows that no run is alive. */
function cleanDataDir(pipeline: Pipeline, onNote: (note: string) => void): Promise<string[]> {
  const { config, engine, effects } = pipeline;
  const { dataDir } = config;
  const runId = makeRunId(effects);
  const tempDir = config.tempDir ?? join(dataDir, 'tmp');
  return exclusively({ dataDir, engine, runId, command: 'selftest --cleanup', effects }, async (stale) => {
    const folders = [dataDir, join(dataDir, 'snapshots'), tempDir];
    const before = await pathsIn(folders);
    await recover(pipeline, { runId, stale, onNote });
    const unfinished = ['current.json', ...LAYERS.map((layer) => `${layer}.duckdb`)];
    for (const name of unfinished) await rm(join(dataDir, `${name}.new`), { force: true });
    for (const path of await pathsIn([tempDir])) {
      if (RUN_ID.test(basename(path))) await rm(path, { recursive: true, force: true });
    }
    const after = new Set(await pathsIn(folders));
    return before.filter((path) => !after.has(path));
  });
}

interface Recovery {
  readonly runId: string;
  readonly stale: LockInfo | undefined;
  onNote(note: string): void;
}

/** As a run does before it begins; without a history only the engine has something to put in order. */
async function recover({ config, effects, engine }: Pipeline, { runId, stale, onNote }: Recovery): Promise<void> {
  const metadata = join(config.dataDir, 'metadata.db');
  if (!existsSync(metadata)) {
    await engine.remove({ crashed: new Set() });
    return;
  }
  const store = openMetadata(metadata, effects);
  try {
    const emit: RunListener = (event) => {
      if (event.type === 'notice') onNote(event.message);
    };
    await recoverFromCrash(engine, store, stale, { runId, emit });
  } finally {
    store.close();
  }
}

async function pathsIn(folders: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => (await namesIn(folder)).sort().map((name) => join(folder, name))),
  );
  return lists.flat();
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
