import type { CopiedTable } from './copied-table.ts';
import type { InflationLimits } from './gunzip.ts';
import type { ReadingOptions } from './reading-options.ts';

export interface ScanOptions extends ReadingOptions, Partial<InflationLimits> {
  /** Where the file is the copy of a database table: what is known of it. */
  readonly table?: CopiedTable;
  /** A private folder for canonical files, made and removed by the caller. */
  readonly tempDir: string;
  /** Aborting makes the scan throw a CancelledError. */
  readonly signal?: AbortSignal;
  /** Called per chunk; never goes back. Bytes on disk. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Longer records are malformed. Default 1 MiB. */
  readonly maxRecordBytes?: number;
  /** Bytes read at a time. Default 1 MiB; changes nothing but speed. */
  readonly chunkBytes?: number;
}
