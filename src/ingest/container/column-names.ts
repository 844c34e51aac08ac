import { InputError } from '../../errors.ts';
import type { JsonRecord } from './json-records.ts';

/** More keys than a table can have columns: the objects are keyed by values. */
const maxColumns = 2000;

/** The union of the records' keys in order of first appearance. */
export class ColumnNames {
  readonly #file: string;
  readonly #names = new Set<string>();

  /** `file`: the file's name, for people. */
  constructor(file: string) {
    this.#file = file;
  }

  get names(): readonly string[] {
    return [...this.#names];
  }

  add(record: JsonRecord): void {
    for (const name of record.keys()) this.#names.add(name);
    if (this.#names.size <= maxColumns) return;
    const count = maxColumns.toLocaleString('en-US');
    throw new InputError(
      `${this.#file} has objects with more than ${count} different keys, too many for a table's columns`,
      {
        remedy: 'Export the orders with one object per order and the same keys in each.',
      },
    );
  }
}
