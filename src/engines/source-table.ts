/** A table, or a view, on a database server, from which orders are read. Nothing is written to the server. */
export interface SourceTable {
  /** As SQL names it: `shop.orders`, `"Sales 2024"."Orders.v2"`. */
  readonly name: string;
  /** The database that it is in, for people: `postgres://user@host:port/database`, never with a password. */
  readonly server: string;
  /**
   * Writes all rows, as they are at one moment, to a new file that only its owner may read: UTF-8 CSV with commas and LF,
   * the column names first, null as an empty cell. The order of rows depends on their content alone.
   * @throws CancelledError when the signal is aborted; RunError, UsageError or QueryError when the rows cannot be read.
   */
  copyTo(path: string, options?: CopyOptions): Promise<TableCopy>;
}

export interface CopyOptions {
  readonly signal?: AbortSignal;
  /** Told from time to time how many bytes have been written. How many there will be is not known. */
  readonly onBytes?: (bytes: number) => void;
}

/** What was written of a table. */
export interface TableCopy {
  readonly columns: readonly TableColumn[];
  /** As the server counted them. */
  readonly rowCount: number;
  /** Sentences for the user, without the table's name. */
  readonly warnings: readonly string[];
}

export interface TableColumn {
  readonly name: string;
  /** `number`: digits with a point. `date`: YYYY-MM-DD, with or without a time and an offset. Else whatever text it holds. */
  readonly kind: 'number' | 'date' | 'other';
}
