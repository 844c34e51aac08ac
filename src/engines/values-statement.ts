import type { RowsSpec } from './engine.ts';
import { quotedIdentifier, quotedString } from './quote.ts';
import type { Value } from './result-set.ts';

/** Rows that are all there. */
export type GivenRows = readonly (readonly (Value | bigint)[])[];

/** A value as engines read it in a text. @throws RangeError for a number that is not finite. */
export function literalText(value: Exclude<Value, null> | bigint): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${value} is not a number that a table may hold`);
  }
  return String(value);
}

function literal(value: Value | bigint): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? quotedString(value) : literalText(value);
}

/** A select statement over rows made in JavaScript, for the few rows of a code model that returns aggregates. */
export function valuesStatement(columns: RowsSpec['columns'], rows: GivenRows): string {
  const names = columns.map(({ name }) => quotedIdentifier(name));
  const casts = columns.map(({ sqlType }, position) => `cast(${names[position]} as ${sqlType}) as ${names[position]}`);
  const lines = rows.map((row) => `(${row.map((value) => literal(value)).join(', ')})`);
  const empty = `(${columns.map(() => 'null').join(', ')})`;
  const body = `values ${lines.length === 0 ? empty : lines.join(',\n')}`;
  return `select ${casts.join(', ')} from (${body}) as given (${names.join(', ')})${lines.length === 0 ? ' where false' : ''}`;
}
