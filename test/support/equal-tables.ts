import { expect } from 'vitest';
import type { ResultSet, Row, Value } from '../../src/engines/result-set.ts';
import type { Shop } from './run-shop.ts';

/** Digits to which floating-point numbers agree: engines add them up in other orders. */
const DIGITS = 10;

interface PublishedTable {
  readonly columns: ResultSet['columns'];
  readonly rows: readonly string[];
}

function comparable(value: Value): Value {
  return typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(DIGITS) : value;
}

const lineOf = (row: Row) => JSON.stringify(row.map(comparable));

async function publishedTables({ pipeline }: Pick<Shop, 'pipeline'>): Promise<Map<string, PublishedTable>> {
  const published = await pipeline.engine.published();
  const reader = await pipeline.openReader();
  try {
    const tables = new Map<string, PublishedTable>();
    for (const name of Object.keys(published?.rowCounts ?? {}).sort()) {
      const { columns, rows } = await reader.query(`select * from ${name}`);
      tables.set(name, { columns, rows: rows.map(lineOf).sort() });
    }
    return tables;
  } finally {
    await reader.close();
  }
}

/** Fails unless both have the same tables, columns and types, and the same rows, money to the cent. Returns the tables' row counts. */
export async function expectEqualTables(one: Shop, other: Shop): Promise<Record<string, number>> {
  const [expected, actual] = [await publishedTables(one), await publishedTables(other)];
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [name, table] of expected) {
    expect(actual.get(name)?.columns, name).toEqual(table.columns);
    const theirs = actual.get(name)?.rows ?? [];
    const [here, there] = [new Set(table.rows), new Set(theirs)];
    const onlyHere = table.rows.filter((row) => !there.has(row)).slice(0, 3);
    const onlyThere = theirs.filter((row) => !here.has(row)).slice(0, 3);
    expect({ name, onlyHere, onlyThere }).toEqual({ name, onlyHere: [], onlyThere: [] });
    expect(theirs.length, name).toBe(table.rows.length);
  }
  return Object.fromEntries([...expected].map(([name, { rows }]) => [name, rows.length]));
}
