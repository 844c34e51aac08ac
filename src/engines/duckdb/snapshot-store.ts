import { existsSync } from 'node:fs';
import { lstat, readFile, rename, rm, symlink } from 'node:fs/promises';
import { relative } from 'node:path';
import { DamagedError } from '../damaged-error.ts';
import type { SnapshotManifest } from '../engine.ts';
import { LAYERS, type Layer } from '../layer.ts';
import { parseManifest, parsePointer } from '../manifest.ts';
import { explained, isAbsent } from '../system-error.ts';
import { writeFileDurably } from './durable-file.ts';
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
    for (const layer of LAYERS) onStep(await this.#moveLink(layer, manifest));
  }

  async published(): Promise<SnapshotManifest | undefined> {
    const text = await readIfPresent(this.#folder.pointer);
    if (text === undefined) return undefined;
    const snapshotId = parsePointer(text, this.#folder.pointer);
    const manifest = await this.#manifest(snapshotId);
    if (manifest === undefined) {
      throw new DamagedError(`${this.#folder.pointer} points to snapshot "${snapshotId}", which is not there`, {
        remedy: ['publish another one: marketing-pipeline rollback', 'or run the pipeline again'],
      });
    }
    return manifest;
  }

  /** A snapshot whose manifest cannot be understood is not among them: nobody can go back to it. */
  async all(): Promise<SnapshotManifest[]> {
    const manifests: SnapshotManifest[] = [];
    for (const name of await this.#folder.list()) {
      const manifest = await this.#manifest(name).catch(ifDamaged);
      if (manifest !== undefined) manifests.push(manifest);
    }
    return manifests.sort((a, b) => b.sequence - a.sequence);
  }

  /** Layers that kept snapshots have carried over are kept with them. */
  async prune(keep: ReadonlySet<string>): Promise<string[]> {
    const manifests = (await this.all()).filter(({ snapshotId }) => keep.has(snapshotId));
    const needed = new Set([...keep, ...manifests.flatMap(snapshotsOf)]);
    return this.#remove((await this.#folder.list()).filter((name) => !needed.has(name)));
  }

  /** What has no manifest is unfinished; what the pointer or a complete snapshot needs is not, whatever it lacks. */
  async removeUnfinished(crashedIds: ReadonlySet<string>): Promise<string[]> {
    const manifests = (await this.all()).filter(({ snapshotId }) => !crashedIds.has(snapshotId));
    const needed = new Set([...manifests.flatMap(snapshotsOf), ...(await this.#pointed())]);
    const candidates = (await this.#folder.list()).filter((name) => !needed.has(name));
    return this.#remove(candidates.filter((name) => crashedIds.has(name) || !existsSync(this.#folder.manifest(name))));
  }

  async #remove(snapshotIds: readonly string[]): Promise<string[]> {
    for (const snapshotId of snapshotIds) await this.#folder.remove(snapshotId);
    return [...snapshotIds];
  }

  async #pointed(): Promise<string[]> {
    const text = await readIfPresent(this.#folder.pointer);
    if (text === undefined) return [];
    try {
      return [parsePointer(text, this.#folder.pointer)];
    } catch {
      return [];
    }
  }

  async #manifest(snapshotId: string): Promise<SnapshotManifest | undefined> {
    const path = this.#folder.manifest(snapshotId);
    const text = await readIfPresent(path);
    return text === undefined ? undefined : parseManifest(text, path);
  }

  /**
   * Moves a convenience link for other tools; says what happened. Where links are not possible the pointer file still
   * says where the layers are, and no link is better than one to an old layer.
   */
  async #moveLink(layer: Layer, { layers }: SnapshotManifest): Promise<string> {
    const link = this.#folder.link(layer);
    const target = relative(this.#folder.dataDir, this.#folder.resolve(layers[layer].location));
    try {
      const existing = await lstat(link).catch(() => undefined);
      if (existing !== undefined && !existing.isSymbolicLink()) return `${layer}.duckdb is not our link`;
      await rm(`${link}.new`, { force: true });
      await symlink(target, `${link}.new`);
      await rename(`${link}.new`, link);
      return `link ${layer}.duckdb moved`;
    } catch (error) {
      await rm(link, { force: true }).catch(() => undefined);
      return `link ${layer}.duckdb removed: ${error instanceof Error ? error.message : error}`;
    }
  }
}

function snapshotsOf({ snapshotId, layers }: SnapshotManifest): string[] {
  return [snapshotId, ...LAYERS.map((layer) => layers[layer].snapshotId)];
}

function ifDamaged(error: unknown): undefined {
  if (!(error instanceof DamagedError)) throw error;
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw explained(error, path);
  }
}
