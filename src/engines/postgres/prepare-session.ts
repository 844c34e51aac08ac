import type { Client } from 'pg';
import { UsageError } from '../../errors.ts';
import type { Server } from './server.ts';

const OLDEST_VERSION = 14;
/** The collation with which texts sort alike on every machine. */
const COLLATION = 'und-x-icu';

const FACTS = `
select pg_catalog.current_setting('server_version_num')::int / 10000 as version,
  pg_catalog.current_setting('server_version') as "versionText",
  pg_catalog.pg_encoding_to_char(d.encoding) as encoding,
  exists (select 1 from pg_catalog.pg_collation where collname = '${COLLATION}') as "hasCollation"
from pg_catalog.pg_database d where d.datname = pg_catalog.current_database()`;

/** Formats in which values travel, and what would make the same statement answer differently here and there. */
const SETTINGS: Readonly<Record<string, string>> = {
  TimeZone: "'UTC'",
  DateStyle: "'ISO, YMD'",
  IntervalStyle: "'postgres'",
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  client_encoding: "'UTF8'",
  bytea_output: "'hex'",
  search_path: "''",
  client_min_messages: 'warning',
  synchronize_seqscans: 'off',
  jit: 'off',
  // What a role or a database may be set to, and would end or hold up a run that is well.
  lock_timeout: '0',
  idle_session_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  default_transaction_isolation: "'read committed'",
  transform_null_equals: 'off',
  // A machine that has vanished keeps the lock for two minutes, not for hours.
  tcp_keepalives_idle: '60',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '6',
};

/** Exists from version 17 on. */
const NO_TRANSACTION_TIMEOUT = `
select pg_catalog.set_config(name, '0', false) from pg_catalog.pg_settings where name = 'transaction_timeout';`;

/** The server looks so often whether we are still there; not every system of a server can. */
const CONNECTION_CHECK = "set client_connection_check_interval = '2s'";

export interface SessionNeeds {
  /** Null or left out: no limit. */
  readonly statementTimeoutSeconds?: number | null;
  /** Whether nothing will be stored there. Default false. */
  readonly isForReading?: boolean;
}

/**
 * Makes a new session ours.
 * @throws UsageError for a server or a database that cannot hold what we store.
 */
export async function prepareSession(
  client: Client,
  server: Server,
  { statementTimeoutSeconds, isForReading = false }: SessionNeeds,
): Promise<void> {
  const facts = await factsOf(client);
  if (isForReading) refuseOld(facts, server);
  else refuseUnfit(facts, server);
  const settings = { ...SETTINGS, statement_timeout: `'${statementTimeoutSeconds ?? 0}s'` };
  await client.query(
    Object.entries(settings)
      .map(([name, value]) => `set ${name} = ${value};`)
      .join(' ') + NO_TRANSACTION_TIMEOUT,
  );
  await client.query(CONNECTION_CHECK).catch((error: unknown) => {
    if (!isRefusedSetting(error)) throw error;
  });
}

/** What a server and a database say about themselves. */
export interface Facts {
  readonly version: number;
  readonly versionText: string;
  readonly encoding: string;
  readonly hasCollation: boolean;
}

async function factsOf(client: Client): Promise<Facts> {
  const { rows } = await client.query<Facts>(FACTS);
  const [facts] = rows;
  if (facts === undefined) throw new Error('the server does not know the database that we are connected to');
  return facts;
}

/** @throws UsageError for a server or a database of these facts that cannot hold what we store. */
export function refuseUnfit(facts: Facts, server: Server): void {
  refuseOld(facts, server);
  const { encoding, hasCollation } = facts;
  const { name, database } = server;
  if (encoding !== 'UTF8') {
    throw new UsageError(
      `the database "${database}" has the encoding ${encoding}, in which not every text can be stored`,
      {
        remedy: `make another one: create database shop encoding 'UTF8' template template0`,
      },
    );
  }
  if (!hasCollation) {
    throw new UsageError(`the database "${database}" has no collation "${COLLATION}": ${name} was built without ICU`, {
      remedy: 'use a server that was built with ICU, as all common packages are',
    });
  }
}

function refuseOld({ version, versionText }: Facts, { name }: Server): void {
  if (version >= OLDEST_VERSION) return;
  throw new UsageError(`${name} is PostgreSQL ${versionText}; the engine postgres needs version ${OLDEST_VERSION}`, {
    remedy: `upgrade the server to version ${OLDEST_VERSION} or newer`,
  });
}

/** `invalid_parameter_value`: the system of the server cannot notice a closed connection. */
function isRefusedSetting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '22023';
}
