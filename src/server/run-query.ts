import type { QueryOptions } from '../engines/engine.ts';
import { QueryError } from '../engines/query-error.ts';
import { type ResultSet, type Row, singleNumber } from '../engines/result-set.ts';
import type { AnswerGrade, Page } from './answer.ts';
import type { DataSource } from './data-source.ts';
import type { OpenSnapshot } from './published-data.ts';
import type { HistoryQuery, HistorySource, TableQuery } from './query-definition.ts';
import { namedQueries } from './query-registry.ts';
import { SqlParts } from './sql-parts.ts';

/** Parameters after they were checked; those of a query with pages have both. */
export type CheckedParams = Readonly<Record<string, unknown>>;

interface Paging {
  readonly limit: number;
  readonly offset: number;
}

function pagingOf({ limit, offset }: CheckedParams): Paging {
  return { limit: Number(limit), offset: Number(offset) };
}

/** Runs a query over the published tables; the rows have the columns of its definition. */
export async function runTableQuery(
  query: TableQuery,
  params: CheckedParams,
  snapshot: OpenSnapshot,
  options: QueryOptions,
): Promise<{ readonly rows: readonly Row[]; readonly page?: Page }> {
  const { engine } = snapshot.manifest;
  const parts = new SqlParts(engine);
  const paging = query.count === undefined ? undefined : pagingOf(params);
  const clause = paging === undefined ? '' : `limit ${paging.limit} offset ${paging.offset}`;
  const sql = query.sql(params, parts, clause);
  const result = await snapshot.reader.query(sql, { ...options, params: parts.params });
  const rows = inOrder(query, result, sql);
  if (paging === undefined) return { rows };
  return { rows, page: { ...paging, total: await totalOf(query, params, snapshot, options) } };
}

/** The SQL of all rows, for a download. */
export function downloadSql(query: TableQuery, params: CheckedParams, snapshot: OpenSnapshot) {
  const parts = new SqlParts(snapshot.manifest.engine);
  return { sql: query.sql(params, parts, ''), params: parts.params };
}

async function totalOf(
  query: TableQuery,
  params: CheckedParams,
  { manifest, reader, counts }: OpenSnapshot,
  options: QueryOptions,
): Promise<number> {
  const parts = new SqlParts(manifest.engine);
  const sql = query.count?.(params, parts) ?? '';
  const key = JSON.stringify([sql, parts.params]);
  const known = counts.get(key);
  if (known !== undefined) return known;
  const total = singleNumber(await reader.query(sql, { ...options, params: parts.params }));
  if (counts.size >= 1_000) counts.clear();
  counts.set(key, total);
  return total;
}

function inOrder({ name, columns }: TableQuery, result: ResultSet, sql: string): readonly Row[] {
  const found = result.columns.map((column) => column.name).join();
  if (found === Object.keys(columns).join()) return result.rows;
  throw new QueryError(new Error(`the query ${name} gives the columns ${found}`), sql);
}

/** Runs a query over the run history. */
export function runHistoryQuery(
  query: HistoryQuery,
  params: CheckedParams,
  { manifest, project }: OpenSnapshot,
  source: Pick<DataSource, 'engine' | 'openHistory'>,
): readonly Row[] {
  const history = source.openHistory();
  try {
    const about: HistorySource = { queries: namedQueries, manifest, project, engine: source.engine, history };
    const names = Object.keys(query.columns);
    return query.read(params, about).map((row) => names.map((name) => row[name] ?? null));
  } finally {
    history?.close();
  }
}

/** The grades of the scores that an answer shows. */
export async function gradesOf(query: TableQuery, { reader }: OpenSnapshot, options: QueryOptions) {
  if (query.scores === undefined) return undefined;
  const { rows } = await reader.query(
    'select score, grade, reason, horizon_days from business.prediction_grades order by score',
    options,
  );
  const scores = new Set<unknown>(query.scores);
  return rows
    .filter(([score]) => scores.has(score))
    .map(
      ([score, grade, reason, horizonDays]): AnswerGrade => ({
        score: String(score),
        grade: String(grade),
        reason: String(reason),
        horizonDays: typeof horizonDays === 'number' ? horizonDays : null,
      }),
    );
}
