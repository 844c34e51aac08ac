import type { SnapshotManifest } from '../engines/engine.ts';
import type { DataSource } from './data-source.ts';

/** The currency of the amounts, as the command line prints it. */
export function currencyOf({ sources }: SnapshotManifest, { currency }: Pick<DataSource, 'currency'>): string {
  return currency ?? sources.find((source) => source.currency !== undefined)?.currency ?? 'USD';
}

/** What a client is told of the published snapshot. */
export function aboutSnapshot(manifest: SnapshotManifest, source: Pick<DataSource, 'currency' | 'locale'>) {
  const { snapshotId, runId, asOf, createdAt } = manifest;
  return {
    snapshot: snapshotId,
    runId,
    asOf,
    createdAt,
    engine: manifest.engine,
    currency: currencyOf(manifest, source),
    locale: source.locale,
  };
}
