import type { Engine, Reader, ReaderOptions, SnapshotManifest } from '../engines/engine.ts';

export interface PublishedReader {
  readonly manifest: SnapshotManifest;
  readonly reader: Reader;
}

/**
 * Opens what is published; undefined before the first run. A run may publish and remove old snapshots between finding
 * the published one and opening it: then the new one is opened.
 */
export async function openPublished(engine: Engine, options?: ReaderOptions): Promise<PublishedReader | undefined> {
  let manifest = await engine.published();
  while (manifest !== undefined) {
    try {
      return { manifest, reader: await engine.openReader(manifest, options) };
    } catch (error) {
      const now = await engine.published();
      if (now?.snapshotId === manifest.snapshotId) throw error;
      manifest = now;
    }
  }
  return undefined;
}
