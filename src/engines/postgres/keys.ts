import type { KeyReference, QueryOptions, RelationKeys } from '../engine.ts';
import type { Layer } from '../layer.ts';
import { quotedIdentifier } from '../quote.ts';
import { isRefusedWith } from './publish.ts';
import type { Session } from './session.ts';

/** A table with the keys that it is to get. */
export interface KeyedTable {
  readonly layer: Layer;
  readonly name: string;
  readonly grain: readonly string[];
  readonly keys: RelationKeys;
}

/** Rows do not fit: twice the same, null, or no such row in the other table. The checks say so, with the rows. */
const VIOLATIONS = ['23505', '23502', '23503'];

const sameColumns = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((column) => b.includes(column));

const list = (columns: readonly string[]) => columns.map((column) => quotedIdentifier(column)).join(', ');

/** The statements that make a table's own keys: the grain is the primary key, other sets of columns are unique. */
export function keyStatements({ grain, keys }: KeyedTable, table: string): string[] {
  const isPrimary =
    keys.unique.some((columns) => sameColumns(columns, grain)) &&
    grain.every((column) => keys.notNull.includes(column));
  const others = keys.unique.filter((columns) => !(isPrimary && sameColumns(columns, grain)));
  const notNull = keys.notNull.filter((column) => !(isPrimary && grain.includes(column)));
  const changes = [
    ...(isPrimary ? [`add primary key (${list(grain)})`] : []),
    ...others.map((columns) => `add unique (${list(columns)})`),
    ...notNull.map((column) => `alter column ${quotedIdentifier(column)} set not null`),
  ];
  return changes.map((change) => `alter table ${table} ${change}`);
}

/** The statements that tie a table to others, with an index for the way back where no key begins with the column. */
export function referenceStatements(
  { grain, keys }: KeyedTable,
  table: string,
  targetOf: (reference: KeyReference) => string,
): string[] {
  const leading = new Set([grain[0], ...keys.unique.map(([first]) => first)]);
  return keys.references.flatMap((reference) => {
    const column = quotedIdentifier(reference.column);
    const target = `${targetOf(reference)} (${quotedIdentifier(reference.targetColumn)})`;
    return [
      ...(leading.has(reference.column) ? [] : [`create index on ${table} (${column})`]),
      `alter table ${table} add foreign key (${column}) references ${target}`,
    ];
  });
}

/** Runs the statements one by one; one that the rows do not fit is left out. */
export async function addKeys(
  session: Session,
  statements: readonly string[],
  options: QueryOptions = {},
): Promise<void> {
  for (const sql of statements) {
    try {
      await session.execute(sql, options);
    } catch (error) {
      if (!VIOLATIONS.some((code) => isRefusedWith(error, code))) throw error;
    }
  }
}
