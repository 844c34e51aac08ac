import type { Effects } from '../../effects.ts';
import { LAYERS } from '../layer.ts';
import { ownsCatalog, readLayerSchemas } from './catalog.ts';
import { dropSchema } from './remove.ts';
import { Schemas } from './schemas.ts';
import { type PostgresSettings, resolveServer } from './server.ts';
import { Session } from './session.ts';

/** Tables of later layers point to those of earlier ones, so they go first. */
const DROPPING_ORDER = LAYERS.toReversed();

/**
 * Drops every schema that a pipeline with these settings has made, published ones too; nothing of anybody else.
 * Returns the names of those that are gone.
 */
export async function dropPipeline(settings: PostgresSettings, env: Effects['env']): Promise<string[]> {
  const { schemaPrefix, statementTimeoutSeconds } = settings;
  const schemas = new Schemas(schemaPrefix);
  const server = await resolveServer(settings, env);
  const session = await Session.open(server, { applicationName: 'marketing-pipeline', statementTimeoutSeconds });
  try {
    const found = await readLayerSchemas(session, schemas);
    const names = DROPPING_ORDER.flatMap((layer) => found.filter((one) => one.layer === layer)).map(
      ({ schema }) => schema,
    );
    if (await ownsCatalog(session, schemas)) names.push(schemas.control);
    const gone: string[] = [];
    for (const name of names) if ((await dropSchema(session, name)) === undefined) gone.push(name);
    return gone;
  } finally {
    await session.close();
  }
}
