import { join } from 'node:path';
import { didYouMean } from '../did-you-mean.ts';
import type { Engine, SnapshotManifest } from '../engines/engine.ts';
import { UsageError } from '../errors.ts';
import { openMetadata } from '../metadata/store.ts';
import { exclusively } from './exclusive.ts';
import { recoverFromCrash, toSnapshotEntry } from './recover.ts';
import { makeRunId } from './run-id.ts';
import type { RunContext } from './run-pipeline.ts';

/**
 * Publishes an earlier snapshot again by moving the pointer; no data is copied. Without an id: the newest one that is
 * older than the published one.
 * @throws UsageError when there is no such snapshot.
 */
export function rollback(
  {
    config,
    engine,
    effects,
    command,
    listener = () => {},
  }: Pick<RunContext, 'config' | 'engine' | 'effects' | 'command' | 'listener'>,
  snapshotId: string | undefined,
): Promise<SnapshotManifest> {
  const runId = makeRunId(effects);
  return exclusively({ dataDir: config.dataDir, engine, runId, command, effects }, async (stale) => {
    const store = openMetadata(join(config.dataDir, 'metadata.db'), effects);
    try {
      await recoverFromCrash(engine, store, stale, { runId, emit: listener });
      const snapshots = await engine.snapshots();
      const target =
        snapshotId === undefined ? await before(snapshots, engine.published()) : byId(snapshots, snapshotId);
      await assertReadable(engine, target);
      await engine.publish(target);
      if (!store.republishSnapshot(target.snapshotId)) store.recordSnapshot(toSnapshotEntry(target));
      return target;
    } finally {
      store.close();
    }
  });
}

/** Whoever goes back because of damage must not end with a snapshot that is damaged too. */
async function assertReadable(engine: Engine, target: SnapshotManifest): Promise<void> {
  const reader = await engine.openReader(target);
  await reader.close();
}

/** A damaged pointer is no obstacle: rolling back is how it is mended. */
async function before(
  snapshots: readonly SnapshotManifest[],
  publishing: Promise<SnapshotManifest | undefined>,
): Promise<SnapshotManifest> {
  const published = await publishing.catch(() => undefined);
  const target = snapshots.find(({ sequence }) => published === undefined || sequence < published.sequence);
  if (target !== undefined) return target;
  throw new UsageError('there is no earlier snapshot to go back to', {
    remedy: 'keepSnapshots in the configuration says how many are kept',
  });
}

function byId(snapshots: readonly SnapshotManifest[], snapshotId: string): SnapshotManifest {
  const target = snapshots.find((snapshot) => snapshot.snapshotId === snapshotId);
  if (target !== undefined) return target;
  const ids = snapshots.map((snapshot) => snapshot.snapshotId);
  throw new UsageError(`there is no snapshot "${snapshotId}"${didYouMean(snapshotId, ids)}`, {
    remedy: ids.length === 0 ? 'run the pipeline first' : `kept are ${ids.join(', ')}`,
  });
}
