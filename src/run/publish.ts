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

/**
 * Publishes, records it, and removes snapshots beyond the newest `keep` (the published one always stays).
 * @throws PublishedError where something failed only after the snapshot had become the published one.
 */
export async function publishAndPrune(
  engine: Engine,
  store: MetadataStore,
  manifest: SnapshotManifest,
  keep: number,
  { onPoint, onWait, onLeft }: Required<PublishOptions> & { readonly onLeft: (reason: string) => void },
): Promise<void> {
  try {
    await engine.publish(manifest, { onPoint, onWait });
    store.recordSnapshot(toSnapshotEntry(manifest));
    onPoint('snapshot recorded');
    for (const reason of await pruneSnapshots(engine, store, keep)) onLeft(reason);
    onPoint('old snapshots removed');
  } catch (cause) {
    if (await isUnpublished(engine, manifest.snapshotId)) throw cause;
    throw new PublishedError(cause);
  }
}

/** Whether readers certainly do not see a snapshot. A damaged pointer was not written by publishing it. */
export async function isUnpublished(engine: Engine, snapshotId: string): Promise<boolean> {
  try {
    return (await engine.published())?.snapshotId !== snapshotId;
  } catch (error) {
    return error instanceof DamagedError;
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
