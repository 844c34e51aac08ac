import { OpenAPIHono } from '@hono/zod-openapi';
import type { Report } from './error-report.ts';
import { addDocumentRoute } from './openapi.ts';
import { addCampaignExportRoute } from './routes/campaign-export-route.ts';
import { addCustomerRoute } from './routes/customer-route.ts';
import { addEventsRoute } from './routes/events-route.ts';
import { addPageRoutes } from './routes/page-routes.ts';
import { addQueryRoutes } from './routes/query-routes.ts';
import { addSnapshotRoutes } from './routes/snapshot-routes.ts';
import { addTableRoutes } from './routes/table-routes.ts';
import type { App, ServerEnv, Services } from './services.ts';

/** All routes. Requests that may not pass were turned away before. */
export function makeApp(services: Services, report: Report): App {
  const app = new OpenAPIHono<ServerEnv>();
  addSnapshotRoutes(app, services);
  addEventsRoute(app, services);
  addTableRoutes(app, services);
  addCustomerRoute(app, services);
  addCampaignExportRoute(app, services);
  addQueryRoutes(app, services);
  addDocumentRoute(app, services.version);
  addPageRoutes(app, services);
  app.onError((error, context) => {
    const { status, headers, body } = report(error, context.env.incoming);
    return context.body(body, status, headers);
  });
  return app;
}
