import type { Engine, LayerLocations, SnapshotManifest, SnapshotSource } from '../engines/engine.ts';
import { LAYERS } from '../engines/layer.ts';
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

/** Publishes, records it, and removes snapshots beyond the newest `keep` (the published one always stays). */
export async function publishAndPrune(
  engine: Engine,
  store: MetadataStore,
  manifest: SnapshotManifest,
  keep: number,
  onPoint: (point: string) => void,
): Promise<void> {
  await engine.publish(manifest, onPoint);
  store.recordSnapshot(toSnapshotEntry(manifest));
  await pruneSnapshots(engine, store, keep);
}

/** Keeps the published snapshot and the newest others, `keep` in all. Returns the removed ids. */
export async function pruneSnapshots(engine: Engine, store: MetadataStore, keep: number): Promise<string[]> {
  const published = (await engine.published())?.snapshotId;
  const newest = (await engine.snapshots()).map(({ snapshotId }) => snapshotId);
  const ordered = [...newest.filter((id) => id === published), ...newest.filter((id) => id !== published)];
  const removed = await engine.prune(new Set(ordered.slice(0, keep)));
  for (const snapshotId of removed) store.removeSnapshot(snapshotId);
  return removed;
}
