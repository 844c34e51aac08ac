import type { z } from 'zod';
import type { EngineName, SnapshotManifest } from '../engines/engine.ts';
import type { ColumnType, Value } from '../engines/result-set.ts';
import type { MetadataReader } from '../metadata/reader.ts';
import type { Project } from '../project/load-project.ts';
import type { ColumnSpec, ColumnSpecs } from './column-spec.ts';
import type { SqlParts } from './sql-parts.ts';

/** A prediction whose grade belongs to an answer, because the answer shows it, or shows that it is withheld. */
export type Score = 'churn_risk' | 'expected_orders' | 'predicted_value' | 'next_order';

type Params = z.ZodObject;

/** What every named query says of itself; routes, the OpenAPI document and the types of clients are made of it. */
interface DefinitionBase<Name extends string, P extends Params, C extends ColumnSpecs> {
  /** The path below `/api/`. */
  readonly name: Name;
  /** What it answers and what one row is, in one sentence. */
  readonly summary: string;
  /** What a client may ask for. */
  readonly params: P;
  readonly columns: C;
}

/** A query over the published tables. */
export interface TableQuery<
  Name extends string = string,
  P extends Params = Params,
  C extends ColumnSpecs = ColumnSpecs,
> extends DefinitionBase<Name, P, C> {
  readonly kind: 'tables';
  readonly scores?: readonly Score[];
  /**
   * The SQL, with a total order. `page` is its limit clause, empty for a download of all rows; a query without `count`
   * has no pages and is given none.
   */
  sql(params: z.output<P>, parts: SqlParts, page: string): string;
  /** The SQL that counts the rows of all pages. */
  count?(params: z.output<P>, parts: SqlParts): string;
}

/** What a query over the run history and the models is given. */
export interface HistorySource {
  /** All that can be asked. */
  readonly queries: readonly QueryDefinition[];
  readonly manifest: SnapshotManifest;
  readonly project: Project;
  readonly engine: EngineName;
  /** Undefined where there is none, as on a machine that only reads from a server. */
  readonly history: MetadataReader | undefined;
}

/** A query over the run history and the models. */
export interface HistoryQuery<
  Name extends string = string,
  P extends Params = Params,
  C extends ColumnSpecs = ColumnSpecs,
> extends DefinitionBase<Name, P, C> {
  readonly kind: 'history';
  /** Whether the answer can change while the snapshot stays the same. */
  readonly isLive?: boolean;
  read(params: z.output<P>, source: HistorySource): readonly Readonly<Record<keyof C & string, Value>>[];
}

export type QueryDefinition = TableQuery | HistoryQuery;

/** Declares a query over the published tables. */
export function tableQuery<const Name extends string, P extends Params, const C extends ColumnSpecs>(
  definition: Omit<TableQuery<Name, P, C>, 'kind'>,
): TableQuery<Name, P, C> {
  return { kind: 'tables', ...definition };
}

/** Declares a query over the run history. */
export function historyQuery<const Name extends string, P extends Params, const C extends ColumnSpecs>(
  definition: Omit<HistoryQuery<Name, P, C>, 'kind'>,
): HistoryQuery<Name, P, C> {
  return { kind: 'history', ...definition };
}

type CellOf<Type extends ColumnType> = Type extends 'integer' | 'decimal' | 'double'
  ? number
  : Type extends 'boolean'
    ? boolean
    : string;

/** A row of the answer, as a client gets it. */
export type RowOf<Q extends QueryDefinition> = {
  readonly [Name in keyof Q['columns']]: Q['columns'][Name] extends ColumnSpec<infer Type>
    ? CellOf<Type> | null
    : never;
};

/** What a client may send. */
export type ParamsOf<Q extends QueryDefinition> = z.input<Q['params']>;
