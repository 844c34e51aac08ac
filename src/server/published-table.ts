import { z } from 'zod';
import { didYouMean } from '../did-you-mean.ts';
import type { QueryOptions } from '../engines/engine.ts';
import { isLayer } from '../engines/layer.ts';
import { grainOf, openTable, quoted, relationName, type TableSource } from '../export/table-source.ts';
import { headerOf } from '../project/model.ts';
import { type AnswerColumn, columnMeaning } from './answer.ts';
import type { DataSource } from './data-source.ts';
import { Problem } from './problem.ts';
import type { OpenSnapshot } from './published-data.ts';
import { pageParameters, textParameter } from './query-parameters.ts';

/** What may be asked of any published table. */
export const tableParams = z.strictObject({
  sort: textParameter().optional().describe('column by which rows are sorted; left out: as the table identifies rows'),
  order: z.enum(['asc', 'desc']).default('asc').describe('ascending or descending; empty values come last'),
  ...pageParameters,
});

export type TableParams = z.output<typeof tableParams>;

/** The published tables in the order in which they were built. */
export function tablesOf({ manifest, project }: OpenSnapshot) {
  return Object.entries(manifest.rowCounts).map(([qualified, rowCount]) => {
    const [layer = '', name = ''] = qualified.split('.');
    const model = project.models.get(name);
    return { layer, name, rowCount, description: model === undefined ? null : headerOf(model).description };
  });
}

export interface AskedTable {
  readonly layer: string;
  readonly name: string;
}

/** @throws Problem for a table that is not published. */
export async function findTable(
  { layer, name }: AskedTable,
  snapshot: OpenSnapshot,
  { capabilities }: Pick<DataSource, 'capabilities'>,
  options: QueryOptions,
): Promise<TableSource> {
  const { manifest, project, reader } = snapshot;
  const qualified = `${layer}.${name}`;
  if (!isLayer(layer) || !Object.hasOwn(manifest.rowCounts, qualified)) {
    throw new Problem(
      404,
      'not-found',
      `there is no such table${didYouMean(qualified, Object.keys(manifest.rowCounts))}`,
      {
        remedy: 'all tables are listed at /api/tables',
      },
    );
  }
  return openTable(
    reader,
    { layer, name },
    { rowCount: manifest.rowCounts[qualified] ?? 0, model: project.models.get(name), capabilities, options },
  );
}

/** What the columns hold, as far as the model says so. */
export function tableColumns({ name, columns }: TableSource, { project }: OpenSnapshot): AnswerColumn[] {
  return columns.map((column) => ({ ...column, description: columnMeaning(project, name, column.name) }));
}

/** The SQL of a page of a table. @throws Problem for a column that the table does not have. */
export function pageSql(table: TableSource, { sort, order, limit, offset }: TableParams): string {
  const names = table.columns.map(({ name }) => name);
  if (sort !== undefined && !names.includes(sort)) {
    const message = `is not a column of ${table.name}${didYouMean(sort, names)}`;
    throw new Problem(400, 'bad-parameters', `sort ${message}`, { parameters: [{ name: 'sort', message }] });
  }
  const grain = grainOf(table);
  const keys = grain.length > 0 ? grain : names;
  const sorted = sort === undefined ? [] : [`${quoted(sort)} ${order} nulls last`];
  const rest = keys.filter((key) => key !== sort).map((key) => `${quoted(key)} ${sort === undefined ? order : 'asc'}`);
  const isStored = sort === undefined && order === 'asc' && table.isOrdered;
  const clause = isStored ? '' : ` order by ${[...sorted, ...rest].join(', ')}`;
  return `select * from ${relationName(table)}${clause} limit ${limit} offset ${offset}`;
}
