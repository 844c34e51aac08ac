import { createHash } from 'node:crypto';
import pg from 'pg';
import { DATABASE_VARIABLE } from '../engines.ts';

/** Longer than any test needs; a reader that was left open would hold up the rest for ever. */
const LOCK_TIMEOUT = '20s';

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** The URL of the database, which is created where it does not exist. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<string> {
  await withClient(serverUrl, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** A database that holds what another one holds, to which nobody may be connected; returns its URL. */
export async function copyDatabase(url: string, name: string): Promise<string> {
  const { pathname } = new URL(url);
  return withClient(serverOf(url), async (client) => {
    const [copy, original] = [name, decodeURIComponent(pathname.slice(1))].map((one) => client.escapeIdentifier(one));
    await client.query(`create database ${copy} template ${original} strategy file_copy`);
    const copied = new URL(url);
    copied.pathname = `/${name}`;
    return copied.href;
  });
}

/** Drops a database, whoever is connected to it. */
export async function dropDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await withClient(serverOf(url), (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  );
}

/** The URL of a database to which one may always connect. */
export function serverOf(url: string): string {
  const server = new URL(url);
  server.pathname = '/postgres';
  return server.href;
}

/** Drops the schemas whose names begin with the prefix, and says which. Fails when something has kept one of them locked. */
export async function dropSchemas(url: string, prefix: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select nspname as name from pg_namespace where starts_with(nspname, $1)
       and nspname !~ '^pg_' and nspname not in ('public', 'information_schema') order by nspname`,
      [prefix],
    );
    await client.query(`set lock_timeout = '${LOCK_TIMEOUT}'`);
    for (const { name } of rows) await client.query(`drop schema ${client.escapeIdentifier(name)} cascade`);
    return rows.map(({ name }) => name);
  });
}

/** The settings with which whoever uses the data folder works on this test's engine. */
export type EngineTestSettings =
  | { readonly engine: 'duckdb' }
  | { readonly engine: 'postgres'; readonly connection: string; readonly schemaPrefix: string };

/** A data folder has one prefix, so that all pipelines over it find the same data and no others do. */
export function engineSettings(folder: string): EngineTestSettings {
  const connection = process.env[DATABASE_VARIABLE];
  if (connection === undefined) return { engine: 'duckdb' };
  return {
    engine: 'postgres',
    connection,
    schemaPrefix: `t${createHash('md5').update(folder).digest('hex').slice(0, 12)}_`,
  };
}

/** The same for programs that are started: variables of their environment. */
export function engineEnvironment(folder: string): Record<string, string> {
  const settings = engineSettings(folder);
  if (settings.engine === 'duckdb') return {};
  return {
    MARKETING_PIPELINE_ENGINE: settings.engine,
    MARKETING_PIPELINE_CONNECTION: settings.connection,
    MARKETING_PIPELINE_SCHEMA_PREFIX: settings.schemaPrefix,
  };
}

/** Removes what the data folder's engine keeps outside it. */
export async function dropEngineData(folder: string): Promise<void> {
  const settings = engineSettings(folder);
  if (settings.engine === 'postgres') await dropSchemas(settings.connection, settings.schemaPrefix);
}

/** The schemas of layers, published or not, that are there under a prefix. */
export async function layerSchemas({
  connection,
  schemaPrefix,
}: Extract<EngineTestSettings, { engine: 'postgres' }>): Promise<string[]> {
  return withClient(connection, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select nspname as name from pg_namespace where starts_with(nspname, $1) and nspname <> $1 || 'pipeline' order by 1`,
      [schemaPrefix],
    );
    return rows.map(({ name }) => name.slice(schemaPrefix.length));
  });
}
