import { statSync } from 'node:fs';
import type { Effects } from '../effects.ts';
import { insertLaunches, type RecordedLaunch } from './campaigns/insert-launches.ts';
import type { LaunchEntry } from './campaigns/launch-records.ts';
import { type ListedCustomer, openStagedList, stageCustomers } from './campaigns/staged-list.ts';
import { insertChecks } from './checks.ts';
import { type Connection, openReadable, openWritable } from './connection.ts';
import { insertLedger } from './ledger.ts';
import { insertLineage } from './lineage.ts';
import { MetadataReader } from './reader.ts';
import type {
  CheckEntry,
  LedgerEntry,
  LineageEntry,
  RunEnd,
  RunStart,
  SegmentEntry,
  SnapshotEntry,
  SourceEntry,
  TableEntry,
} from './records.ts';
import { insertRun, updateRunCrashed, updateRunEnd, updateRunModels } from './runs.ts';
import { MIGRATIONS, migrate, schemaState } from './schema.ts';
import { insertSegments } from './segments.ts';
import { updatePublishedSnapshot, updateRemovedSnapshot, upsertPublishedSnapshot } from './snapshots.ts';
import { insertSources } from './sources.ts';
import { upsertTable } from './tables.ts';

/**
 * The run history, open for writing. Every method is one transaction and lists are written as a whole or not at all;
 * other processes read meanwhile.
 */
export class MetadataStore extends MetadataReader {
  readonly #effects: Pick<Effects, 'now'>;

  constructor(connection: Connection, effects: Pick<Effects, 'now'>) {
    super(connection);
    this.#effects = effects;
  }

  /** Several writes as one transaction: all of them, or none if `work` throws. */
  transaction<Result>(work: () => Result): Result {
    return this.connection.transaction(work);
  }

  /** Records that a run has begun now; returns its number. */
  beginRun(run: RunStart): number {
    return insertRun(this.connection, run, this.#effects.now());
  }

  /** Records how a run that is under way has ended, now. */
  finishRun(runId: string, end: RunEnd): void {
    updateRunEnd(this.connection, runId, end, this.#effects.now());
  }

  /** Marks a run that never ended, and its unfinished tables, as crashed; false if it was not under way. */
  markCrashed(runId: string, note: string): boolean {
    return updateRunCrashed(this.connection, runId, note);
  }

  /** The state of one table; recording the same table again replaces it. */
  recordTable(runId: string, table: TableEntry): void {
    upsertTable(this.connection, runId, table);
  }

  recordChecks(runId: string, checks: readonly CheckEntry[]): void {
    insertChecks(this.connection, runId, checks, this.#effects.now());
  }

  recordLineage(runId: string, lineage: readonly LineageEntry[]): void {
    insertLineage(this.connection, runId, lineage);
  }

  recordSources(runId: string, sources: readonly SourceEntry[]): void {
    insertSources(this.connection, runId, sources, this.#effects.now());
  }

  recordLedger(runId: string, lines: readonly LedgerEntry[]): void {
    insertLedger(this.connection, runId, lines);
  }

  /** Records the segments of what a run is about to publish. */
  recordSegments(runId: string, segments: SegmentEntry): void {
    insertSegments(this.connection, runId, segments);
  }

  /** Records which models a run is made with. */
  recordModels(runId: string, sha256: string): void {
    updateRunModels(this.connection, runId, sha256);
  }

  /** Records a snapshot that has just been published; the one before is retired. May be repeated after a crash. */
  recordSnapshot(snapshot: SnapshotEntry): void {
    upsertPublishedSnapshot(this.connection, snapshot, this.#effects.now());
  }

  /** Records that readers see this snapshot again (a rollback) and retires the one before; false if it is not kept. */
  republishSnapshot(snapshotId: string): boolean {
    return updatePublishedSnapshot(this.connection, snapshotId, this.#effects.now());
  }

  /** Records that the files of a retired snapshot are gone; false if there is no such retired snapshot. */
  removeSnapshot(snapshotId: string): boolean {
    return updateRemovedSnapshot(this.connection, snapshotId);
  }

  /** Begins a list of customers that is to be launched; one begun before is forgotten. */
  beginCampaignList(): void {
    openStagedList(this.connection);
  }

  /** Adds customers to the list. */
  listCustomers(customers: readonly ListedCustomer[]): void {
    stageCustomers(this.connection, customers);
  }

  /**
   * Records the list in the campaign ledger, one launch for each campaign, all or none.
   * @throws UsageError when somebody on it is still in the cooldown of an earlier launch.
   */
  recordLaunches(launches: readonly LaunchEntry[], cooldownDays: number): RecordedLaunch[] {
    return insertLaunches(this.connection, launches, { cooldownDays, now: this.#effects.now() });
  }

  /** Moves what is in the write-ahead log into the file, then closes. */
  override close(): void {
    this.connection.checkpoint();
    super.close();
  }
}

/**
 * Opens the run history for writing; makes the file, or brings its schema up to date.
 * @throws PipelineError when the file cannot be written, is damaged, or was written by a newer release.
 */
export function openMetadata(
  path: string,
  effects: Pick<Effects, 'now'>,
  migrations: readonly string[] = MIGRATIONS,
): MetadataStore {
  const connection = openWritable(path);
  try {
    migrate(connection, migrations);
  } catch (error) {
    connection.close();
    throw error;
  }
  return new MetadataStore(connection, effects);
}

/**
 * Opens the run history for reading, also while a run is writing; undefined when there is none yet.
 * @throws PipelineError when the file cannot be read, is damaged, or was written by a newer release.
 */
export function openMetadataReadOnly(
  path: string,
  migrations: readonly string[] = MIGRATIONS,
): MetadataReader | undefined {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const connection = openReadable(path);
  try {
    const state = schemaState(connection, migrations);
    if (state === 'current') return new MetadataReader(connection);
    connection.close();
    if (state === 'empty') return undefined;
  } catch (error) {
    connection.close();
    throw error;
  }
  bringUpToDate(path, migrations);
  return new MetadataReader(openReadable(path));
}

function bringUpToDate(path: string, migrations: readonly string[]): void {
  const connection = openWritable(path);
  try {
    migrate(connection, migrations);
  } finally {
    connection.close();
  }
}
