import type { LayerLocations, SnapshotManifest } from '../engine.ts';

import { quotedIdentifier, quotedString } from '../quote.ts';
import { manifestOf, readLayerSchemas, readSnapshots, type StoredSnapshot } from './catalog.ts';
import type { LayerSchema, Schemas } from './schemas.ts';
import type { Session } from './session.ts';

/**
 * How long removing a schema waits for whoever reads it; then the next run tries again. Less than the second after which
 * the server looks for deadlocks, so that no reader becomes the victim of one.
 */
const LOCKING_MS = 700;

/** A layer schema that is no longer needed and could not be removed. */
export interface KeptSchema {
  readonly schema: string;
  readonly why: string;
}

export interface Removal {
  /** Ids of the snapshots that are gone. */
  readonly removed: readonly string[];
  readonly kept: readonly KeptSchema[];
}

/**
 * Removes snapshots and the layer schemas that no remaining snapshot needs. The published snapshot always remains.
 * What somebody reads or what other people's views depend on is left for the next time.
 */
export async function removeSnapshots(
  session: Session,
  schemas: Schemas,
  isWanted: (snapshot: StoredSnapshot) => boolean,
): Promise<Removal> {
  const stored = await readSnapshots(session, schemas);
  const remaining = stored.filter((snapshot) => snapshot.isPublished || isWanted(snapshot));
  const unwanted = stored.filter((snapshot) => !remaining.includes(snapshot));
  // The rows first: without its row a half-removed snapshot is not taken for a complete one.
  if (unwanted.length > 0) {
    const ids = unwanted.map(({ snapshotId }) => quotedString(snapshotId)).join(', ');
    await session.execute(`delete from ${schemas.snapshots} where snapshot_id in (${ids})`);
  }
  const needed = remaining.map(readable).filter((layers) => layers !== undefined);
  const present = await readLayerSchemas(session, schemas);
  const isNeeded = ({ layer, snapshotId, schema }: LayerSchema) =>
    schema === schemas.published(layer) || needed.some((layers) => layers[layer].snapshotId === snapshotId);
  // A snapshot whose manifest cannot be read might need anything.
  const free = needed.length < remaining.length ? [] : present.filter((schema) => !isNeeded(schema));
  const kept: KeptSchema[] = [];
  for (const schema of free) {
    const why = await dropSchema(session, schema.schema);
    if (why !== undefined) kept.push({ schema: schema.schema, why });
  }
  const isLeft = (id: string) =>
    remaining.some(({ snapshotId }) => snapshotId === id) ||
    present.some(
      (schema) =>
        schema.snapshotId === id && (isNeeded(schema) || kept.some((other) => other.schema === schema.schema)),
    );
  const candidates = [...unwanted, ...free].map(({ snapshotId }) => snapshotId);
  return { removed: [...new Set(candidates)].filter((id) => !isLeft(id)).sort(), kept };
}

function readable(snapshot: StoredSnapshot): SnapshotManifest['layers'] | LayerLocations | undefined {
  try {
    return manifestOf(snapshot).layers;
  } catch {
    return undefined;
  }
}

/**
 * Drops a schema with the tables and views that we have made in it, and nothing that depends on them from outside.
 * Returns why it could not.
 */
export async function dropSchema(session: Session, schema: string): Promise<string | undefined> {
  const { rows } = await session.query(`
    select case relkind when 'v' then 'view' else 'table' end, format('%I.%I', ${quotedString(schema)}, relname)
    from pg_catalog.pg_class
    where relkind in ('r', 'v') and relnamespace = (
      select oid from pg_catalog.pg_namespace where nspname = ${quotedString(schema)}
    )
    order by 1 desc, 2`);
  const named = (kind: string) => rows.filter(([found]) => found === kind).map(([, name]) => String(name));
  const statements = [
    'begin',
    `set local statement_timeout = ${LOCKING_MS}`,
    ...(named('table').length > 0 ? [`lock table ${named('table').join(', ')} in access exclusive mode`] : []),
    'set local statement_timeout = 0',
    ...(named('view').length > 0 ? [`drop view ${named('view').join(', ')} restrict`] : []),
    ...(named('table').length > 0 ? [`drop table ${named('table').join(', ')} restrict`] : []),
    `drop schema if exists ${quotedIdentifier(schema)} restrict`,
    'commit',
  ];
  try {
    await session.execute(statements.join('; '));
    return undefined;
  } catch (error) {
    if (session.isLost) throw error;
    await session.execute('rollback');
    return error instanceof Error ? error.message : String(error);
  }
}

/** Ends what sessions of killed runs may still be doing on the server, as far as this role may. */
export async function endSessionsOf(session: Session, applicationNames: readonly string[]): Promise<void> {
  if (applicationNames.length === 0) return;
  const names = applicationNames.map((name) => quotedString(name)).join(', ');
  await session
    .execute(`
    select pg_catalog.pg_terminate_backend(pid)
    from pg_catalog.pg_stat_activity
    where application_name in (${names}) and datname = current_database() and usename = current_user
      and pid <> pg_catalog.pg_backend_pid()`)
    .catch(() => undefined);
}
