import { DamagedError } from '../engines/damaged-error.ts';
import type { Engine, LayerLocations, PublishOptions, SnapshotManifest, SnapshotSource } from '../engines/engine.ts';
import { LAYERS } from '../engines/layer.ts';
import { RunError } from '../errors.ts';
import type { MetadataStore } from '../metadata/store.ts';
import type { Plan } from './plan.ts';
import { toSnapshotEntry } from './recover.ts';

export interface Sealed {
  readonly plan: Plan;
  readonly layers: LayerLocations;
  readonly asOf: string;
  readonly rowCounts: Readonly<Record<string, number>>;
  readonly sources: readonly SnapshotSource[];
  readonly createdAt: Date;
  readonly version: string;
}

/** The manifest of a sealed snapshot; row counts of carried layers come from the published one. */
export async function makeManifest(engine: Engine, sealed: Sealed): Promise<SnapshotManifest> {
  const { plan, layers, asOf, sources, createdAt, version } = sealed;
  const carried = LAYERS.filter((layer) => plan.carried[layer] !== undefined);
  const inherited = Object.entries(plan.published?.rowCounts ?? {}).filter(([table]) =>
    carried.some((layer) => table.startsWith(`${layer}.`)),
  );
  const newest = Math.max(0, ...(await engine.snapshots()).map(({ sequence }) => sequence));
  return {
    format: 1,
    snapshotId: plan.runId,
    sequence: newest + 1,
    runId: plan.runId,
    engine: engine.name,
    version,
    createdAt: createdAt.toISOString(),
    asOf,
    layers,
    rowCounts: { ...Object.fromEntries(inherited), ...sealed.rowCounts },
    sources,
  };
}

export interface Publishing extends PublishOptions {
  readonly onPoint: (point: string) => void;
  /** Told what could not be removed, and why. */
  readonly onLeft: (reason: string) => void;
}

/**
 * Publishes, records it, and removes snapshots beyond the newest `keep` (the published one always stays).
 * @throws PublishedError where something failed only after the snapshot had become the published one.
 */
export async function publishAndPrune(
  engine: Engine,
  store: MetadataStore,
  manifest: SnapshotManifest,
  keep: number,
  { onLeft, ...options }: Publishing,
): Promise<void> {
  const { onPoint } = options;
  let isPublished = false;
  try {
    await engine.publish(manifest, options);
    isPublished = true;
    store.recordSnapshot(toSnapshotEntry(manifest));
    onPoint('snapshot recorded');
    for (const reason of await pruneSnapshots(engine, store, keep)) onLeft(reason);
    onPoint('old snapshots removed');
  } catch (cause) {
    if (isPublished || (await publishedId(engine)) === manifest.snapshotId) throw new PublishedError(cause);
    throw cause;
  }
}

/** Whether readers certainly do not see a snapshot. */
export async function isUnpublished(engine: Engine, snapshotId: string): Promise<boolean> {
  const published = await publishedId(engine);
  return published !== 'unknown' && published !== snapshotId;
}

/** The snapshot that readers see. A damaged pointer leads to none, and was not written by publishing. */
async function publishedId(engine: Engine): Promise<string | undefined> {
  try {
    return (await engine.published())?.snapshotId;
  } catch (error) {
    return error instanceof DamagedError ? undefined : 'unknown';
  }
}

/** The run's data is published and complete, but what follows publishing failed. */
class PublishedError extends RunError {
  constructor(cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(`the new data is published and complete, but putting things in order failed: ${message}`, {
      cause,
      remedy: 'mend the cause; the next run puts the rest in order',
    });
  }
}

/** Keeps the published snapshot and the newest others, `keep` in all. Returns what could not be removed, and why. */
export async function pruneSnapshots(engine: Engine, store: MetadataStore, keep: number): Promise<readonly string[]> {
  const published = (await engine.published())?.snapshotId;
  const newest = (await engine.snapshots()).map(({ snapshotId }) => snapshotId);
  const ordered = [...newest.filter((id) => id === published), ...newest.filter((id) => id !== published)];
  const { snapshotIds, left } = await engine.remove({ keep: new Set(ordered.slice(0, keep)) });
  for (const snapshotId of snapshotIds) store.removeSnapshot(snapshotId);
  return left;
}
