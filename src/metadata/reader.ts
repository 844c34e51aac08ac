import type { AssignmentRecord, LaunchRecord } from './campaigns/launch-records.ts';
import { iterateAssignmentsBefore, selectLaunches } from './campaigns/select-launches.ts';
import { type LedgerFault, verifyLedger } from './campaigns/verify-ledger.ts';
import { countChecks, selectChecks } from './checks.ts';
import type { Connection } from './connection.ts';
import { selectLedger } from './ledger.ts';
import { selectLineage } from './lineage.ts';
import type {
  CheckCounts,
  CheckRecord,
  LedgerRecord,
  LineageRecord,
  RunRecord,
  SegmentMigrationRecord,
  SnapshotRecord,
  SourceRecord,
  TableRecord,
} from './records.ts';
import { selectLastRuns, selectRun, selectUnfinishedRuns } from './runs.ts';
import { selectMemberships, selectSegmentMigration } from './segments.ts';
import { selectPublishedSnapshot, selectSnapshots } from './snapshots.ts';
import { selectSources } from './sources.ts';
import { selectTables } from './tables.ts';

/** What can be asked of the run history. A run that is not there has no rows. */
export class MetadataReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The newest runs, newest first, by the order in which they began. */
  lastRuns(limit: number): RunRecord[] {
    return selectLastRuns(this.connection, limit);
  }

  run(runId: string): RunRecord | undefined {
    return selectRun(this.connection, runId);
  }

  /** Runs that have begun and not ended, oldest first. Whoever holds the run lock knows that they have crashed. */
  unfinishedRuns(): RunRecord[] {
    return selectUnfinishedRuns(this.connection);
  }

  /** The tables of a run in the order in which they were first recorded. */
  tablesOf(runId: string): TableRecord[] {
    return selectTables(this.connection, runId);
  }

  checksOf(runId: string): CheckRecord[] {
    return selectChecks(this.connection, runId);
  }

  checkCountsOf(runId: string): CheckCounts {
    return countChecks(this.connection, runId);
  }

  lineageOf(runId: string): LineageRecord[] {
    return selectLineage(this.connection, runId);
  }

  sourcesOf(runId: string): SourceRecord[] {
    return selectSources(this.connection, runId);
  }

  /** The files whose rows are in that run's data, loaded then or carried, by the SHA-256 of their bytes. */
  knownHashesOf(runId: string): ReadonlyMap<string, SourceRecord> {
    const known = this.sourcesOf(runId).filter((source) => source.status !== 'duplicate');
    return new Map(known.map((source) => [source.sha256, source]));
  }

  ledgerOf(runId: string): LedgerRecord[] {
    return selectLedger(this.connection, runId);
  }

  /** Customers by segment, as a run has published them; empty where that was not recorded. */
  segmentsOf(runId: string): Readonly<Record<string, number>> {
    return selectMemberships(this.connection, runId);
  }

  /** The moves between segments that a run has published; undefined where nothing was published before it. */
  segmentMigrationOf(runId: string): SegmentMigrationRecord | undefined {
    return selectSegmentMigration(this.connection, runId);
  }

  /** All snapshots, removed ones too, oldest first. */
  snapshots(): SnapshotRecord[] {
    return selectSnapshots(this.connection);
  }

  publishedSnapshot(): SnapshotRecord | undefined {
    return selectPublishedSnapshot(this.connection);
  }

  /** What was launched, in the order in which it was recorded. */
  launches(): LaunchRecord[] {
    return selectLaunches(this.connection);
  }

  /** All assignments of launches before a day, row by row. */
  assignmentsBefore(day: string): Generator<AssignmentRecord> {
    return iterateAssignmentsBefore(this.connection, day);
  }

  /** What in the campaign ledger is not as it was recorded; nothing where the chain is intact. */
  verifyCampaigns(): LedgerFault[] {
    return verifyLedger(this.connection);
  }

  /** What SQLite's own check finds wrong with the file; nothing where it is sound. */
  damages(): string[] {
    const found = this.connection.all('pragma quick_check(10)').map((row) => row.text('quick_check'));
    return found.filter((line) => line !== 'ok');
  }

  close(): void {
    this.connection.close();
  }
}
