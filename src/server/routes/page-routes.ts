import { z } from 'zod';
import { STYLE } from '../pages/page.ts';
import { nothingPage, startPage, tablePage } from '../pages/plain-pages.ts';
import { Problem } from '../problem.ts';
import { pageParameters } from '../query-parameters.ts';
import { readParameters } from '../read-parameters.ts';
import { contentSecurityPolicy } from '../security-headers.ts';
import { type App, goneSignal, type RequestContext, type Services } from '../services.ts';
import { findTable, pageSql, tableColumns, tablesOf } from './table-routes.ts';

const params = z.strictObject(pageParameters);

/** Where the web app wants the nonce of its style sheets. */
const NONCE = '__STYLE_NONCE__';

/** Parts of the web app have a hash of their content in their name, and no data: a browser may keep them. */
const UNCHANGING = { 'Cache-Control': 'private, max-age=31536000, immutable' };

/** Pages: the web app where it was built, and plain ones that need no script. */
export function addPageRoutes(app: App, services: Services): void {
  app.get('/plain/style.css', (context) => context.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/plain', (context) => plainStart(context, services));
  app.get('/plain/:layer/:name', (context) => plainTable(context, services));
  app.get('*', (context) => dashboardFile(context, services));
}

async function plainStart(context: RequestContext, { data }: Services): Promise<Response> {
  try {
    return await data.use(async (snapshot) => context.html(startPage(snapshot.manifest, tablesOf(snapshot))));
  } catch (error) {
    if (error instanceof Problem && error.code === 'nothing-published') return context.html(nothingPage());
    throw error;
  }
}

async function plainTable(context: RequestContext, services: Services): Promise<Response> {
  const checked = readParameters(params, context.req.queries());
  const { layer = '', name = '' } = context.req.param();
  return services.data.use(async (snapshot) =>
    services.questions.pass(goneSignal(context), async (signal) => {
      const table = await findTable({ layer, name }, snapshot, services, signal);
      const { rows } = await snapshot.reader.query(pageSql(table, { ...checked, order: 'asc' }), { signal });
      const listed = tablesOf(snapshot).find((other) => other.layer === layer && other.name === name);
      const about = listed ?? { layer, name, rowCount: table.rowCount, description: null };
      const columns = tableColumns(table, snapshot);
      return context.html(tablePage(about, columns, rows, { ...checked, total: table.rowCount }));
    }),
  );
}

/** A file of the web app; its start page for every address without a dot, which the app itself tells apart. */
async function dashboardFile(context: RequestContext, services: Services): Promise<Response> {
  const { dashboard } = services;
  // As it was sent: a parsed address has lost its dots.
  const path = (context.env.incoming.url ?? '/').split('?', 1)[0] ?? '/';
  if (path === '/' && dashboard === undefined) return plainStart(context, services);
  if (dashboard === undefined || path.startsWith('/api/')) throw nothingHere();
  const file = await dashboard.find(path);
  if (file !== undefined && !path.endsWith('.html')) {
    const headers = { 'Content-Type': file.contentType, ...(path.startsWith('/assets/') ? UNCHANGING : {}) };
    return context.body(new Uint8Array(file.content), 200, headers);
  }
  if (!/^(\/[\w-]+)*\/?(index\.html)?$/.test(path)) throw nothingHere();
  const start = await dashboard.find('/index.html');
  if (start === undefined) throw nothingHere();
  const nonce = services.makeNonce();
  return context.body(start.content.toString('utf8').replaceAll(NONCE, nonce), 200, {
    'Content-Type': start.contentType,
    'Content-Security-Policy': contentSecurityPolicy(nonce),
  });
}

function nothingHere(): Problem {
  return new Problem(404, 'not-found', 'there is nothing at this address');
}
