import type { KeyReference, QueryOptions, RelationKeys } from '../engine.ts';
import type { Layer } from '../layer.ts';
import { quotedIdentifier } from '../quote.ts';
import { isRefusedWith } from './publish.ts';
import type { Session } from './session.ts';

/** A table with the keys that it is to get. */
export interface KeyedTable {
  readonly layer: Layer;
  readonly name: string;
  /** Counts the tables of a run. */
  readonly number: number;
  readonly grain: readonly string[];
  readonly keys: RelationKeys;
}

/**
 * Rows do not fit: twice the same, null, or no such row in the other table; or the index or key is missing for that
 * reason. The checks say so, with the rows.
 */
const VIOLATIONS = ['23505', '23502', '23503', '42704', '42830'];

const sameColumns = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((column) => b.includes(column));

const list = (columns: readonly string[]) => columns.map((column) => quotedIdentifier(column)).join(', ');

/** The longest name that leaves room for what is put behind it. */
const LONGEST_STEM = 50;

interface UniqueKey {
  /** Of the index, and then of the constraint. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly isPrimary: boolean;
}

/** The grain is the primary key, where the checks say that it is unique and not null; other sets of columns are unique. */
function uniqueKeys({ name, number, grain, keys }: KeyedTable): UniqueKey[] {
  const stem = name.length > LONGEST_STEM ? `table_${number}` : name;
  const isGrain = (columns: readonly string[]) =>
    sameColumns(columns, grain) && grain.every((column) => keys.notNull.includes(column));
  return keys.unique.map((columns, position) => {
    const isPrimary = isGrain(columns);
    return { name: `${stem}_${isPrimary ? 'pkey' : `${position + 1}_key`}`, columns, isPrimary };
  });
}

/** The statements that make a table's indexes. They keep nobody from reading it, so the checks go on meanwhile. */
export function indexStatements(table: KeyedTable, relation: string): string[] {
  const keys = uniqueKeys(table);
  const leading = new Set(keys.map(({ columns }) => columns[0]));
  return [
    ...keys.map(
      ({ name, columns }) => `create unique index ${quotedIdentifier(name)} on ${relation} (${list(columns)})`,
    ),
    ...table.keys.references
      .filter(({ column }) => !leading.has(column))
      .map(({ column }) => `create index on ${relation} (${quotedIdentifier(column)})`),
  ];
}

/** The statements that make constraints of the unique indexes, once nobody reads the table any more. */
export function constraintStatements(table: KeyedTable, relation: string): string[] {
  const notNull = table.keys.notNull.map((column) => `alter column ${quotedIdentifier(column)} set not null`);
  const keys = uniqueKeys(table).map(({ name, isPrimary }) => {
    const index = quotedIdentifier(name);
    return `add constraint ${index} ${isPrimary ? 'primary key' : 'unique'} using index ${index}`;
  });
  return [...(notNull.length > 0 ? [notNull.join(', ')] : []), ...keys].map(
    (change) => `alter table ${relation} ${change}`,
  );
}

/** The statements that tie a table to others. */
export function referenceStatements(
  { keys }: KeyedTable,
  relation: string,
  targetOf: (reference: KeyReference) => string,
): string[] {
  return keys.references.map((reference) => {
    const target = `${targetOf(reference)} (${quotedIdentifier(reference.targetColumn)})`;
    return `alter table ${relation} add foreign key (${quotedIdentifier(reference.column)}) references ${target}`;
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
