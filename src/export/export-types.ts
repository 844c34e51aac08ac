export const EXPORT_FORMATS = ['csv', 'json', 'parquet', 'sqlite'] as const;
/** `json` is JSON lines; `sqlite` is one database file per layer; the others are one file per table. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  /** Tables as `monthly_metrics` or `business.monthly_metrics`, or whole layers. Default: everything that is published. */
  readonly tables?: readonly string[];
  /** Default `csv`. */
  readonly format?: ExportFormat;
  /** Default `exports` in the data folder. Made when missing; files of the same names are replaced. */
  readonly outDir?: string;
  /**
   * CSV only. True writes text as it is. Default false: text that a spreadsheet would take for a formula gets a leading
   * apostrophe.
   */
  readonly exact?: boolean;
  /** Aborting cancels; earlier files in the folder stay as they were. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExportProgress) => void;
}

export interface ExportProgress {
  /** The table being written, as `layer.table`. */
  readonly table: string;
  /** Rows of the whole export that have been written. */
  readonly rows: number;
  readonly totalRows: number;
}

export interface ExportedTable {
  /** As `layer.table`. */
  readonly table: string;
  readonly rows: number;
}

export interface ExportedFile {
  /** Relative to the folder of the export. */
  readonly name: string;
  readonly tables: readonly ExportedTable[];
  readonly bytes: number;
  /** Of the file's bytes, as 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What an export has written; `manifest.json` beside the files says the same. */
export interface ExportResult {
  readonly format: ExportFormat;
  /** The snapshot that every table is of. */
  readonly snapshotId: string;
  readonly asOf: string;
  readonly outDir: string;
  readonly rows: number;
  readonly files: readonly ExportedFile[];
  readonly durationSeconds: number;
}
