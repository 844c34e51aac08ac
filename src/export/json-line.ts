import type { Column, ColumnType, Value } from '../engines/result-set.ts';

const PLAIN_DECIMAL = /^-?\d+(\.\d+)?$/;

/** A value as JSON. Decimals are written as they are, digit by digit; integers that a number cannot hold as text. */
export function jsonValue(value: Value, type: ColumnType): string {
  if (type === 'decimal' && typeof value === 'string' && PLAIN_DECIMAL.test(value)) return value;
  return JSON.stringify(value);
}

/** Writes rows of these columns as objects, one a line. */
export function jsonLineWriter(columns: readonly Column[]): (row: readonly Value[]) => string {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  const types = columns.map(({ type }) => type);
  return (row) => {
    const cells = keys.map((key, position) => key + jsonValue(row[position] ?? null, types[position] ?? 'other'));
    return `{${cells.join(',')}}\n`;
  };
}
