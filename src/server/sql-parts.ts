import type { EngineName } from '../engines/engine.ts';
import type { Value } from '../engines/result-set.ts';
import { type PortableName, renderPortable } from '../project/portable.ts';

/**
 * What a named query makes its SQL with. Values that a client sends become parameters and never part of the text; names
 * in the text are ours.
 */
export class SqlParts {
  readonly engine: EngineName;
  readonly #params: Value[] = [];

  constructor(engine: EngineName) {
    this.engine = engine;
  }

  /** The values, in the order of their placeholders. */
  get params(): readonly Value[] {
    return this.#params;
  }

  text(value: string): string {
    return this.#bind(value, 'varchar');
  }

  number(value: number): string {
    return this.#bind(value, 'double precision');
  }

  date(value: string): string {
    return this.#bind(value, 'date');
  }

  /** A function that gives the same on every engine. */
  call(name: PortableName, ...args: readonly string[]): string {
    return renderPortable(name, args, this.engine);
  }

  #bind(value: Value, type: string): string {
    this.#params.push(value);
    return `cast($${this.#params.length} as ${type})`;
  }
}

/** Conditions that are there, as a where clause; nothing without any. */
export function where(...conditions: readonly (string | undefined)[]): string {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? '' : `where ${given.map((condition) => `(${condition})`).join(' and ')}`;
}

/** The condition for a value that may not have been given. */
export function given<T>(value: T | undefined, condition: (value: T) => string): string | undefined {
  return value === undefined ? undefined : condition(value);
}
