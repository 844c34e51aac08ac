import { z } from 'zod';
import { didYouMean } from '../../did-you-mean.ts';
import { isLayer } from '../../engines/layer.ts';
import { grainOf, openTable, quoted, readRows, relationName, type TableSource } from '../../export/table-source.ts';
import { headerOf } from '../../project/model.ts';
import { type AnswerColumn, answerJson, columnMeaning } from '../answer.ts';
import { csvHeaders, csvStream, releaseAll } from '../csv-download.ts';
import { entityTag, isHeld } from '../entity-tag.ts';
import { answerSchema, registerPath } from '../openapi.ts';
import { Problem } from '../problem.ts';
import type { OpenSnapshot } from '../published-data.ts';
import { pageParameters, textParameter } from '../query-parameters.ts';
import { readParameters } from '../read-parameters.ts';
import { type App, goneSignal, type RequestContext, type Services } from '../services.ts';
import { currencyOf } from './snapshot-routes.ts';

const pathParams = z.strictObject({
  layer: z.enum(['staging', 'warehouse', 'business']),
  name: z.string().describe('name of a published table; a download has .csv behind it'),
});

const params = z.strictObject({
  sort: textParameter().optional().describe('column by which rows are sorted; left out: as the table identifies rows'),
  order: z.enum(['asc', 'desc']).default('asc').describe('ascending or descending; empty values come last'),
  ...pageParameters,
});

const noParams = z.strictObject({});

/** Every published table, whatever models there are: list, rows by page, download. */
export function addTableRoutes(app: App, services: Services): void {
  const listed = z.object({
    layer: z.string(),
    name: z.string(),
    rowCount: z.int(),
    description: z.string().nullable(),
  });
  registerPath(app, '/api/tables', 'All published tables.', z.object({ tables: z.array(listed) }));
  app.get('/api/tables', (context) =>
    services.data.use(async (snapshot) =>
      context.json({
        snapshot: snapshot.manifest.snapshotId,
        asOf: snapshot.manifest.asOf,
        tables: tablesOf(snapshot),
      }),
    ),
  );

  const rows = answerSchema(z.record(z.string(), z.unknown()), { pages: true });
  registerPath(app, '/api/tables/{layer}/{name}', 'The rows of a published table, by page.', rows, params, {
    pathParams,
  });
  const path = '/api/tables/{layer}/{name}.csv';
  registerPath(app, path, 'A published table as CSV.', z.string(), noParams, { pathParams, contentType: 'text/csv' });
  app.get('/api/tables/:layer/:file', async (context) => {
    const { layer, file } = context.req.param();
    if (file.endsWith('.csv')) return download(context, { layer, name: file.slice(0, -4) }, services);
    return rowsOf(context, { layer, name: file }, services);
  });
}

/** The published tables in the order in which they were built. */
export function tablesOf({ manifest, project }: OpenSnapshot) {
  return Object.entries(manifest.rowCounts).map(([qualified, rowCount]) => {
    const [layer = '', name = ''] = qualified.split('.');
    const model = project.models.get(name);
    return { layer, name, rowCount, description: model === undefined ? null : headerOf(model).description };
  });
}

interface AskedTable {
  readonly layer: string;
  readonly name: string;
}

/** @throws Problem for a table that is not published. */
export async function findTable(
  { layer, name }: AskedTable,
  snapshot: OpenSnapshot,
  { source }: Pick<Services, 'source'>,
  signal: AbortSignal,
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
  const options = {
    rowCount: manifest.rowCounts[qualified] ?? 0,
    model: project.models.get(name),
    options: { signal },
  };
  return openTable(reader, { layer, name }, { ...options, capabilities: source.capabilities });
}

/** What the columns hold, as far as the model says so. */
export function tableColumns({ name, columns }: TableSource, { project }: OpenSnapshot): AnswerColumn[] {
  return columns.map((column) => ({ ...column, description: columnMeaning(project, name, column.name) }));
}

/** The SQL of a page of a table. @throws Problem for a column that the table does not have. */
export function pageSql(table: TableSource, { sort, order, limit, offset }: z.output<typeof params>): string {
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

async function rowsOf(context: RequestContext, asked: AskedTable, services: Services): Promise<Response> {
  const checked = readParameters(params, context.req.queries());
  const { source, questions, version } = services;
  return services.data.use(async (snapshot) => {
    const { manifest, reader } = snapshot;
    const tag = entityTag(manifest.snapshotId, version, 'tables', asked.layer, asked.name, JSON.stringify(checked));
    if (isHeld(context.req.header('If-None-Match'), tag)) return context.body(null, 304, { ETag: tag });
    const json = await questions.pass(goneSignal(context), async (signal) => {
      const table = await findTable(asked, snapshot, services, signal);
      const { rows } = await reader.query(pageSql(table, checked), { signal });
      const page = { limit: checked.limit, offset: checked.offset, total: table.rowCount };
      const columns = tableColumns(table, snapshot);
      return answerJson({ manifest, currency: currencyOf(manifest, source), columns, rows, page });
    });
    return context.body(json, 200, { 'Content-Type': 'application/json', ETag: tag });
  });
}

async function download(context: RequestContext, asked: AskedTable, services: Services): Promise<Response> {
  readParameters(noParams, context.req.queries());
  const gone = goneSignal(context);
  const leave = await services.downloads.enter();
  const lease = await services.data.acquire().catch((error: unknown) => {
    leave();
    throw error;
  });
  const release = releaseAll(lease, leave);
  try {
    const signal = AbortSignal.any([gone, AbortSignal.timeout(services.downloads.milliseconds)]);
    const table = await findTable(asked, lease.snapshot, services, signal);
    const rows = readRows(lease.snapshot.reader, table, { signal });
    const stream = csvStream({ columns: table.columns, rows, release });
    return context.body(stream, 200, csvHeaders(`${asked.layer}.${asked.name}`));
  } catch (error) {
    release();
    throw error;
  }
}
