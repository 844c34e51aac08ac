import { PipelineError } from '../errors.ts';

/** One row as it came out of SQLite, read column by column with the type that the column must have. */
export class Row {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(column: string): string {
    return this.textOrNull(column) ?? this.#damaged(column);
  }

  textOrNull(column: string): string | null {
    const value = this.#values[column];
    return value === null || typeof value === 'string' ? value : this.#damaged(column);
  }

  number(column: string): number {
    return this.numberOrNull(column) ?? this.#damaged(column);
  }

  numberOrNull(column: string): number | null {
    const value = this.#values[column];
    return value === null || typeof value === 'number' ? value : this.#damaged(column);
  }

  /** The value of a column with a closed vocabulary. */
  oneOf<Word extends string>(column: string, words: readonly Word[]): Word {
    const value = this.text(column);
    return words.find((word) => word === value) ?? this.#damaged(column);
  }

  /** The parsed value of a JSON column; null where the column is null. */
  json(column: string): unknown {
    const text = this.textOrNull(column);
    if (text === null) return null;
    try {
      return JSON.parse(text);
    } catch {
      return this.#damaged(column);
    }
  }

  /** A JSON object whose values all satisfy `isValue`. */
  jsonObject<Value>(column: string, isValue: (value: unknown) => value is Value): Readonly<Record<string, Value>> {
    const parsed = this.json(column);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return this.#damaged(column);
    const entries = Object.entries(parsed).map(([key, value]): [string, Value] => [
      key,
      isValue(value) ? value : this.#damaged(column),
    ]);
    return Object.fromEntries(entries);
  }

  #damaged(column: string): never {
    throw new PipelineError(`${shown(this.#values[column])} in column "${column}" of the run history is not valid`, {
      remedy: [
        'restore metadata.db from a backup: it holds the campaign ledger, too',
        'or move it away: the next run begins a new history and an empty ledger; published data is not affected',
      ],
    });
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
