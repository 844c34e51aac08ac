import { z } from 'zod';
import { aboutSnapshot } from '../about-snapshot.ts';
import { registerPath } from '../openapi.ts';
import type { App, Services } from '../services.ts';

const snapshotSchema = z.object({
  snapshot: z.string(),
  runId: z.string(),
  asOf: z.string().describe('the day that counts as today'),
  createdAt: z.string(),
  engine: z.string(),
  currency: z.string().describe('ISO 4217'),
  locale: z.string().describe('BCP 47'),
});

/** What is published, and that the server is there. */
export function addSnapshotRoutes(app: App, { data, source, version }: Services): void {
  registerPath(
    app,
    '/api/health',
    'Whether the server is there.',
    z.object({ status: z.string(), version: z.string() }),
  );
  app.get('/api/health', (context) => context.json({ status: 'ok', version }));

  registerPath(app, '/api/snapshot', 'What is published: answers come from this snapshot.', snapshotSchema);
  app.get('/api/snapshot', (context) =>
    data.use(async ({ manifest }) => context.json(aboutSnapshot(manifest, source))),
  );
}
