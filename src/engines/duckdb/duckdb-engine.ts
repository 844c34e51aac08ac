import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError, UsageError } from '../../errors.ts';
import { DamagedError } from '../damaged-error.ts';
import type {
  Capabilities,
  Engine,
  PublishOptions,
  Reader,
  ReaderOptions,
  ReadLimits,
  Removed,
  SnapshotManifest,
  Unwanted,
  Workspace,
  WorkspaceSpec,
} from '../engine.ts';
import { LAYERS } from '../layer.ts';
import { explained } from '../system-error.ts';
import { TempDir } from '../temp-dir.ts';
import { ConnectionPool } from './connection-pool.ts';
import { DuckDbReader } from './duckdb-reader.ts';
import { DuckDbWorkspace, PREVIOUS } from './duckdb-workspace.ts';
import { type AttachedFile, LOCKDOWN_STATEMENTS, openInstance, PROGRESS_STATEMENTS } from './instance.ts';
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
  readonly #tempDir: TempDir;

  constructor(options: DuckDbEngineOptions) {
    this.#options = options;
    this.#folder = new SnapshotFolder(options.dataDir);
    this.#store = new SnapshotStore(this.#folder);
    this.#tempDir = new TempDir(options.tempDir ?? join(options.dataDir, 'tmp'));
    this.capabilities = {
      concurrentModels: options.maxConcurrentModels,
      parquetExport: true,
      layerFiles: true,
      storedOrder: true,
      keys: false,
      shared: false,
    };
  }

  /** The lock of the data folder, which every run holds, keeps all others away. */
  async lock(): Promise<() => Promise<void>> {
    return async () => {};
  }

  async createWorkspace({ snapshotId, carried, previousStaging }: WorkspaceSpec): Promise<Workspace> {
    refuseQuestionMark(this.#options.dataDir);
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
    const tempDir = this.#tempDir.of(snapshotId);
    try {
      await this.#folder.make(snapshotId);
      await mkdir(tempDir, { recursive: true, mode: 0o700 });
      const { instance, connection } = await openInstance(this.#options, tempDir, [...layers, ...previous]);
      await connection.execute(PROGRESS_STATEMENTS);
      const pool = new ConnectionPool(instance, connection, PROGRESS_STATEMENTS);
      return new DuckDbWorkspace(snapshotId, this.#folder, pool, carried, tempDir);
    } catch (error) {
      await this.#folder.remove(snapshotId).catch(() => undefined);
      await rm(tempDir, { recursive: true, force: true }).catch(() => undefined);
      throw explained(error);
    }
  }

  async openReader(manifest: SnapshotManifest, options: ReaderOptions = {}): Promise<Reader> {
    const files = LAYERS.map(
      (layer): AttachedFile => ({
        name: layer,
        path: this.#existing(manifest.layers[layer].location),
        readOnly: true,
      }),
    );
    const tempDir = await this.#tempDir.makeForReader();
    try {
      return await this.#openLocked(manifest.snapshotId, files, tempDir, options);
    } catch (error) {
      await rm(tempDir, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  }

  async #openLocked(
    snapshotId: string,
    files: readonly AttachedFile[],
    tempDir: string,
    { defaultLayer, limits }: ReaderOptions,
  ): Promise<Reader> {
    const { instance, connection } = await openInstance(limited(this.#options, limits), tempDir, files);
    const onConnect = defaultLayer === undefined ? undefined : `use ${defaultLayer}`;
    const pool = new ConnectionPool(instance, connection, onConnect);
    try {
      await connection.execute(LOCKDOWN_STATEMENTS);
      if (onConnect !== undefined) await connection.execute(onConnect);
    } catch (error) {
      await pool.close();
      throw error;
    }
    const runUnlocked = async (sql: string) => {
      const writer = await openInstance(this.#options, tempDir, files);
      const writers = new ConnectionPool(writer.instance, writer.connection);
      try {
        await writer.connection.execute(sql);
      } finally {
        await writers.close();
      }
    };
    return new DuckDbReader(snapshotId, pool, tempDir, runUnlocked);
  }

  publish(manifest: SnapshotManifest, { onPoint = () => {} }: PublishOptions = {}): Promise<void> {
    return this.#store.publish(manifest, onPoint);
  }

  published(): Promise<SnapshotManifest | undefined> {
    return this.#store.published();
  }

  snapshots(): Promise<SnapshotManifest[]> {
    return this.#store.all();
  }

  async remove(unwanted: Unwanted): Promise<Removed> {
    if ('keep' in unwanted) return { snapshotIds: await this.#store.prune(unwanted.keep), left: [] };
    const snapshotIds = await this.#store.removeUnfinished(unwanted.crashed);
    // Of a killed plan nobody knows but by what it left.
    await this.#tempDir.removeLeftovers(new Set([...unwanted.crashed, ...snapshotIds]));
    return { snapshotIds, left: [] };
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
      throw new DamagedError(`${path} is missing`, {
        remedy: ['go back to an earlier snapshot: marketing-pipeline rollback', 'or run the pipeline again'],
      });
    }
    return path;
  }
}

function limited(settings: DuckDbSettings, limits: ReadLimits | undefined): DuckDbSettings {
  if (limits === undefined) return settings;
  const { threads, memoryLimit, tempDir } = settings;
  return { threads, tempDir, memoryLimit: memoryLimit ?? limits.memory, tempSize: limits.tempSize };
}

/** DuckDB takes what follows a question mark for options, and would write its log into another folder. */
function refuseQuestionMark(dataDir: string): void {
  if (!dataDir.includes('?')) return;
  throw new UsageError(`data folder ${dataDir} has a question mark in its name, which DuckDB cannot handle`, {
    remedy: 'choose another folder with --data-dir',
  });
}
