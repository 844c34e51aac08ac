import type { ResultSet } from '../../engines/result-set.ts';
import { CancelledError } from '../../errors.ts';
import { answerJson, describedColumns } from '../answer.ts';
import { answerQuery } from '../answer-question.ts';
import { csvHeaders, csvStream, releaseAll } from '../csv-download.ts';
import { chosenOf, downloadParameters, positionsOf } from '../download-columns.ts';
import { entityTag, isHeld } from '../entity-tag.ts';
import { registerQuery } from '../openapi.ts';
import type { OpenSnapshot } from '../published-data.ts';
import type { QueryDefinition, TableQuery } from '../query-definition.ts';
import { readParameters } from '../read-parameters.ts';
import { type CheckedParams, downloadSql, runHistoryQuery } from '../run-query.ts';
import { type App, goneSignal, type RequestContext, type Services } from '../services.ts';

/** One route for each named query, and one for its download. */
export function addQueryRoutes(app: App, services: Services): void {
  for (const query of services.queries) {
    registerQuery(app, query);
    app.get(`/api/${query.name}`, (context) => sendAnswer(context, query, services));
    app.get(`/api/${query.name}.csv`, (context) => downloadQuery(context, query, services));
  }
}

async function sendAnswer(context: RequestContext, query: QueryDefinition, services: Services): Promise<Response> {
  const params: CheckedParams = readParameters(query.params, context.req.queries());
  return services.data.use(async (snapshot) => {
    const tag = tagOf(query, params, snapshot, services);
    if (tag !== undefined && isHeld(context.req.header('If-None-Match'), tag)) {
      return context.body(null, 304, { ETag: tag });
    }
    const json = await answerText(query, params, snapshot, services, goneSignal(context));
    const headers = { 'Content-Type': 'application/json', ...(tag === undefined ? {} : { ETag: tag }) };
    return context.body(json, 200, headers);
  });
}

/** An answer about what goes on has no tag: it may change while the snapshot stays. */
function tagOf(query: QueryDefinition, params: CheckedParams, { manifest }: OpenSnapshot, { version }: Services) {
  if (query.kind === 'history' && query.isLive === true) return undefined;
  return entityTag(manifest.snapshotId, version, query.name, JSON.stringify(Object.entries(params).sort()));
}

/** Answers over the tables wait for their turn. */
async function answerText(
  query: QueryDefinition,
  params: CheckedParams,
  snapshot: OpenSnapshot,
  { source, questions }: Services,
  gone: AbortSignal,
): Promise<string> {
  if (query.kind === 'history') return answerJson(await answerQuery(query, params, snapshot, source));
  return questions.pass(gone, async (signal) =>
    answerJson(await answerQuery(query, params, snapshot, source, { signal })),
  );
}

async function downloadQuery(context: RequestContext, query: QueryDefinition, services: Services): Promise<Response> {
  const { columns: chosen, ...params } = readParameters(downloadParameters(query), context.req.queries());
  const positions = positionsOf(query, chosen);
  const headers = csvHeaders(query.name);
  if (query.kind === 'history') {
    return services.data.use(async (snapshot) => {
      const columns = chosenOf(describedColumns(query.columns, snapshot.project), positions);
      const rows = runHistoryQuery(query, params, snapshot, services.source);
      const all = [rows.map((row) => chosenOf(row, positions))].values();
      const pieces = { next: async () => all.next() };
      return context.body(csvStream({ columns, rows: pieces, release: () => {} }), 200, headers);
    });
  }
  return context.body(await streamQuery(context, query, params, positions, services), 200, headers);
}

async function streamQuery(
  context: RequestContext,
  query: TableQuery,
  params: CheckedParams,
  positions: readonly number[],
  { data, downloads }: Services,
): Promise<ReadableStream<Uint8Array>> {
  const gone = goneSignal(context);
  const leave = await downloads.enter();
  const lease = await data.acquire().catch((error: unknown) => {
    leave();
    throw error;
  });
  const release = releaseAll(lease, leave);
  const { sql, params: values } = downloadSql(query, params, lease.snapshot);
  const signal = AbortSignal.any([gone, AbortSignal.timeout(downloads.milliseconds)]);
  try {
    const results = lease.snapshot.reader.stream(sql, { params: values, signal })[Symbol.asyncIterator]();
    const first = await results.next();
    if (first.done === true) throw new CancelledError();
    const rows = (async function* () {
      try {
        let next: IteratorResult<ResultSet> = first;
        for (; next.done !== true; next = await results.next()) {
          yield next.value.rows.map((row) => chosenOf(row, positions));
        }
      } finally {
        await results.return?.();
      }
    })();
    return csvStream({ columns: chosenOf(first.value.columns, positions), rows, release });
  } catch (error) {
    release();
    throw error;
  }
}
