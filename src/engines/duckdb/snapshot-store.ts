import { lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { relative } from 'node:path';
import { RunError } from '../../errors.ts';
import type { SnapshotManifest } from '../engine.ts';
import { LAYERS } from '../layer.ts';
import { writeFileDurably } from './durable-file.ts';
import { parseManifest, parsePointer } from './manifest.ts';
import type { SnapshotFolder } from './snapshot-folder.ts';

/** Which snapshots a data folder holds and which of them is published. */
export class SnapshotStore {
  readonly #folder: SnapshotFolder;

  constructor(folder: SnapshotFolder) {
    this.#folder = folder;
  }

  /**
   * Publishes by replacing the pointer file. Every step before that leaves the published data as it was; every step
   * after it is repeated by the next run if it is lost.
   */
  async publish(manifest: SnapshotManifest, onStep: (step: string) => void): Promise<void> {
    await writeFileDurably(this.#folder.manifest(manifest.snapshotId), `${JSON.stringify(manifest, null, 2)}\n`);
    onStep('manifest written');
    const pointer = { format: 1, snapshotId: manifest.snapshotId, runId: manifest.runId, asOf: manifest.asOf };
    const layers = Object.fromEntries(LAYERS.map((layer) => [layer, manifest.layers[layer].location]));
    await writeFileDurably(this.#folder.pointer, `${JSON.stringify({ ...pointer, layers }, null, 2)}\n`, () =>
      onStep('pointer prepared'),
    );
    onStep('pointer moved');
    await this.#followLinks(manifest);
  }

  async published(): Promise<SnapshotManifest | undefined> {
    const text = await readIfPresent(this.#folder.pointer);
    if (text === undefined) return undefined;
    const snapshotId = parsePointer(text, this.#folder.pointer);
    const manifest = await this.#manifest(snapshotId);
    if (manifest === undefined) {
      throw new RunError(`${this.#folder.pointer} points to snapshot "${snapshotId}", which is not there`, {
        remedy: ['publish another one: marketing-pipeline rollback --to SNAPSHOT', 'or run the pipeline again'],
      });
    }
    return manifest;
  }

  async all(): Promise<SnapshotManifest[]> {
    const manifests: SnapshotManifest[] = [];
    for (const name of await this.#folders()) {
      const manifest = await this.#manifest(name);
      if (manifest !== undefined) manifests.push(manifest);
    }
    return manifests.sort((a, b) => b.sequence - a.sequence);
  }

  /** Layers that kept snapshots have carried over are kept with them. */
  async prune(keep: ReadonlySet<string>): Promise<string[]> {
    const needed = new Set(keep);
    for (const snapshotId of keep) {
      const manifest = await this.#manifest(snapshotId);
      for (const layer of LAYERS) if (manifest !== undefined) needed.add(manifest.layers[layer].snapshotId);
    }
    const removed = (await this.#folders()).filter((name) => !needed.has(name));
    for (const name of removed) {
      await rm(this.#folder.manifest(name), { force: true });
      await rm(this.#folder.snapshot(name), { recursive: true, force: true });
    }
    return removed;
  }

  async #folders(): Promise<string[]> {
    try {
      return (await readdir(this.#folder.snapshots)).sort();
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  }

  async #manifest(snapshotId: string): Promise<SnapshotManifest | undefined> {
    const path = this.#folder.manifest(snapshotId);
    const text = await readIfPresent(path);
    return text === undefined ? undefined : parseManifest(text, path);
  }

  /** Convenience for other tools; where links are not allowed the pointer file still says where the layers are. */
  async #followLinks(manifest: SnapshotManifest): Promise<void> {
    for (const layer of LAYERS) {
      const link = this.#folder.link(layer);
      const target = relative(this.#folder.dataDir, this.#folder.resolve(manifest.layers[layer].location));
      try {
        const existing = await lstat(link).catch(() => undefined);
        if (existing !== undefined && !existing.isSymbolicLink()) continue;
        await rm(`${link}.new`, { force: true });
        await symlink(target, `${link}.new`);
        await rename(`${link}.new`, link);
      } catch (error) {
        if (process.platform !== 'win32') throw error;
      }
    }
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
