import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Effects } from '../../effects.ts';
import { UsageError } from '../../errors.ts';
import { printable } from '../../printable.ts';
import { type ConnectionParts, parseConnectionUrl } from './connection-url.ts';
import { passfilePath, readPassfile, readPasswordFile } from './password.ts';
import { type TlsSettings, tlsSettings } from './tls.ts';

/** What the settings say about the server. */
export interface PostgresSettings {
  /** `postgres://user@host:port/database?sslmode=...`, without a password; null: PGHOST, PGDATABASE ... as psql takes them. */
  readonly connection: string | null;
  /** Absolute path of a file whose first line is the password. */
  readonly passwordFile: string | null;
  /** Stands before the names of all schemas. */
  readonly schemaPrefix: string;
  readonly statementTimeoutSeconds: number | null;
  /** How long publishing waits for readers. */
  readonly publishWaitSeconds: number;
}

/** A database on a server, and who connects to it. Nothing in it is secret: it may be printed and logged. */
export interface Server {
  /** Name or address; a folder (it begins with `/`) for a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** `postgres://user@host:port/database`, never with a password. */
  readonly name: string;
  readonly tls: TlsSettings;
  /** Whether a password must not be sent unless both ends have seen the same certificate. */
  readonly channelBinding: 'disable' | 'prefer' | 'require';
  readonly connectTimeoutSeconds: number;
  /** The password, read when the server asks for it; undefined when there is none. @throws UsageError for a file that others may read. */
  readonly password: () => Promise<string | undefined>;
}

const DEFAULT_PORT = 5432;
const CONNECT_TIMEOUT_SECONDS = 10;
const SOCKET_FOLDERS = ['/var/run/postgresql', '/run/postgresql', '/tmp'];

/** Variables of libpq that would lead elsewhere or forbid what we would do. To pass over them in silence would be wrong. */
const UNSUPPORTED = ['PGSERVICE', 'PGHOSTADDR', 'PGREQUIREAUTH', 'PGREQUIREPEER', 'PGSSLCRL', 'PGSSLCRLDIR'] as const;

/**
 * Where to connect to: the URL over the environment over libpq's defaults. Asks no server and reads no password yet.
 * @throws UsageError for a URL or a variable that cannot be used.
 */
export async function resolveServer(
  { connection, passwordFile }: Pick<PostgresSettings, 'connection' | 'passwordFile'>,
  env: Effects['env'],
): Promise<Server> {
  const unsupported = UNSUPPORTED.find((name) => env[name]);
  if (unsupported !== undefined) {
    throw new UsageError(`${unsupported} is set in the environment, and it is not supported`, {
      remedy: `unset ${unsupported}, and say in the setting connection where the server is`,
    });
  }
  const parts = connection === null ? {} : parseConnectionUrl(connection);
  const port = portNumber(parts.port ?? env.PGPORT);
  const host = parts.host ?? (env.PGHOST || defaultHost(port));
  if (host.includes(',')) {
    throw new UsageError(`"${printable(host, 80)}" in PGHOST are several hosts`, {
      remedy: 'name the one host that accepts writes',
    });
  }
  const user = parts.user ?? (env.PGUSER || systemUser());
  const database = parts.dbname ?? (env.PGDATABASE || user);
  const login = { host, port, database, user };
  const given = parts.password ?? environmentPassword(login, env);
  return {
    ...login,
    name: `postgres://${encodeURIComponent(user)}@${hostName(host)}:${port}/${encodeURIComponent(database)}`,
    tls: tlsSettings(parts, host, env),
    channelBinding: channelBinding(parts.channel_binding ?? env.PGCHANNELBINDING),
    connectTimeoutSeconds: timeoutSeconds(parts.connect_timeout ?? env.PGCONNECT_TIMEOUT),
    password: async () => {
      if (given !== undefined) return given;
      if (passwordFile !== null) return readPasswordFile(passwordFile);
      if (env.PGPASSWORD) return env.PGPASSWORD;
      const passfile = parts.passfile ?? passfilePath(env);
      return passfile === undefined ? undefined : readPassfile(passfile, login);
    },
  };
}

/** The password in the environment's URL, which belongs to the role and the server of that URL and to no other. */
function environmentPassword(
  login: { host: string; port: number; user: string },
  env: Effects['env'],
): string | undefined {
  const url = env.MARKETING_PIPELINE_CONNECTION?.trim();
  if (!url || url === 'null') return undefined;
  let parts: ConnectionParts;
  try {
    parts = parseConnectionUrl(url);
  } catch {
    return undefined;
  }
  const { password } = parts;
  const port = portNumber(parts.port ?? env.PGPORT);
  const host = parts.host ?? (env.PGHOST || defaultHost(port));
  const user = parts.user ?? (env.PGUSER || systemUser());
  return host === login.host && port === login.port && user === login.user ? password : undefined;
}

function portNumber(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`"${printable(text, 40)}" is not a port`, {
    remedy: `a number from 1 to 65535, usually ${DEFAULT_PORT}`,
  });
}

/** As libpq: zero or less waits for ever, less than two seconds counts as two. */
function timeoutSeconds(text: string | undefined): number {
  if (text === undefined || text === '') return CONNECT_TIMEOUT_SECONDS;
  const seconds = Number(text);
  if (!/^-?\d{1,6}$/.test(text)) {
    throw new UsageError(`"${printable(text, 40)}" is not a connect timeout`, { remedy: 'a whole number of seconds' });
  }
  return seconds <= 0 ? 0 : Math.max(2, seconds);
}

function channelBinding(text: string | undefined): Server['channelBinding'] {
  if (text === undefined || text === '') return 'prefer';
  if (text === 'disable' || text === 'prefer' || text === 'require') return text;
  throw new UsageError(`"${printable(text, 40)}" is not a channel_binding`, {
    remedy: 'one of disable, prefer, require',
  });
}

/** The Unix socket of a server on this machine, if there is one. */
function defaultHost(port: number): string {
  return SOCKET_FOLDERS.find((folder) => existsSync(`${folder}/.s.PGSQL.${port}`)) ?? 'localhost';
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch (cause) {
    throw new UsageError('the system does not know your user name', {
      remedy: 'name the role in the connection (postgres://role@...) or in PGUSER',
      cause,
    });
  }
}

function hostName(host: string): string {
  return host.includes(':') && !host.startsWith('/') ? `[${host}]` : encodeURIComponent(host);
}
