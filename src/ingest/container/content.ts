import type { InflationLimits } from '../gunzip.ts';

export type Compression = 'none' | 'gzip' | 'zstd' | 'zip';

/** What a file holds once its wrapping is taken off. */
export interface Content {
  /** Text is named by its wrapping, a table by its format; `table` is a copied database table. */
  readonly container: 'plain' | 'gzip' | 'zstd' | 'zip' | 'xlsx' | 'json' | 'jsonl' | 'parquet' | 'table';
  /** What was taken off before the format was looked at; workbooks and Parquet compress inside: `none`. */
  readonly compression: Compression;
  /** Name of the member or sheet that is read, for people: `orders.csv`, `Orders`. */
  readonly member?: string;
  /** The other members or sheets. */
  readonly others: readonly string[];
  /**
   * `text`: bytes of unknown encoding and dialect. `table`: UTF-8 CSV with commas, quoted cells, column names first, LF; an
   * empty line is an empty row, and a line that cannot be read as a record is one with a stray quote in its first field.
   */
  readonly form: 'text' | 'table';
  /**
   * The content from the beginning, any number of times, one after the other. A chunk is valid until the next is asked for.
   * Throws an InputError when the data is damaged or passes the limits, a CancelledError when the signal is aborted.
   */
  chunks(): AsyncGenerator<Buffer, void, void>;
  /** Of the bytes on disk, in hex. Costs a read of its own only when no read from beginning to end has happened yet. */
  sha256(): Promise<string>;
  /** Sentences about what was left out, without the file's name; complete after a whole pass. */
  warnings(): readonly string[];
}

export interface ContentOptions {
  /** Bytes read, and about as many yielded, at a time. */
  readonly chunkBytes: number;
  readonly limits: InflationLimits;
  /** A private folder, made and removed by the caller. */
  readonly tempDir: string;
  /** Name of a workbook's sheet, or its number from 1. */
  readonly sheet?: string;
  /** Name of a zip archive's member. */
  readonly member?: string;
  /** Tells a table's header from other rows, to choose among several sheets. By default none looks like one. */
  readonly looksLikeHeader?: (cells: readonly string[]) => boolean;
  readonly signal?: AbortSignal;
  /** Bytes on disk that the read under way has used up, 0 to the file's size; begins again with each read. */
  readonly onBytes?: (doneBytes: number) => void;
}

/** Options of the command line, as the errors here name them. */
export const optionNames = { member: '--sheet', sheet: '--sheet' } as const;
