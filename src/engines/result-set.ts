/** Column types that every engine can say; `other` is shown as text. */
export type ColumnType = 'text' | 'integer' | 'decimal' | 'double' | 'boolean' | 'date' | 'timestamp' | 'other';

/**
 * One cell. Integers beyond 2^53 and all decimals are text, exactly as the engine has them; dates are `YYYY-MM-DD`.
 */
export type Value = string | number | boolean | null;

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

export type Row = readonly Value[];

export interface ResultSet {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** A row by column name. It has no prototype, so that a column may be called `__proto__`. */
export type RowObject = Record<string, Value>;

/** The rows as objects by column name. */
export function toObjects({ columns, rows }: ResultSet): RowObject[] {
  return rows.map((row) => {
    const object: RowObject = Object.create(null);
    columns.forEach((column, position) => {
      object[column.name] = row[position] ?? null;
    });
    return object;
  });
}

/** The only value of a result of one row and one column. */
export function singleValue(result: ResultSet): Value {
  return result.rows[0]?.[0] ?? null;
}

/** The only value of a result as a number; null counts as 0. */
export function singleNumber(result: ResultSet): number {
  return Number(singleValue(result) ?? 0);
}
