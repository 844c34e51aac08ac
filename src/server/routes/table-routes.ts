import { z } from 'zod';
import { readRows } from '../../export/table-source.ts';
import { answerJson } from '../answer.ts';
import { answerTable } from '../answer-question.ts';
import { csvHeaders, csvStream, releaseAll } from '../csv-download.ts';
import { entityTag, isHeld } from '../entity-tag.ts';
import { answerSchema, registerPath } from '../openapi.ts';
import { type AskedTable, findTable, tableParams, tablesOf } from '../published-table.ts';
import { readParameters } from '../read-parameters.ts';
import { type App, goneSignal, type RequestContext, type Services } from '../services.ts';

const pathParams = z.strictObject({
  layer: z.enum(['staging', 'warehouse', 'business']),
  name: z.string().describe('name of a published table; a download has .csv behind it'),
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
  registerPath(app, '/api/tables/{layer}/{name}', 'The rows of a published table, by page.', rows, tableParams, {
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

async function rowsOf(context: RequestContext, asked: AskedTable, services: Services): Promise<Response> {
  const checked = readParameters(tableParams, context.req.queries());
  const { source, questions, version } = services;
  return services.data.use(async (snapshot) => {
    const { manifest } = snapshot;
    const tag = entityTag(manifest.snapshotId, version, 'tables', asked.layer, asked.name, JSON.stringify(checked));
    if (isHeld(context.req.header('If-None-Match'), tag)) return context.body(null, 304, { ETag: tag });
    const json = await questions.pass(goneSignal(context), async (signal) =>
      answerJson(await answerTable(asked, checked, snapshot, source, { signal })),
    );
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
    const table = await findTable(asked, lease.snapshot, services.source, { signal });
    const rows = readRows(lease.snapshot.reader, table, { signal });
    const stream = csvStream({ columns: table.columns, rows, release });
    return context.body(stream, 200, csvHeaders(`${asked.layer}.${asked.name}`));
  } catch (error) {
    release();
    throw error;
  }
}
