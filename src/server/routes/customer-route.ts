import { z } from 'zod';
import { UnknownCustomerError } from '../../unknown-customer-error.ts';
import { entityTag, isHeld } from '../entity-tag.ts';
import { registerPath } from '../openapi.ts';
import { Problem } from '../problem.ts';
import { textParameter } from '../query-parameters.ts';
import { readParameters } from '../read-parameters.ts';
import { type App, goneSignal, type Services } from '../services.ts';

const params = z.strictObject({ id: textParameter().describe('customer id, as text') });

/**
 * Everything about one customer, as the command `explain --json` prints it. The id is a parameter and not part of the
 * path, because an id may be `..` or hold a slash.
 */
export function addCustomerRoute(app: App, { data, source, questions, version }: Services): void {
  registerPath(
    app,
    '/api/customer',
    'All that is known and foreseen of one customer, with the reasons: what the command explain prints.',
    z.looseObject({ snapshotId: z.string(), asOf: z.string() }),
    params,
  );
  app.get('/api/customer', async (context) => {
    const { id } = readParameters(params, context.req.queries());
    return data.use(async (snapshot) => {
      const tag = entityTag(snapshot.manifest.snapshotId, version, 'customer', id);
      if (isHeld(context.req.header('If-None-Match'), tag)) return context.body(null, 304, { ETag: tag });
      const explanation = await questions.pass(goneSignal(context), () => source.explain(snapshot, id)).catch(refusal);
      return context.json(explanation, 200, { ETag: tag });
    });
  });
}

function refusal(error: unknown): never {
  if (!(error instanceof UnknownCustomerError)) throw error;
  const { message, remedy, similarIds } = error;
  throw new Problem(404, 'unknown-customer', message, { remedy, similarIds });
}
