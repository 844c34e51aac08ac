import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError, RunError } from '../../errors.ts';
import type { PublishOptions, SnapshotManifest } from '../engine.ts';
import { LAYERS, type Layer } from '../layer.ts';
import { QueryError } from '../query-error.ts';
import { quotedIdentifier, quotedString } from '../quote.ts';
import { missingLayer, readLayerSchemas } from './catalog.ts';
import { copyGrants } from './grants.ts';
import type { Schemas } from './schemas.ts';
import type { Session } from './session.ts';

/**
 * How long one attempt takes the locks: whoever wants to read waits behind it meanwhile. Less than the second after which
 * the server looks for deadlocks: a statement that holds one of the tables and waits for another would be its victim.
 */
const LOCKING_MS = 700;

/** How long readers go first, before the next attempt. */
const PAUSE_MS = 2_000;

/**
 * How long the server waits for our next statement while it keeps everybody from reading: a machine that is suspended in
 * the middle, or has vanished, must not keep them longer.
 */
const SILENCE_MS = 10_000;

/** Cancelled (here by the timeout), deadlock, lock not available. */
const BUSY_STATES = ['57014', '40P01', '55P03'];

interface Publishing extends PublishOptions {
  readonly session: Session;
  readonly schemas: Schemas;
  /** How long to wait for readers, in all. */
  readonly waitSeconds: number;
}

/**
 * Publishes by renaming schemas, all in one transaction. The tables whose place is taken are locked first: a statement
 * that has found one of them keeps the others from moving until it has read them all, and one that waits for a lock
 * looks the names up again. So no statement sees tables of two snapshots.
 * @throws RunError when readers do not let go of the published tables in time; they stay published then.
 * @throws UnansweredCommitError when the connection was lost before the server has said that it is done.
 */
export async function publishByRename(manifest: SnapshotManifest, publishing: Publishing): Promise<void> {
  const { session, waitSeconds, onWait = () => {}, signal } = publishing;
  let waitedMs = 0;
  while (true) {
    try {
      await attempt(manifest, publishing);
      return;
    } catch (error) {
      await session.execute('rollback').catch(() => undefined);
      if (!isBusy(error)) throw error;
      const readers = await readersOf(publishing);
      if (waitedMs >= waitSeconds * 1_000) throw stillRead(readers, waitSeconds, error);
      const who = readers.map((reader) => reader.who).join(', ') || 'other sessions';
      onWait(`the published tables are being read; publishing waits for ${who}`);
      await delay(PAUSE_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
      if (signal?.aborted) throw new CancelledError();
      waitedMs += LOCKING_MS + PAUSE_MS;
    }
  }
}

async function attempt(manifest: SnapshotManifest, publishing: Publishing): Promise<void> {
  const { session, schemas, onPoint = () => {} } = publishing;
  await session.execute(
    `begin; set local statement_timeout = ${LOCKING_MS}; set local idle_in_transaction_session_timeout = ${SILENCE_MS}`,
  );
  await session.execute(`lock table ${schemas.snapshots} in access exclusive mode`);
  const present = await readLayerSchemas(session, schemas);
  const schemaOf = (layer: Layer, snapshotId: string) =>
    present.find((schema) => schema.layer === layer && schema.snapshotId === snapshotId)?.schema;
  const moves = LAYERS.flatMap((layer) => {
    const { snapshotId } = manifest.layers[layer];
    const schema = schemaOf(layer, snapshotId);
    if (schema === undefined) throw missingLayer(layer, snapshotId);
    return schema === schemas.published(layer) ? [] : [{ layer, schema }];
  });
  const replaced = moves.flatMap(({ layer }) => present.filter(({ schema }) => schema === schemas.published(layer)));
  await lockTables(
    session,
    replaced.map(({ schema }) => schema),
  );
  await session.execute('set local statement_timeout = 0');
  onPoint('published tables locked');
  for (const { layer, snapshotId, schema } of replaced) {
    const successor = moves.find((move) => move.layer === layer)?.schema;
    if (successor !== undefined) await copyGrants(session, schema, successor);
    await rename(session, schema, schemas.side(layer, snapshotId));
  }
  for (const { layer, schema } of moves) await rename(session, schema, schemas.published(layer));
  await storeManifest(manifest, publishing);
  onPoint('layers renamed');
  try {
    await session.execute('commit');
  } catch (error) {
    throw session.isLost ? new UnansweredCommitError(error) : error;
  }
  onPoint('publishing committed');
}

/** The connection was lost between sending the commit and hearing of it. */
export class UnansweredCommitError extends Error {
  constructor(cause: unknown) {
    super('the answer to the commit is missing', { cause });
  }
}

async function storeManifest(manifest: SnapshotManifest, { session, schemas }: Publishing): Promise<void> {
  const { snapshotId, sequence } = manifest;
  const row = `${quotedString(snapshotId)}, ${sequence}, true, ${quotedString(JSON.stringify(manifest))}`;
  // Numbers are counted up from those of all snapshots that can be understood: another one of this number cannot.
  await session.execute(`
    update ${schemas.snapshots} set is_published = false where is_published;
    delete from ${schemas.snapshots} where sequence = ${sequence} and snapshot_id <> ${quotedString(snapshotId)};
    insert into ${schemas.snapshots} (snapshot_id, sequence, is_published, manifest) values (${row})
      on conflict (snapshot_id) do update set is_published = true;`);
}

async function rename(session: Session, from: string, to: string): Promise<void> {
  await session.execute(`alter schema ${quotedIdentifier(from)} rename to ${quotedIdentifier(to)}`);
}

/** In one order, always the same. */
async function lockTables(session: Session, schemas: readonly string[]): Promise<void> {
  if (schemas.length === 0) return;
  const { rows } = await session.query(`
    select format('%I.%I', schemaname, tablename)
    from pg_catalog.pg_tables
    where schemaname in (${schemas.map((schema) => quotedString(schema)).join(', ')})
    order by 1`);
  const tables = rows.map(([table]) => String(table));
  if (tables.length > 0) await session.execute(`lock table ${tables.join(', ')} in access exclusive mode`);
}

function isBusy(error: unknown): boolean {
  return BUSY_STATES.includes(sqlState(error) ?? '');
}

/** The server's code of what it refused, wherever in the chain of causes it stands. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return sqlState(error.cause);
}

interface ReadingSession {
  readonly pid: number;
  readonly who: string;
}

async function readersOf({ session, schemas }: Publishing): Promise<ReadingSession[]> {
  const names = LAYERS.map((layer) => quotedString(schemas.published(layer)));
  const { rows } = await session.query(`
    select distinct activity.pid, activity.application_name, activity.usename, activity.client_addr, activity.xact_start
    from pg_catalog.pg_locks as locks
    inner join pg_catalog.pg_stat_activity as activity on activity.pid = locks.pid
    inner join pg_catalog.pg_class as relation on relation.oid = locks.relation
    inner join pg_catalog.pg_namespace as namespace on namespace.oid = relation.relnamespace
    where locks.granted and activity.pid <> pg_backend_pid()
      and namespace.nspname in (${[...names, quotedString(schemas.control)].join(', ')})
    order by activity.xact_start, activity.pid`);
  return rows.map(([pid, application, user, address, since]) => ({
    pid: Number(pid),
    who: `${application || 'a session'} of ${user} from ${address ?? 'this machine'} (server process ${pid}, since ${since})`,
  }));
}

function stillRead(readers: readonly ReadingSession[], waitSeconds: number, cause: unknown): RunError {
  const who = readers.map((reader) => reader.who).join(', ');
  return new RunError(
    `the published tables were read without a pause for ${waitSeconds} seconds${who === '' ? '' : ` by ${who}`}; nothing was published`,
    {
      cause,
      remedy: [
        'run again when they are done',
        ...readers.map(({ pid }) => `or end a session on the server: select pg_terminate_backend(${pid})`),
        'publishWaitSeconds says how long publishing waits',
      ],
    },
  );
}

/** Refused by the server, with the code that says why. */
export function isRefusedWith(error: unknown, code: string): boolean {
  return error instanceof QueryError && sqlState(error) === code;
}
