import type { Engine, Reader, SnapshotManifest } from '../engines/engine.ts';
import type { Layer } from '../engines/layer.ts';

export interface PublishedReader {
  readonly manifest: SnapshotManifest;
  readonly reader: Reader;
}

/**
 * Opens what is published; undefined before the first run. A run may publish and remove old snapshots between finding
 * the published one and opening it: then the new one is opened.
 */
export async function openPublished(engine: Engine, defaultLayer?: Layer): Promise<PublishedReader | undefined> {
  let manifest = await engine.published();
  while (manifest !== undefined) {
    try {
      return { manifest, reader: await engine.openReader(manifest, defaultLayer) };
    } catch (error) {
      const now = await engine.published();
      if (now?.snapshotId === manifest.snapshotId) throw error;
      manifest = now;
    }
  }
  return undefined;
}
