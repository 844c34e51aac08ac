import { DamagedError } from '../damaged-error.ts';
import type { SnapshotManifest } from '../engine.ts';
import { LAYERS, type Layer } from '../layer.ts';
import { parseManifest } from '../manifest.ts';
import { quotedIdentifier, quotedString } from '../quote.ts';
import { singleValue } from '../result-set.ts';
import { type LayerSchema, OWNER_MARK, type Schemas } from './schemas.ts';
import type { Session } from './session.ts';

/** A complete snapshot, as the table of snapshots has it. */
export interface StoredSnapshot {
  readonly snapshotId: string;
  readonly sequence: number;
  readonly isPublished: boolean;
  /** As JSON. */
  readonly manifest: string;
}

/** Makes the schema that holds the table of snapshots, where it is not there. */
export async function createCatalog(session: Session, schemas: Schemas): Promise<void> {
  if (await catalogExists(session, schemas)) return;
  const control = quotedIdentifier(schemas.control);
  await session.execute(`
    begin;
    create schema ${control};
    comment on schema ${control} is ${quotedString(`${OWNER_MARK} table of snapshots`)};
    create table ${schemas.snapshots} (
      snapshot_id text primary key,
      sequence bigint not null unique,
      is_published boolean not null,
      manifest text not null
    );
    create unique index on ${schemas.snapshots} (is_published) where is_published;
    commit;`);
}

async function catalogExists(session: Session, schemas: Schemas): Promise<boolean> {
  const found = await session.query(`select pg_catalog.to_regclass(${quotedString(schemas.snapshots)}) is not null`);
  return singleValue(found) === true;
}

/** All complete snapshots, newest first; none before the first run. */
export async function readSnapshots(session: Session, schemas: Schemas): Promise<StoredSnapshot[]> {
  if (!(await catalogExists(session, schemas))) return [];
  const { rows } = await session.query(
    `select snapshot_id, sequence, is_published, manifest from ${schemas.snapshots} order by sequence desc`,
  );
  return rows.map(([snapshotId, sequence, isPublished, manifest]) => ({
    snapshotId: String(snapshotId),
    sequence: Number(sequence),
    isPublished: isPublished === true,
    manifest: String(manifest),
  }));
}

/** @throws DamagedError where the stored text is not a manifest. */
export function manifestOf({ snapshotId, manifest }: StoredSnapshot): SnapshotManifest {
  return parseManifest(manifest, `the manifest of snapshot ${snapshotId}`);
}

/** The manifest of the published snapshot; undefined before the first run. @throws DamagedError */
export async function readPublished(session: Session, schemas: Schemas): Promise<SnapshotManifest | undefined> {
  const stored = (await readSnapshots(session, schemas)).find(({ isPublished }) => isPublished);
  return stored === undefined ? undefined : manifestOf(stored);
}

/** The schemas of a pipeline that are there: published layers and those beside them. Other people's are not among them. */
export async function readLayerSchemas(session: Session, schemas: Schemas): Promise<LayerSchema[]> {
  const found = await readSchemas(session);
  return found.flatMap(({ schema, comment }) => {
    const side = schemas.parseSide(schema);
    if (side !== undefined) return comment === schemas.comment(side.layer, side.snapshotId) ? [side] : [];
    const layer = LAYERS.find((candidate) => schemas.published(candidate) === schema);
    const snapshotId = layer === undefined ? undefined : snapshotOf(comment, layer);
    return layer === undefined || snapshotId === undefined ? [] : [{ layer, snapshotId, schema }];
  });
}

/** Schemas that have one of our names and are not ours. */
export async function foreignSchemas(session: Session, schemas: Schemas): Promise<string[]> {
  const names = [schemas.control, ...LAYERS.map((layer) => schemas.published(layer))];
  return (await readSchemas(session))
    .filter(({ schema, comment }) => names.includes(schema) && comment?.startsWith(OWNER_MARK) !== true)
    .map(({ schema }) => schema);
}

/** Whether the schema with the table of snapshots is there and ours. */
export async function ownsCatalog(session: Session, schemas: Schemas): Promise<boolean> {
  const found = await readSchemas(session);
  return found.some(({ schema, comment }) => schema === schemas.control && comment?.startsWith(OWNER_MARK) === true);
}

async function readSchemas(session: Session): Promise<{ schema: string; comment: string | null }[]> {
  const { rows } = await session.query(
    `select nspname, pg_catalog.obj_description(oid, 'pg_namespace') from pg_catalog.pg_namespace order by nspname`,
  );
  return rows.map(([schema, comment]) => ({
    schema: String(schema),
    comment: comment === null || comment === undefined ? null : String(comment),
  }));
}

function snapshotOf(comment: string | null, layer: Layer): string | undefined {
  const start = `${OWNER_MARK} ${layer} of snapshot `;
  return comment?.startsWith(start) === true ? comment.slice(start.length) : undefined;
}

export function missingLayer(layer: Layer, snapshotId: string): DamagedError {
  return new DamagedError(`the ${layer} layer of snapshot ${snapshotId} is no longer in the database`, {
    remedy: ['go back to an earlier snapshot: marketing-pipeline rollback', 'or run the pipeline again'],
  });
}
