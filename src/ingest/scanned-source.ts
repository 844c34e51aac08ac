import type { CsvFile } from '../engines/csv-file.ts';
import type { Content } from './container/content.ts';
import type { FileIdentity } from './file-identity.ts';
import type { TextColumn } from './raw-table.ts';
import type { LineEnding } from './record-scanner.ts';
import type { TextEncoding } from './text-encoding.ts';
import type { Understanding } from './understanding.ts';

/** All that is known of an input file after a look at every byte. */
export interface ScannedSource {
  /** Real path; that of its copy for a table. */
  readonly path: string;
  /** Where the orders come from, for the records: the path, or the table with its database. */
  readonly origin: string;
  /** Base name, or that of the table, for people. */
  readonly name: string;
  /** Size and hash are those of the bytes on disk, before decompression. */
  readonly bytes: number;
  readonly sha256: string;
  /** By content, not by name. */
  readonly container: Content['container'];
  readonly compression: Content['compression'];
  /** Whether the content is text of some dialect, or was a table already. */
  readonly table: Content['form'];
  /** The sheet or member that was read. */
  readonly member?: string;
  readonly otherMembers: readonly string[];
  readonly containerWarnings: readonly string[];
  readonly identity: FileIdentity;
  /** Header cells as written, in file order. */
  readonly columns: readonly string[];
  readonly understanding: Understanding;
  readonly ignoredColumns: readonly string[];
  /** Data records: well-formed and malformed. */
  readonly recordCount: number;
  readonly wellFormedCount: number;
  readonly malformedCount: number;
  /** Lines below the table, which are records that are set aside. */
  readonly footerCount: number;
  /** Empty lines and lines of only delimiters and spaces; not records. */
  readonly blankCount: number;
  readonly invalidUtf8Count: number;
  readonly hasByteOrderMark: boolean;
  readonly encoding: TextEncoding;
  /** Why the text was read in that encoding, in words. */
  readonly encodingEvidence: string;
  /** What stands between fields. */
  readonly delimiter: string;
  /** Physical line of the header, from 1, and the lines above it. */
  readonly headerLine: number;
  readonly preamble: readonly string[];
  readonly lineEnding: LineEnding;
  readonly endsWithNewline: boolean;
  /** Sentences for the user, without the file's name. */
  readonly warnings: readonly string[];
  /** What the engine may read: exactly `wellFormedCount` records. */
  readonly records: CsvFile;
  /** Raw columns that `records` holds, by position of its columns; undefined where a column is not used. */
  readonly recordColumns: readonly (TextColumn | undefined)[];
  /** `source_row, source_line, detail, raw_text, kind, kind_detail` of the malformed lines; absent when there are none. */
  readonly malformed?: CsvFile;
}
