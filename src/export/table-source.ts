import type { Capabilities, QueryOptions, Reader } from '../engines/engine.ts';
import type { Layer } from '../engines/layer.ts';
import type { Column, Row } from '../engines/result-set.ts';
import { RAW_TABLE } from '../ingest/raw-table.ts';
import { SOURCES_TABLE } from '../ingest/sources-table.ts';
import { headerOf, type Model } from '../project/model.ts';
import type { TableName } from './select-tables.ts';

/** A published table, ready to be read from its first row to its last. */
export interface TableSource extends TableName {
  /** Rows that it had when it was built. */
  readonly rowCount: number;
  readonly columns: readonly Column[];
  /** What its model says; undefined for the raw table, and for a model that is no longer there. */
  readonly model: Model | undefined;
  /** Whether its rows come in the order of its grain by themselves. */
  readonly isOrdered: boolean;
}

/** A name in SQL, whatever it is made of. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The table in SQL. */
export function relationName({ layer, name }: { readonly layer: Layer; readonly name: string }): string {
  return `${layer}.${quoted(name)}`;
}

interface Opening {
  readonly rowCount: number;
  readonly model: Model | undefined;
  /** Of the engine that the reader belongs to. */
  readonly capabilities: Pick<Capabilities, 'storedOrder'>;
  readonly options?: QueryOptions;
}

/** Looks a table up, without reading rows. */
export async function openTable(
  reader: Reader,
  name: TableName,
  { rowCount, model, capabilities, options = {} }: Opening,
): Promise<TableSource> {
  const { columns } = await reader.query(`select * from ${relationName(name)} limit 0`, options);
  const isView = model !== undefined && headerOf(model).materialized === 'view';
  return { ...name, rowCount, columns, model, isOrdered: capabilities.storedOrder && !isView };
}

/** The tables that the ingest makes itself have no model to say so. */
const ingestGrains: Readonly<Record<string, readonly string[]>> = {
  [RAW_TABLE]: ['load_id', 'source_row'],
  [SOURCES_TABLE]: ['load_id'],
};

/** The columns that identify a row, as far as the table has them. */
export function grainOf({ name, model, columns }: TableSource): readonly string[] {
  const grain = ingestGrains[name] ?? (model === undefined ? [] : headerOf(model).grain);
  return grain.every((key) => columns.some((column) => column.name === key)) ? grain : [];
}

/** The whole table as a select statement, in the order of its grain. */
export function selectAll(table: TableSource): string {
  return `select * from ${relationName(table)}${orderClause(table)}`;
}

/**
 * The rows in chunks. Dates and decimals are made text by the engine: the same text that a driver would make of them,
 * in a fraction of the time.
 */
export async function* readRows(
  reader: Reader,
  table: TableSource,
  options: QueryOptions,
): AsyncGenerator<readonly Row[]> {
  const columns = table.columns.map(({ name, type }) => {
    if (type === 'date' || type === 'decimal') return `cast(${quoted(name)} as varchar) as ${quoted(name)}`;
    return type === 'text' ? `${reader.exactText(quoted(name))} as ${quoted(name)}` : quoted(name);
  });
  const sql = `select ${columns.join(', ')} from ${relationName(table)}${orderClause(table)}`;
  for await (const { rows } of reader.stream(sql, options)) if (rows.length > 0) yield rows;
}

function orderClause(table: TableSource): string {
  const grain = grainOf(table);
  if (table.isOrdered || grain.length === 0) return '';
  // With the table's name, because a column that was made text would be sorted as text.
  return ` order by ${grain.map((key) => `${quoted(table.name)}.${quoted(key)}`).join(', ')}`;
}
