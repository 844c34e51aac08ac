import { existsSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError } from '../../errors.ts';
import type { CsvFile } from '../csv-file.ts';
import type { LayerLocation, LayerLocations, QueryOptions, RelationSpec, RowsSpec, Workspace } from '../engine.ts';
import { LAYERS, type Layer } from '../layer.ts';
import { type ResultSet, singleNumber } from '../result-set.ts';
import { gatherRows, rowsFileSql, writeRowsFile } from '../rows-file.ts';
import { valuesStatement } from '../values-statement.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { syncFile, syncFolder } from './durable-file.ts';
import { quotedIdentifier, quotedString } from './quote.ts';
import { readCsv } from './read-csv.ts';
import type { SnapshotFolder } from './snapshot-folder.ts';

/** The name under which the staging layer of the snapshot before is attached. */
export const PREVIOUS = 'previous';

/** A run's private snapshot folder, attached to one DuckDB instance. */
export class DuckDbWorkspace implements Workspace {
  readonly snapshotId: string;
  readonly #folder: SnapshotFolder;
  readonly #pool: ConnectionPool;
  readonly #carried: Partial<LayerLocations>;
  readonly #tempDir: string;
  readonly #settling = new Map<Layer, Promise<PromiseSettledResult<void>>>();
  #besides = 0;
  #closed = false;

  constructor(
    snapshotId: string,
    folder: SnapshotFolder,
    pool: ConnectionPool,
    carried: Partial<LayerLocations>,
    tempDir: string,
  ) {
    this.snapshotId = snapshotId;
    this.#folder = folder;
    this.#pool = pool;
    this.#carried = carried;
    this.#tempDir = tempDir;
  }

  relation(layer: Layer, name: string): string {
    return `${layer}.${quotedIdentifier(name)}`;
  }

  previousRelation(name: string): string {
    return `${PREVIOUS}.${quotedIdentifier(name)}`;
  }

  async beside(layer: Layer, { location }: LayerLocation): Promise<(name: string) => string> {
    const path = this.#folder.resolve(location);
    // A foreign log would be replayed into the layer.
    if (existsSync(`${path}.wal`))
      throw new RunError(`${path}.wal should not be there: ${path} was not closed in order`);
    const database = `beside_${layer}_${++this.#besides}`;
    await this.execute(`attach ${quotedString(path)} as ${database} (type duckdb, read_only)`);
    return (name) => `${database}.${quotedIdentifier(name)}`;
  }

  query(sql: string, options?: QueryOptions): Promise<ResultSet> {
    return this.#pool.use((connection) => connection.query(sql, options));
  }

  execute(sql: string, options?: QueryOptions): Promise<void> {
    return this.#pool.use((connection) => connection.execute(sql, options));
  }

  async stageCsv(file: CsvFile): Promise<string> {
    return readCsv(file);
  }

  async createRelation({ layer, name, kind, sql, orderBy }: RelationSpec, options?: QueryOptions): Promise<number> {
    const relation = this.relation(layer, name);
    if (kind === 'view') {
      await this.execute(`create view ${relation} as ${sql}`, options);
      return singleNumber(await this.query(`select count(*) from ${relation}`, options));
    }
    const order =
      orderBy.length === 0 ? '' : ` order by ${orderBy.map((column) => quotedIdentifier(column)).join(', ')}`;
    return singleNumber(await this.query(`create table ${relation} as select * from (${sql}\n)${order}`, options));
  }

  async createFromRows({ columns, rows, ...spec }: RowsSpec): Promise<number> {
    const gathered = gatherRows(rows);
    if ('few' in gathered) {
      return this.createRelation({ ...spec, kind: 'table', sql: valuesStatement(columns, gathered.few) });
    }
    const path = join(this.#tempDir, `${spec.layer}-${spec.name}.csv`);
    try {
      const staged = await this.stageCsv(await writeRowsFile(path, { columns, rows: gathered.many }));
      return await this.createRelation({ ...spec, kind: 'table', sql: rowsFileSql(columns, staged) });
    } finally {
      await rm(path, { force: true });
    }
  }

  progress(): number | undefined {
    return this.#pool.progress();
  }

  /** A checkpoint compresses, which takes as long as building; reading goes on meanwhile. */
  settle(layer: Layer): void {
    if (this.#settling.has(layer) || this.#carried[layer] !== undefined) return;
    const checkpoint = this.execute(`checkpoint ${layer}`);
    this.#settling.set(
      layer,
      Promise.allSettled([checkpoint]).then(([result]) => result),
    );
  }

  async seal(): Promise<LayerLocations> {
    const built = LAYERS.filter((layer) => this.#carried[layer] === undefined);
    for (const layer of built) this.settle(layer);
    for (const settled of await Promise.all(this.#settling.values())) {
      if (settled.status === 'rejected') throw settled.reason;
    }
    await this.#close();
    for (const layer of built) await this.#makeDurable(layer);
    await syncFolder(this.#folder.snapshot(this.snapshotId));
    await syncFolder(this.#folder.snapshots);
    await rm(this.#tempDir, { recursive: true, force: true });
    const locate = (layer: Layer): LayerLocation =>
      this.#carried[layer] ?? {
        snapshotId: this.snapshotId,
        location: this.#folder.location(this.snapshotId, layer),
      };
    return { staging: locate('staging'), warehouse: locate('warehouse'), business: locate('business') };
  }

  async discard(): Promise<void> {
    await Promise.all(this.#settling.values());
    try {
      await this.#close();
    } catch {
      // A database that its engine has given up cannot be closed in order; its files go all the same.
    }
    await this.#folder.remove(this.snapshotId).catch(() => undefined);
    await rm(this.#tempDir, { recursive: true, force: true }).catch(() => undefined);
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.close();
  }

  async #makeDurable(layer: Layer): Promise<void> {
    const path = this.#folder.resolve(this.#folder.location(this.snapshotId, layer));
    // A write-ahead log beside the file would be replayed into whatever is called so later.
    if (existsSync(`${path}.wal`)) {
      throw new RunError(`${path}.wal is left after closing ${layer}: the snapshot is not complete`);
    }
    await chmod(path, 0o600);
    await syncFile(path);
  }
}
