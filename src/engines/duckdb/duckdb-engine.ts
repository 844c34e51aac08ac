import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RunError } from '../../errors.ts';
import type { Capabilities, Engine, Reader, SnapshotManifest, Workspace, WorkspaceSpec } from '../engine.ts';
import { LAYERS, type Layer } from '../layer.ts';
import { ConnectionPool } from './connection-pool.ts';
import { DuckDbReader } from './duckdb-reader.ts';
import { DuckDbWorkspace, makeWorkspaceFolders, PREVIOUS } from './duckdb-workspace.ts';
import { type AttachedFile, LOCKDOWN_STATEMENTS, openInstance } from './instance.ts';
import type { DuckDbSettings } from './settings.ts';
import { SnapshotFolder } from './snapshot-folder.ts';
import { SnapshotStore } from './snapshot-store.ts';

export interface DuckDbEngineOptions extends DuckDbSettings {
  readonly dataDir: string;
  readonly maxConcurrentModels: number;
}

/** DuckDB: each snapshot is a folder with one database file per layer, published by one pointer file. */
export class DuckDbEngine implements Engine {
  readonly name = 'duckdb';
  readonly capabilities: Capabilities;
  readonly #options: DuckDbEngineOptions;
  readonly #folder: SnapshotFolder;
  readonly #store: SnapshotStore;

  constructor(options: DuckDbEngineOptions) {
    this.#options = options;
    this.#folder = new SnapshotFolder(options.dataDir);
    this.#store = new SnapshotStore(this.#folder);
    this.capabilities = {
      concurrentModels: options.maxConcurrentModels,
      parquetExport: true,
      layerFiles: true,
    };
  }

  async createWorkspace({ snapshotId, carried, previousStaging }: WorkspaceSpec): Promise<Workspace> {
    await makeWorkspaceFolders(this.#folder, snapshotId);
    const layers = LAYERS.map((layer): AttachedFile => {
      const location = carried[layer]?.location;
      return location === undefined
        ? { name: layer, path: this.#folder.resolve(this.#folder.location(snapshotId, layer)), readOnly: false }
        : { name: layer, path: this.#existing(location), readOnly: true };
    });
    const previous =
      previousStaging === undefined
        ? []
        : [{ name: PREVIOUS, path: this.#existing(previousStaging.location), readOnly: true }];
    const tempDir = this.#tempDir(snapshotId);
    const { instance, connection } = await openInstance(this.#options, tempDir, [...layers, ...previous]);
    const pool = new ConnectionPool(instance, connection);
    return new DuckDbWorkspace(snapshotId, this.#folder, pool, carried, tempDir);
  }

  async openReader(manifest: SnapshotManifest, defaultLayer?: Layer): Promise<Reader> {
    const files = LAYERS.map(
      (layer): AttachedFile => ({
        name: layer,
        path: this.#existing(manifest.layers[layer].location),
        readOnly: true,
      }),
    );
    const tempDir = this.#tempDir(`read-${randomUUID()}`);
    const { instance, connection } = await openInstance(this.#options, tempDir, files);
    await connection.execute(LOCKDOWN_STATEMENTS);
    const runUnlocked = async (sql: string) => {
      const writer = await openInstance(this.#options, tempDir, files);
      const pool = new ConnectionPool(writer.instance, writer.connection);
      try {
        await writer.connection.execute(sql);
      } finally {
        pool.close();
      }
    };
    const onConnect = defaultLayer === undefined ? undefined : `use ${defaultLayer}`;
    if (onConnect !== undefined) await connection.execute(onConnect);
    const pool = new ConnectionPool(instance, connection, onConnect);
    return new DuckDbReader(manifest.snapshotId, pool, tempDir, runUnlocked);
  }

  publish(manifest: SnapshotManifest, onPoint: (point: string) => void = () => {}): Promise<void> {
    return this.#store.publish(manifest, onPoint);
  }

  published(): Promise<SnapshotManifest | undefined> {
    return this.#store.published();
  }

  snapshots(): Promise<SnapshotManifest[]> {
    return this.#store.all();
  }

  prune(keep: ReadonlySet<string>): Promise<string[]> {
    return this.#store.prune(keep);
  }

  #tempDir(name: string): string {
    return join(this.#options.tempDir ?? join(this.#options.dataDir, 'tmp'), name);
  }

  #existing(location: string): string {
    const path = this.#folder.resolve(location);
    // A foreign log would be replayed into the layer; DuckDB would make a missing file anew.
    if (existsSync(`${path}.wal`)) {
      throw new RunError(`${path}.wal lies beside a published layer and does not belong there`, {
        remedy: 'move it away; published layers never have a write-ahead log',
      });
    }
    if (!existsSync(path)) {
      throw new RunError(`${path} is missing`, {
        remedy: ['go back to an earlier snapshot: marketing-pipeline rollback', 'or run the pipeline again'],
      });
    }
    return path;
  }
}
