import type { RelationKeys, Workspace } from '../engines/engine.ts';
import { QueryError } from '../engines/query-error.ts';
import { toObjects } from '../engines/result-set.ts';
import { PipelineError, RunError } from '../errors.ts';
import type { AssignmentRecord } from '../metadata/campaigns/launch-records.ts';
import { compileModel } from '../project/compile.ts';
import type { CodeModel, Model, SqlModel } from '../project/model.ts';
import type { EngineName } from '../project/portable.ts';
import type { Relations } from '../project/relations.ts';
import type { SqlValue } from '../project/sql-text.ts';

export interface BuildContext {
  readonly workspace: Workspace;
  readonly engine: EngineName;
  readonly relations: Relations;
  readonly models: ReadonlyMap<string, Model>;
  readonly vars: ReadonlyMap<string, SqlValue>;
  readonly keys: RelationKeys;
  /** Assignments of campaigns launched before the as-of date. */
  readonly assignments: () => Iterable<AssignmentRecord>;
  readonly signal?: AbortSignal;
  /** Told the statement before it runs. */
  onSql(sql: string): void;
}

/** Builds one model's relation in the workspace; returns its rows. Errors name the model, its file and the SQL. */
export async function buildModel(model: Model, context: BuildContext): Promise<number> {
  try {
    return await (model.kind === 'sql' ? buildSqlModel(model, context) : buildCodeModel(model, context));
  } catch (error) {
    if (error instanceof PipelineError && !(error instanceof QueryError)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new RunError(`model ${model.layer}.${model.name} failed: ${message}`, {
      cause: error,
      remedy: [
        `the model is ${model.file}`,
        ...(model.kind === 'sql' ? [`see its SQL with: marketing-pipeline compile ${model.name}`] : []),
        ...(error instanceof QueryError ? error.remedy : []),
      ],
    });
  }
}

function buildSqlModel(model: SqlModel, context: BuildContext): Promise<number> {
  const { workspace, relations, vars, engine, keys, signal } = context;
  const sql = compileModel(model, { engine, relation: relations.model, source: relations.source, vars });
  context.onSql(sql);
  const spec = {
    layer: model.layer,
    name: model.name,
    kind: model.header.materialized,
    sql,
    orderBy: model.header.grain,
    keys,
  };
  return workspace.createRelation(spec, signal === undefined ? {} : { signal });
}

async function buildCodeModel(model: CodeModel, context: BuildContext): Promise<number> {
  const { workspace, relations, vars, engine, keys, signal } = context;
  const declared = (name: string): string => {
    if (model.dependsOn.includes(name)) return name;
    throw new RunError(`model ${model.name} reads ${name}, which is not in its dependsOn`, {
      remedy: `add it in ${model.file}`,
    });
  };
  const result = await model.run({
    engine,
    vars,
    assignments: context.assignments,
    ref: (name) => relations.model(declared(name)),
    published: (name) => relations.published(declared(name)),
    sqlOf: (name, inPlaceOf = {}) => {
      const other = context.models.get(declared(name));
      if (other?.kind !== 'sql') throw new RunError(`model ${model.name} asks for the SQL of ${name}, which has none`);
      const relation = (one: string) => inPlaceOf[one] ?? relations.model(one);
      return compileModel(other, { engine, relation, source: relations.source, vars });
    },
    query: async (sql) => {
      context.onSql(sql);
      return toObjects(await workspace.query(sql, signal === undefined ? {} : { signal }));
    },
  });
  return workspace.createFromRows({
    layer: model.layer,
    name: model.name,
    columns: result.columns.map(({ name, type }) => ({ name, sqlType: SQL_TYPES[type] })),
    rows: result.rows,
    orderBy: model.grain,
    keys,
  });
}

const SQL_TYPES = {
  text: 'varchar',
  integer: 'integer',
  bigint: 'bigint',
  double: 'double precision',
  'decimal(18,2)': 'decimal(18, 2)',
  boolean: 'boolean',
  date: 'date',
} as const;
