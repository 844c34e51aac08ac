import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LAYERS, type Layer } from '../layer.ts';
import { isAbsent } from '../system-error.ts';

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

  /** Makes the private folder of a snapshot. */
  async make(snapshotId: string): Promise<void> {
    await mkdir(this.snapshot(snapshotId), { recursive: true, mode: 0o700 });
  }

  /** Removes a snapshot, its manifest first: half removed, it is not taken for a complete one. */
  async remove(snapshotId: string): Promise<void> {
    await rm(this.manifest(snapshotId), { force: true });
    await rm(this.snapshot(snapshotId), { recursive: true, force: true });
  }

  /** Folders that hold nothing but what a snapshot holds; a user's own folder among them is none of our business. */
  async list(): Promise<string[]> {
    const entries = await readdir(this.snapshots, { withFileTypes: true }).catch((error: unknown) => {
      if (isAbsent(error)) return [];
      throw error;
    });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const ours = await Promise.all(folders.map(async (name) => (await readdir(this.snapshot(name))).every(isOurs)));
    return folders.filter((_, position) => ours[position]).sort();
  }
}

function isOurs(fileName: string): boolean {
  return fileName.startsWith('manifest.json') || LAYERS.some((layer) => fileName.startsWith(`${layer}.duckdb`));
}
