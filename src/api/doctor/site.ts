import type { Config } from '../../config/schema.ts';
import type { Engine, SnapshotManifest } from '../../engines/engine.ts';

/** What the checks look at. */
export interface Site {
  readonly config: Config;
  readonly engine: Engine;
  /** Undefined where nothing is published, or where that cannot be told. */
  readonly published: SnapshotManifest | undefined;
}
