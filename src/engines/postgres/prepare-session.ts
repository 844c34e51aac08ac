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
};

/** The server looks so often whether we are still there; not every system of a server can. */
const CONNECTION_CHECK = "set client_connection_check_interval = '2s'";

/**
 * Makes a new session ours.
 * @throws UsageError for a server or a database that cannot hold what we store.
 */
export async function prepareSession(
  client: Client,
  server: Server,
  statementTimeoutSeconds: number | null,
): Promise<void> {
  refuseUnfit(await factsOf(client), server);
  const settings = { ...SETTINGS, statement_timeout: `'${statementTimeoutSeconds ?? 0}s'` };
  await client.query(
    Object.entries(settings)
      .map(([name, value]) => `set ${name} = ${value};`)
      .join(' '),
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
export function refuseUnfit({ version, versionText, encoding, hasCollation }: Facts, { name, database }: Server): void {
  if (version < OLDEST_VERSION) {
    throw new UsageError(`${name} is PostgreSQL ${versionText}; the engine postgres needs version ${OLDEST_VERSION}`, {
      remedy: `upgrade the server to version ${OLDEST_VERSION} or newer`,
    });
  }
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

/** `invalid_parameter_value`: the system of the server cannot notice a closed connection. */
function isRefusedSetting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '22023';
}
