/**
 * A CSV file that our scanner has approved: RFC 4180 with `"` quotes, UTF-8, no NUL, no blank records, and exactly
 * `columns.length` fields in every record.
 */
export interface CsvFile {
  readonly path: string;
  readonly delimiter: string;
  /** What ends each record (today always LF: sources with CRLF are copied); quoted fields may hold any line break. */
  readonly newline: 'lf' | 'crlf';
  /** All columns of the file in their order: positional names (`c0`, `c1`, ...), `source_row` and `source_line` before them where `hasPosition`. */
  readonly columns: readonly string[];
  /** Physical lines before the first record. */
  readonly skipLines: number;
  /** Of any line to be read or skipped, without its line end. */
  readonly longestRecordBytes: number;
  readonly recordCount: number;
  /**
   * True: the first two columns are the row and the line in the source. False: the file is the source itself, row = place of the record
   * from 1, line = row + `skipLines`.
   */
  readonly hasPosition: boolean;
}
