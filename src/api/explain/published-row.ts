import type { Queryable } from '../../engines/engine.ts';
import { QueryError } from '../../engines/query-error.ts';
import { type RowObject, toObjects, type Value } from '../../engines/result-set.ts';
import { RunError } from '../../errors.ts';

const REMEDY = [
  'run the pipeline again: the tables may have been made by another version',
  'a model of your own in the place of a built-in one must have its columns: see docs/data-dictionary.md',
];

/** One row of the published tables, read column by column with the type that the column must have. */
export class PublishedRow {
  readonly #values: RowObject;

  constructor(values: RowObject) {
    this.#values = values;
  }

  text(column: string): string {
    return this.textOrNull(column) ?? this.#damaged(column);
  }

  textOrNull(column: string): string | null {
    const value = this.#value(column);
    return value === null ? null : String(value);
  }

  /** Decimals come as text; two digits of money are exact in a number. */
  number(column: string): number {
    return this.numberOrNull(column) ?? this.#damaged(column);
  }

  numberOrNull(column: string): number | null {
    const value = this.#value(column);
    if (value === null) return null;
    const number = Number(value);
    return Number.isFinite(number) ? number : this.#damaged(column);
  }

  isTrue(column: string): boolean {
    return this.#value(column) === true;
  }

  /** The value of a column with a closed vocabulary. */
  oneOf<Word extends string>(column: string, words: readonly Word[]): Word {
    const value = this.text(column);
    return words.find((word) => word === value) ?? this.#damaged(column);
  }

  #value(column: string): Value {
    return this.#values[column] ?? null;
  }

  #damaged(column: string): never {
    throw new RunError(
      `${JSON.stringify(this.#value(column))} in column "${column}" of a published table is not valid`,
      {
        remedy: REMEDY,
      },
    );
  }
}

/** Asks the published tables. @throws RunError for tables that do not have what is asked for. */
export async function readRows(reader: Queryable, sql: string, params: readonly Value[]): Promise<PublishedRow[]> {
  try {
    return toObjects(await reader.query(sql, { params })).map((row) => new PublishedRow(row));
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new RunError(`the published tables do not have what is needed: ${error.message}`, {
      cause: error,
      remedy: REMEDY,
    });
  }
}

/** The one row that there must be of something. @throws RunError where it is missing. */
export function onlyRow(rows: readonly PublishedRow[], what: string): PublishedRow {
  const [row] = rows;
  if (row !== undefined) return row;
  throw new RunError(`the published tables have no ${what}`, { remedy: REMEDY });
}
