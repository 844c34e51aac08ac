export const RUN_STATUSES = ['running', 'success', 'failed', 'cancelled', 'crashed', 'blocked'] as const;
/** `blocked`: a check of severity error failed, nothing was published. `crashed`: the process died on the way. */
export type RunStatus = (typeof RUN_STATUSES)[number];

/** One run. Times are ISO 8601 in UTC. */
export interface RunRecord {
  /** Counts up from 1; the order of runs, whatever the clock did. */
  readonly runNumber: number;
  readonly runId: string;
  readonly command: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  /** Null while the run is under way, and for a crashed run, of which nobody knows when it ended. */
  readonly endedAt: string | null;
  readonly durationSeconds: number | null;
  readonly asOf: string | null;
  readonly engine: string | null;
  readonly snapshotId: string | null;
  readonly errorMessage: string | null;
  readonly config: unknown;
  readonly summary: unknown;
  readonly pid: number | null;
  readonly version: string | null;
  /** Hash of the models that the run was made with; null where it is not known. */
  readonly modelsSha256: string | null;
}

export interface RunStart {
  readonly runId: string;
  readonly command: string;
  readonly engine?: string | undefined;
  readonly asOf?: string | undefined;
  readonly pid?: number | undefined;
  /** Version of this program. */
  readonly version?: string | undefined;
  /** Any JSON value: the effective config. */
  readonly config?: unknown;
}

export interface RunEnd {
  readonly status: Exclude<RunStatus, 'running' | 'crashed'>;
  readonly durationSeconds: number;
  /** Left out: stays what `beginRun` was given. */
  readonly asOf?: string | undefined;
  readonly snapshotId?: string | undefined;
  readonly errorMessage?: string | undefined;
  /** Any JSON value: what the run printed. */
  readonly summary?: unknown;
}

export const TABLE_STATUSES = ['running', 'success', 'failed', 'cancelled', 'crashed', 'skipped', 'carried'] as const;
/** `skipped`: not built because an earlier step failed. `carried`: taken over from an earlier snapshot. */
export type TableStatus = (typeof TABLE_STATUSES)[number];

/** One table of one run: a row of `pipeline_runs`. */
export interface TableRecord {
  readonly runId: string;
  readonly layer: string;
  readonly tableName: string;
  readonly status: TableStatus;
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly durationSeconds: number | null;
  readonly rowCount: number | null;
  readonly errorMessage: string | null;
}

export interface TableEntry {
  readonly layer: string;
  readonly tableName: string;
  readonly status: TableStatus;
  readonly startTime?: Date | undefined;
  readonly endTime?: Date | undefined;
  readonly durationSeconds?: number | undefined;
  readonly rowCount?: number | undefined;
  readonly errorMessage?: string | undefined;
}

export const CHECK_SEVERITIES = ['warn', 'error'] as const;
export type CheckSeverity = (typeof CHECK_SEVERITIES)[number];
export const CHECK_STATUSES = ['passed', 'warned', 'failed'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** One quality check of one run: a row of `data_quality_checks`. */
export interface CheckRecord {
  readonly checkId: number;
  readonly runId: string;
  readonly layer: string;
  readonly tableName: string;
  readonly checkType: string;
  readonly checkName: string;
  readonly severity: CheckSeverity;
  readonly expectedValue: string | null;
  readonly actualValue: string | null;
  readonly failingRows: number | null;
  readonly status: CheckStatus;
  readonly errorDetails: string | null;
  readonly checkTime: string;
}

export interface CheckEntry {
  readonly layer: string;
  readonly tableName: string;
  readonly checkType: string;
  readonly checkName: string;
  readonly severity: CheckSeverity;
  readonly status: CheckStatus;
  readonly expectedValue?: string | undefined;
  readonly actualValue?: string | undefined;
  readonly failingRows?: number | undefined;
  readonly errorDetails?: string | undefined;
}

/** How many checks of a run ended how. */
export interface CheckCounts {
  readonly total: number;
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
}

/** Which table was made from which in a run: a row of `table_lineage`. */
export interface LineageRecord {
  readonly runId: string;
  readonly sourceTable: string;
  readonly targetTable: string;
  readonly transformationType: string;
}

export type LineageEntry = Omit<LineageRecord, 'runId'>;

export const SOURCE_STATUSES = ['loaded', 'duplicate', 'carried'] as const;
/**
 * `loaded`: read in this run. `duplicate`: its content had been loaded before, so nothing changed.
 * `carried`: loaded by an earlier run, its rows are part of this run's data.
 */
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/** One input file of one run. */
export interface SourceRecord {
  readonly runId: string;
  /** The load its rows carry in `stg_sales_raw`; null where it has none. */
  readonly loadId: number | null;
  readonly fileName: string;
  readonly path: string;
  readonly bytes: number;
  /** Of the bytes on disk, before decompression, as 64 hexadecimal digits. */
  readonly sha256: string;
  /** Data records of the file, well-formed and malformed. */
  readonly recordCount: number;
  readonly loadedRows: number;
  /** Null where not known by file. */
  readonly rejectedRows: number | null;
  readonly malformedCount: number;
  readonly blankCount: number;
  readonly status: SourceStatus;
  readonly loadedAt: string;
}

export interface SourceEntry extends Omit<SourceRecord, 'runId' | 'loadId' | 'rejectedRows' | 'loadedAt'> {
  readonly loadId?: number | undefined;
  readonly rejectedRows?: number | undefined;
  /** Left out: now. For a carried file the time at which it was loaded. */
  readonly loadedAt?: string | undefined;
}

export const LEDGER_MEASURES = ['rows', 'money'] as const;
export const LEDGER_STATUSES = ['balanced', 'gap'] as const;

/** One line of the reconciliation from file to business layer. Rows and money alike are decimal text. */
export interface LedgerEntry {
  readonly stage: string;
  readonly measure: (typeof LEDGER_MEASURES)[number];
  readonly expected: string;
  readonly actual: string;
  readonly difference: string;
  readonly status: (typeof LEDGER_STATUSES)[number];
}

export interface LedgerRecord extends LedgerEntry {
  readonly runId: string;
  /** From 1, in the order in which the lines were recorded. */
  readonly position: number;
}

/** How many customers went from one segment to another; those who stayed are moves too. */
export interface SegmentMove {
  /** A segment, or `not in the data before`. */
  readonly from: string;
  /** A segment, or `no longer in the data`. */
  readonly to: string;
  readonly customers: number;
}

/** The segments that a run has published. */
export interface SegmentEntry {
  /** Customers by segment. */
  readonly memberships: Readonly<Record<string, number>>;
  /** The run whose snapshot was published before; undefined where there was none, or it could not be read. */
  readonly previousRunId: string | undefined;
  readonly moves: readonly SegmentMove[];
}

/** The moves from the snapshot that was published before to that of a run. */
export interface SegmentMigrationRecord {
  readonly runId: string;
  readonly previousRunId: string;
  readonly moves: readonly SegmentMove[];
}

export const SNAPSHOT_STATUSES = ['published', 'retired', 'removed'] as const;
/** `published`: what readers see. `retired`: kept for a rollback. `removed`: its files are gone. */
export type SnapshotStatus = (typeof SNAPSHOT_STATUSES)[number];

export interface SnapshotRecord {
  readonly snapshotId: string;
  readonly runId: string;
  readonly createdAt: string;
  readonly publishedAt: string | null;
  readonly retiredAt: string | null;
  readonly status: SnapshotStatus;
  /** Layer name to the snapshot that holds its file: a layer that a run skipped lies in an earlier one. */
  readonly layers: Readonly<Record<string, string>>;
  /** `layer.table` to its number of rows. */
  readonly rowCounts: Readonly<Record<string, number>>;
}

export interface SnapshotEntry {
  readonly snapshotId: string;
  readonly runId: string;
  readonly layers: Readonly<Record<string, string>>;
  readonly rowCounts: Readonly<Record<string, number>>;
}
