import type { Layer } from '../engines/layer.ts';
import type { RowObject, Value } from '../engines/result-set.ts';
import type { AssignmentRecord } from '../metadata/campaigns/launch-records.ts';
import type { EngineName } from './portable.ts';
import type { SqlValue } from './sql-text.ts';
import type { Segment } from './template.ts';

/** `error` stops the publish, `warn` is reported. */
export type Severity = 'warn' | 'error';

interface CheckBase {
  /** Unique within the model: kind and arguments (accepted values left out), or the name given to an expression. */
  readonly name: string;
  readonly severity: Severity;
  /** Line of the model file on which the check stands (for a code model: 1). */
  readonly line: number;
}

export interface NotNullCheck extends CheckBase {
  readonly kind: 'not_null';
  readonly column: string;
}

/** No two rows agree in all these columns. */
export interface UniqueCheck extends CheckBase {
  readonly kind: 'unique';
  readonly columns: readonly string[];
}

/** Null passes; forbid it with not_null. */
export interface AcceptedValuesCheck extends CheckBase {
  readonly kind: 'accepted_values';
  readonly column: string;
  readonly values: readonly (string | number)[];
}

/** Bounds are inclusive, null means open; text bounds are for dates and text. A null value passes. */
export interface RangeCheck extends CheckBase {
  readonly kind: 'range';
  readonly column: string;
  readonly min: string | number | null;
  readonly max: string | number | null;
}

/** Every value that is not null exists in the other model's column. */
export interface RelationshipCheck extends CheckBase {
  readonly kind: 'relationship';
  readonly column: string;
  readonly toModel: string;
  readonly toColumn: string;
}

/** `sql` is true for every good row; null counts as bad. */
export interface ExpressionCheck extends CheckBase {
  readonly kind: 'expression';
  readonly sql: string;
}

export type Check = NotNullCheck | UniqueCheck | AcceptedValuesCheck | RangeCheck | RelationshipCheck | ExpressionCheck;
export type CheckKind = Check['kind'];

export interface ModelColumn {
  readonly name: string;
  /** What the column means, with its unit. */
  readonly description: string;
}

export type Materialization = 'table' | 'view';

/** What the leading comment of a model file says. */
export interface ModelHeader {
  /** The prose; its first sentence ends with the grain. */
  readonly description: string;
  readonly materialized: Materialization;
  /** The columns that identify a row; empty where the header states none. */
  readonly grain: readonly string[];
  /** In select order. */
  readonly columns: readonly ModelColumn[];
  readonly checks: readonly Check[];
}

interface ModelBase {
  /** The relation's name, snake_case, equal to the file's name. */
  readonly name: string;
  readonly layer: Layer;
  /** Path of the model file, as the folder was given. */
  readonly file: string;
  /** Models this one reads, sorted, each once. */
  readonly dependsOn: readonly string[];
  readonly origin: 'builtin' | 'user';
}

export interface SqlModel extends ModelBase {
  readonly kind: 'sql';
  readonly header: ModelHeader;
  readonly segments: readonly Segment[];
  /** Relations of the ingest that this model reads, sorted; staging models only. */
  readonly sources: readonly string[];
}

/** By column name. Decimals and large integers come as text and dates as `YYYY-MM-DD`, so that nothing is rounded or shifted. */
export type ResultRows = readonly Readonly<RowObject>[];
export type CellValue = Value | bigint;

export const CODE_COLUMN_TYPES = ['text', 'integer', 'bigint', 'double', 'decimal(18,2)', 'boolean', 'date'] as const;
export type CodeColumnType = (typeof CODE_COLUMN_TYPES)[number];

export interface CodeModelColumn extends ModelColumn {
  readonly type: CodeColumnType;
}

/** What a code model is given. It sees the same snapshot as the SQL models. */
export interface CodeModelContext {
  readonly engine: EngineName;
  /** Runs a read-only query and returns all of its rows: aggregate in SQL first. */
  query(sql: string): Promise<ResultRows>;
  /** The relation to select from; only models named in `dependsOn`. */
  ref(name: string): string;
  /** The name under which readers will find that relation once it is published: for SQL that is stored. */
  published(name: string): string;
  /**
   * The SQL of an SQL model named in `dependsOn`, as a select statement, with other relations in the place of some that it reads:
   * `{ name: '(select ...) as other' }`. For asking what the model would make of other data.
   */
  sqlOf(name: string, inPlaceOf?: Readonly<Record<string, string>>): string;
  /** Who was assigned what by campaigns that were launched before the as-of date, from the ledger, one by one. */
  assignments(): Iterable<AssignmentRecord>;
  /** The same values that `{{ var('x') }}` has in SQL models. */
  readonly vars: ReadonlyMap<string, SqlValue>;
}

export interface CodeModelResult {
  readonly columns: readonly { readonly name: string; readonly type: CodeColumnType }[];
  /** Cells in the order of `columns`; dates as `YYYY-MM-DD`, decimals as text or number. Read once, row by row. */
  readonly rows: Iterable<readonly CellValue[]>;
}

/** What a `.ts` model file exports. Name and layer come from its place in the folders. */
export interface CodeModelDefinition {
  /** One sentence that ends with the grain. */
  readonly description: string;
  readonly dependsOn: readonly string[];
  readonly grain: readonly string[];
  readonly columns: readonly CodeModelColumn[];
  /** Written as after `@check` in an SQL model: `'warn not_null(customer_id)'`. */
  readonly checks?: readonly string[];
  run(context: CodeModelContext): Promise<CodeModelResult>;
}

export interface CodeModel extends ModelBase {
  readonly kind: 'code';
  readonly description: string;
  readonly grain: readonly string[];
  readonly columns: readonly CodeModelColumn[];
  readonly checks: readonly Check[];
  run(context: CodeModelContext): Promise<CodeModelResult>;
}

export type Model = SqlModel | CodeModel;

/** Declares a code model: `export const model = defineModel({ ... })`. */
export function defineModel(definition: CodeModelDefinition): CodeModelDefinition {
  return definition;
}

/** What both kinds of model say about themselves, in one shape: for the dictionary, the checks and the dashboard. */
export function headerOf(model: Model): ModelHeader {
  if (model.kind === 'sql') return model.header;
  const { description, grain, columns, checks } = model;
  return { description, materialized: 'table', grain, columns, checks };
}
