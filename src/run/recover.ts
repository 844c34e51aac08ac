import { DamagedError } from '../engines/damaged-error.ts';
import type { Engine, SnapshotManifest } from '../engines/engine.ts';
import type { MetadataStore } from '../metadata/store.ts';
import type { RunListener } from './events.ts';
import type { LockInfo } from './lock.ts';

/**
 * Puts in order what a killed run left behind. Whoever calls this holds the lock, so a run that is still marked as
 * running is dead. Its snapshot is removed unless it was published; if it died between publishing and recording, that
 * is recorded. Killed on the way, it can be repeated: a run is marked as crashed only when nothing is left of it.
 */
export async function recoverFromCrash(
  engine: Engine,
  store: MetadataStore,
  stale: LockInfo | undefined,
  { runId: currentRunId, emit }: { readonly runId: string; readonly emit: RunListener },
): Promise<void> {
  const crashed = store.unfinishedRuns().filter(({ runId }) => runId !== currentRunId);
  const published = await publishedUnlessDamaged(engine, emit);
  const { left } = await engine.remove({ crashed: unpublishedRuns(store, currentRunId, published) });
  for (const message of left) emit({ type: 'notice', level: 'warn', message });
  for (const run of crashed) {
    const wasPublished = published?.runId === run.runId;
    const fate = wasPublished ? 'its data had been published and is complete' : 'its unfinished data was removed';
    store.markCrashed(run.runId, `the process ended without finishing the run; ${fate}`);
    emit({
      type: 'notice',
      level: 'warn',
      message: `run ${run.runId} (PID ${run.pid ?? 'unknown'}, started ${run.startedAt}) was killed; ${fate}`,
    });
  }
  if (stale !== undefined && !crashed.some(({ runId }) => runId === stale.runId)) {
    emit({
      type: 'notice',
      level: 'warn',
      message: `the lock of ${stale.command} (PID ${stale.pid} on ${stale.host}, since ${stale.startedAt}) was left by a killed process; it is taken over`,
    });
  }
  if (published !== undefined && store.publishedSnapshot()?.snapshotId !== published.snapshotId) {
    store.recordSnapshot(toSnapshotEntry(published));
  }
  const existing = new Set((await engine.snapshots()).map(({ snapshotId }) => snapshotId));
  for (const { snapshotId, status } of store.snapshots()) {
    if (status === 'retired' && !existing.has(snapshotId)) store.removeSnapshot(snapshotId);
  }
}

/** How far back to look for runs that could not even put their own things in order, because of a full disk, say. */
const RUNS_TO_CLEAN_UP = 100;

/** Runs that ended without publishing, or never ended. */
function unpublishedRuns(
  store: MetadataStore,
  currentRunId: string,
  published: SnapshotManifest | undefined,
): ReadonlySet<string> {
  const recorded = new Set(store.snapshots().map(({ runId }) => runId));
  const ended = store.lastRuns(RUNS_TO_CLEAN_UP).filter(({ status }) => status !== 'success' && status !== 'running');
  const ids = [...store.unfinishedRuns(), ...ended].map(({ runId }) => runId);
  return new Set(ids.filter((id) => id !== currentRunId && id !== published?.runId && !recorded.has(id)));
}

async function publishedUnlessDamaged(engine: Engine, emit: RunListener): Promise<SnapshotManifest | undefined> {
  try {
    return await engine.published();
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    emit({ type: 'notice', level: 'warn', message: error.message });
    return undefined;
  }
}

/** The form in which the run history keeps a snapshot. */
export function toSnapshotEntry(manifest: {
  readonly snapshotId: string;
  readonly runId: string;
  readonly layers: Readonly<Record<string, { readonly snapshotId: string }>>;
  readonly rowCounts: Readonly<Record<string, number>>;
}) {
  const { snapshotId, runId, rowCounts } = manifest;
  const layers = Object.fromEntries(
    Object.entries(manifest.layers).map(([layer, location]) => [layer, location.snapshotId]),
  );
  return { snapshotId, runId, layers, rowCounts };
}
