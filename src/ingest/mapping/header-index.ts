import { InputError } from '../../errors.ts';
import { columnKey } from './column-name.ts';

/** The columns of a header, to be found by name. */
export class HeaderIndex {
  readonly columns: readonly string[];
  readonly #byKey = new Map<string, number[]>();
  #longestName = 0;

  constructor(columns: readonly string[]) {
    this.columns = columns;
    for (const [position, column] of columns.entries()) {
      this.#longestName = Math.max(this.#longestName, column.length);
      const key = columnKey(column);
      const positions = this.#byKey.get(key);
      if (positions === undefined) this.#byKey.set(key, [position]);
      else positions.push(position);
    }
  }

  /** Length of the longest name, in UTF-16 units. */
  get longestName(): number {
    return this.#longestName;
  }

  /** Distinct keys of the names, with the positions of their columns. */
  get keys(): ReadonlyMap<string, readonly number[]> {
    return this.#byKey;
  }

  name(position: number): string {
    return this.columns[position] ?? '';
  }

  /** Positions of all columns that the name can mean, ascending. */
  positions(name: string): readonly number[] {
    return this.#byKey.get(columnKey(name)) ?? [];
  }

  has(name: string): boolean {
    return this.#byKey.has(columnKey(name));
  }

  /**
   * The column of that name. Throws an InputError that names all where there are several. `label` is what the column is
   * needed for; without it the name is a user's own, and of several the one written exactly so is taken.
   */
  find(name: string, label?: string): number | undefined {
    const positions = this.positions(name);
    if (positions.length < 2) return positions[0];
    const exact = positions.filter((position) => this.columns[position] === name);
    if (label === undefined && exact.length === 1) return exact[0];
    throw this.ambiguousError(label ?? JSON.stringify(name), positions);
  }

  ambiguousError(label: string, positions: readonly number[], remedies: readonly string[] = []): InputError {
    const which = positions.map((position) => `${JSON.stringify(this.columns[position])} (column ${position + 1})`);
    return new InputError(`${which.join(' and ')} can all be meant by ${label}`, {
      remedy: [...remedies, 'Keep one of them and rename or remove the others.'],
    });
  }
}
