/**
 * A CSV file that our own scanner has approved: RFC 4180 but for its ends of records, which are LF (DuckDB loses
 * records that end in CRLF), quote `"`, UTF-8, every record with exactly these fields.
 * An engine may read it with fixed settings and must arrive at `recordCount` records.
 */
export interface CsvFile {
  readonly path: string;
  readonly delimiter: string;
  /** Names by position, in file order. */
  readonly columns: readonly string[];
  /** Header lines to skip: 1 when the original is read directly. */
  readonly skipLines: number;
  readonly longestRecordBytes: number;
  readonly recordCount: number;
  /**
   * True: the first two columns are `source_row` and `source_line`. False: `source_row` is the ordinal from 1 and
   * `source_line` is `source_row + skipLines`.
   */
  readonly hasPosition: boolean;
}
