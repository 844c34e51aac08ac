import type { QueryOptions } from '../engines/engine.ts';
import { currencyOf } from './about-snapshot.ts';
import { type Answer, describedColumns } from './answer.ts';
import type { DataSource } from './data-source.ts';
import type { OpenSnapshot } from './published-data.ts';
import { type AskedTable, findTable, pageSql, type TableParams, tableColumns } from './published-table.ts';
import type { QueryDefinition } from './query-definition.ts';
import { type CheckedParams, gradesOf, runHistoryQuery, runTableQuery } from './run-query.ts';

/** The answer to a named query, with the meaning of its columns and the grades of its scores. */
export async function answerQuery(
  query: QueryDefinition,
  params: CheckedParams,
  snapshot: OpenSnapshot,
  source: DataSource,
  options: QueryOptions = {},
): Promise<Answer> {
  const { manifest, project } = snapshot;
  const head = { manifest, currency: currencyOf(manifest, source), columns: describedColumns(query.columns, project) };
  if (query.kind === 'history') return { ...head, rows: runHistoryQuery(query, params, snapshot, source) };
  const { rows, page } = await runTableQuery(query, params, snapshot, options);
  const grades = await gradesOf(query, snapshot, options);
  return {
    ...head,
    rows,
    ...(page === undefined ? {} : { page }),
    ...(grades === undefined ? {} : { grades }),
  };
}

/** A page of a published table. @throws Problem for a table or a column that is not there. */
export async function answerTable(
  asked: AskedTable,
  params: TableParams,
  snapshot: OpenSnapshot,
  source: DataSource,
  options: QueryOptions = {},
): Promise<Answer> {
  const { manifest, reader } = snapshot;
  const table = await findTable(asked, snapshot, source, options);
  const { rows } = await reader.query(pageSql(table, params), options);
  const page = { limit: params.limit, offset: params.offset, total: table.rowCount };
  return { manifest, currency: currencyOf(manifest, source), columns: tableColumns(table, snapshot), rows, page };
}
