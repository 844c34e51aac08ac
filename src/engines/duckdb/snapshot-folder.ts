import { join } from 'node:path';
import type { Layer } from '../layer.ts';

/** Where things lie in a data folder. Locations are relative to it, with `/`, so that the folder can be moved. */
export class SnapshotFolder {
  readonly dataDir: string;

  constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  /** The pointer: one small file that says which snapshot is published. */
  get pointer(): string {
    return join(this.dataDir, 'current.json');
  }

  get snapshots(): string {
    return join(this.dataDir, 'snapshots');
  }

  snapshot(snapshotId: string): string {
    return join(this.snapshots, snapshotId);
  }

  /** Its presence makes a snapshot complete. */
  manifest(snapshotId: string): string {
    return join(this.snapshot(snapshotId), 'manifest.json');
  }

  location(snapshotId: string, layer: Layer): string {
    return `snapshots/${snapshotId}/${layer}.duckdb`;
  }

  resolve(location: string): string {
    return join(this.dataDir, ...location.split('/'));
  }

  /** A stable name for other tools, following the pointer. */
  link(layer: Layer): string {
    return join(this.dataDir, `${layer}.duckdb`);
  }
}
