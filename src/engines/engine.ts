import type { CsvFile } from './csv-file.ts';
import type { Layer } from './layer.ts';
import type { ResultSet, Value } from './result-set.ts';

/** The engines this version knows SQL for. */
export type EngineName = 'duckdb' | 'postgres';

/** What an engine can and cannot do; asked once, so that a command fails early and says why. */
export interface Capabilities {
  /** How many models may usefully be built at the same time. */
  readonly concurrentModels: number;
  /** Whether `Reader.writeParquet` works. */
  readonly parquetExport: boolean;
  /** Whether layers are files that other tools can open. */
  readonly layerFiles: boolean;
  /** Whether rows come in the order in which the table was built, unless a statement asks for another. */
  readonly storedOrder: boolean;
  /** Whether tables have primary and foreign keys and indexes. */
  readonly keys: boolean;
  /** Whether several machines may work on the same published data. */
  readonly shared: boolean;
}

export interface QueryOptions {
  readonly params?: readonly Value[];
  /** Aborting interrupts the statement; the connection stays usable. */
  readonly signal?: AbortSignal;
}

/** Anything that answers SQL. A statement that fails throws `QueryError` with the SQL. */
export interface Queryable {
  query(sql: string, options?: QueryOptions): Promise<ResultSet>;
}

/** What readers of a server that serves many may take of the machine. */
export interface ReadLimits {
  /** Memory of all statements together, as `2GB`, unless the settings say how much. */
  readonly memory: string;
  /** Largest size of what does not fit into memory, as `4GB`. */
  readonly tempSize: string;
}

export interface ReaderOptions {
  /** Names without a layer are looked up there. */
  readonly defaultLayer?: Layer | undefined;
  /** For engines that run in this process; a database server has limits of its own. */
  readonly limits?: ReadLimits | undefined;
}

/** Published layers, opened read-only under their layer names (`business.monthly_metrics`). */
export interface Reader extends Queryable {
  readonly snapshotId: string;
  /** Rows in chunks, so that memory does not grow with the result. */
  stream(sql: string, options?: QueryOptions): AsyncIterable<ResultSet>;
  writeParquet(sql: string, path: string): Promise<void>;
  /** SQL for a column of text, given as SQL, that arrives here as it is stored, whatever the engine's client does to text. */
  exactText(column: string): string;
  close(): Promise<void>;
}

/** Where a layer of a snapshot is stored; its meaning belongs to the engine. */
export interface LayerLocation {
  /** The snapshot that built the layer; an older one when a run carried the layer over. */
  readonly snapshotId: string;
  /** For DuckDB a file, relative to the data folder; for PostgreSQL a schema, without the prefix. */
  readonly location: string;
}

export type LayerLocations = Readonly<Record<Layer, LayerLocation>>;

/** What a snapshot is made of; stored with it and needed to read it, re-point to it or carry its layers over. */
export interface SnapshotManifest {
  readonly format: 1;
  readonly snapshotId: string;
  /** Counts the snapshots of a data folder up; order by this, never by time. */
  readonly sequence: number;
  readonly runId: string;
  readonly engine: EngineName;
  readonly version: string;
  readonly createdAt: string;
  readonly asOf: string;
  readonly layers: LayerLocations;
  /** Rows by `layer.relation`. */
  readonly rowCounts: Readonly<Record<string, number>>;
  readonly sources: readonly SnapshotSource[];
}

/** An input file that a snapshot's staging layer holds. */
export interface SnapshotSource {
  readonly loadId: number;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly recordCount: number;
  readonly blankCount: number;
  /** Files loaded by one run have one number, counted up from 1. */
  readonly batchNo?: number;
  /** Column names as written. */
  readonly columns?: readonly string[];
  /** What the file was recognised as. */
  readonly layout?: string;
  /** ISO 4217; absent where the file names none. */
  readonly currency?: string;
}

export interface RelationSpec {
  readonly layer: Layer;
  readonly name: string;
  readonly kind: 'table' | 'view';
  /** A plain select statement. */
  readonly sql: string;
  /** The grain: where order is stored, rows are stored in this one, so that the same input gives the same file. */
  readonly orderBy: readonly string[];
  /** What the checks will hold to, for engines that keep keys. */
  readonly keys?: RelationKeys;
}

/** Keys of a table, as its header declares them by checks of severity error. */
export interface RelationKeys {
  /** Sets of columns of which each identifies a row. */
  readonly unique: readonly (readonly string[])[];
  readonly notNull: readonly string[];
  readonly references: readonly KeyReference[];
}

/** A column whose values are those of a column of another table. */
export interface KeyReference {
  readonly column: string;
  readonly layer: Layer;
  readonly name: string;
  readonly targetColumn: string;
}

export interface WorkspaceSpec {
  readonly snapshotId: string;
  /** Layers taken over from an earlier snapshot: attached read-only instead of being built. */
  readonly carried: Partial<LayerLocations>;
  /** A staging layer whose rows are to be copied, readable by `previousRelation`. */
  readonly previousStaging?: LayerLocation;
}

/** A private place in which one run builds its layers; nobody else sees it before it is published. */
export interface Workspace extends Queryable {
  readonly snapshotId: string;
  /** The quoted name of a relation in SQL. */
  relation(layer: Layer, name: string): string;
  /** The quoted name of a relation of the previous staging layer; only where the workspace was given one. */
  previousRelation(name: string): string;
  /**
   * Makes a layer of another snapshot readable beside this one: the returned function gives the quoted name of a relation of it.
   * @throws when it is not there or cannot be opened; the workspace stays usable.
   */
  beside(layer: Layer, location: LayerLocation): Promise<(name: string) => string>;
  /** Makes an approved file readable: returns a FROM-able expression with `record_no` (bigint from 1) and the file's columns, all text. */
  stageCsv(file: CsvFile, options?: QueryOptions): Promise<string>;
  /** Runs a statement that returns nothing of interest. */
  execute(sql: string, options?: QueryOptions): Promise<void>;
  createRelation(spec: RelationSpec, options?: QueryOptions): Promise<number>;
  /** Creates a table from rows made in JavaScript; `types` are SQL types by position. */
  createFromRows(spec: RowsSpec): Promise<number>;
  /** Rows processed and share done (0-1) of the statement under way; undefined when the engine cannot tell. */
  progress(): number | undefined;
  /** Says that a layer is complete, so that the engine may write it out while the next one is built. */
  settle(layer: Layer): void;
  /** Makes the layers durable and closes them: after this only `Engine.publish` touches them. */
  seal(): Promise<LayerLocations>;
  /** Gives everything up and removes it. Never throws. */
  discard(): Promise<void>;
}

export interface RowsSpec {
  readonly layer: Layer;
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly sqlType: string }[];
  /** Read once; many of them go through a file, so that memory does not grow with them. */
  readonly rows: Iterable<readonly (Value | bigint)[]>;
  readonly orderBy: readonly string[];
  readonly keys?: RelationKeys;
}

/** Who wants to be alone with the published data, for those who find it taken. */
export interface LockRequest {
  readonly runId: string;
  readonly command: string;
}

export interface PublishOptions {
  /** Told each durable step. */
  readonly onPoint?: (point: string) => void;
  /** Told why publishing has to wait, each time that it does. */
  readonly onWait?: (reason: string) => void;
  /** Aborting ends the waiting; what is being published is published. */
  readonly signal?: AbortSignal;
}

/**
 * Snapshots that may go. `keep`: all complete ones but these, and what only they need. `crashed`: what killed processes
 * left behind: unfinished snapshots, those of the given runs though they are complete, temporary files.
 */
export type Unwanted = { readonly keep: ReadonlySet<string> } | { readonly crashed: ReadonlySet<string> };

export interface Removed {
  readonly snapshotIds: readonly string[];
  /** What could not be removed yet, and why, one sentence each; the next run tries again. */
  readonly left: readonly string[];
}

/** One analytical database under the pipeline. Nine members, each needed by every engine. */
export interface Engine {
  readonly name: EngineName;
  readonly capabilities: Capabilities;
  /**
   * Keeps runs of other machines away until the returned function is called; runs over the same data folder exclude
   * each other anyway. @throws RunError when another run is under way.
   */
  lock(request: LockRequest): Promise<() => Promise<void>>;
  createWorkspace(spec: WorkspaceSpec): Promise<Workspace>;
  /**
   * Atomically makes a sealed snapshot, or an older one, the published one.
   * @throws OutcomeUnknownError when it cannot be found out whether that has happened.
   */
  publish(manifest: SnapshotManifest, options?: PublishOptions): Promise<void>;
  /** The published snapshot, or undefined before the first run. Throws `DamagedError` where that cannot be told. */
  published(): Promise<SnapshotManifest | undefined>;
  /** All complete snapshots, newest first. */
  snapshots(): Promise<SnapshotManifest[]>;
  /** Opens a snapshot read-only. */
  openReader(manifest: SnapshotManifest, options?: ReaderOptions): Promise<Reader>;
  /** Removes snapshots, never the published one or what it has carried over. Whoever calls this keeps other runs away. */
  remove(unwanted: Unwanted): Promise<Removed>;
}
