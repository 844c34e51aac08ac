import { EventEmitter } from 'node:events';
import type { Client, ClientConfig } from 'pg';
import { PipelineError, UsageError } from '../../errors.ts';
import { loadPg } from './driver.ts';
import { explainConnection, postgresCode } from './explain-error.ts';
import { PASSWORD_PLACES } from './password.ts';
import { prepareSession } from './prepare-session.ts';
import type { Server } from './server.ts';
import { attemptsOf, tlsOptions } from './tls.ts';

export interface ClientOptions {
  /** Shown by the server to whoever looks who is connected; at most 63 bytes. */
  readonly applicationName: string;
  readonly statementTimeoutSeconds?: number | null;
  /** Whether nothing will be stored there: any encoding and any build of the server will do. Default false. */
  readonly isForReading?: boolean;
}

const KEEP_ALIVE_AFTER_MS = 30_000;
/** What the driver says when the server speaks no TLS. */
const NO_TLS = 'The server does not support SSL connections';

/**
 * Connects and prepares the session: UTC, UTF-8, plain formats, an empty search path.
 * The caller listens to `error` and calls `end()`.
 * @throws PipelineError that says why there is no connection, or why this server or database cannot be used.
 */
export async function openClient(server: Server, options: ClientOptions): Promise<Client> {
  const client = await connected(server, options);
  try {
    await prepareSession(client, server, options);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainConnection(error, server);
  }
}

/** Tries encrypted and plain in the order of the sslmode. The error is that of the encrypted attempt, where the server speaks TLS. */
async function connected(server: Server, options: ClientOptions): Promise<Client> {
  const failures: unknown[] = [];
  for (const attempt of attemptsOf(server.tls.mode)) {
    try {
      return await connect(server, attempt, options);
    } catch (error) {
      if (attempt === 'tls' && !isNoTls(error)) failures.unshift(error);
      else failures.push(error);
      if (!isWorthAnother(error, attempt)) break;
    }
  }
  const told = failures.find((error) => !isNoTls(error)) ?? failures[0];
  throw explainConnection(told, server);
}

async function connect(server: Server, attempt: 'plain' | 'tls', { applicationName }: ClientOptions): Promise<Client> {
  const { Client } = await loadPg();
  const isEncrypted = attempt === 'tls';
  const { host, port, user, database, connectTimeoutSeconds } = server;
  const binding = { isOffered: false };
  const config: ClientConfig = {
    host,
    port,
    user,
    database,
    password: () => passwordOf(server, isEncrypted && binding.isOffered),
    ssl: isEncrypted ? await tlsOptions(server.tls) : false,
    sslnegotiation: 'postgres',
    enableChannelBinding: isEncrypted && server.channelBinding !== 'disable',
    application_name: applicationName,
    client_encoding: 'UTF8',
    connectionTimeoutMillis: connectTimeoutSeconds * 1_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  };
  const client = new Client(config);
  // The driver would add what PGOPTIONS, PGREPLICATION and their like say in the environment of the process.
  Object.assign(client, {
    getStartupConf: () => ({ user, database, application_name: applicationName, client_encoding: 'UTF8' }),
  });
  // Without a listener, an error between two statements would end the process; the next statement tells it.
  client.on('error', () => undefined);
  onOfferedMechanisms(client, (mechanisms) => {
    binding.isOffered = mechanisms.includes('SCRAM-SHA-256-PLUS');
  });
  await client.connect();
  if (server.channelBinding === 'require' && !binding.isOffered) {
    await client.end();
    throw noChannelBinding(server);
  }
  return client;
}

async function passwordOf(server: Server, isBound: boolean): Promise<string> {
  if (server.channelBinding === 'require' && !isBound) throw noChannelBinding(server);
  const password = await server.password();
  if (password !== undefined) return password;
  throw new UsageError(`${server.name} asks for the password of role "${server.user}", and none is given`, {
    remedy: PASSWORD_PLACES,
  });
}

function noChannelBinding({ name }: Server): UsageError {
  return new UsageError(`${name} cannot bind its password check to the encrypted connection`, {
    remedy: 'use channel_binding=prefer with sslmode=verify-full',
  });
}

/** The driver tells the ways of logging in that a server offers on its inner connection only. */
function onOfferedMechanisms(client: Client, listener: (mechanisms: readonly unknown[]) => void): void {
  const connection: unknown = Reflect.get(client, 'connection');
  if (!(connection instanceof EventEmitter)) return;
  connection.prependListener('authenticationSASL', ({ mechanisms }: { mechanisms: unknown }) => {
    listener(Array.isArray(mechanisms) ? mechanisms : []);
  });
}

function isNoTls(error: unknown): boolean {
  return error instanceof Error && error.message === NO_TLS;
}

/** As libpq: plain after anything that went wrong with TLS, TLS after the server has refused us as we came. */
function isWorthAnother(error: unknown, attempt: 'plain' | 'tls'): boolean {
  if (error instanceof PipelineError) return false;
  const code = postgresCode(error);
  if (code !== undefined) return code === '28000';
  if (attempt === 'plain') return false;
  const isUnreachable = error instanceof Error && ('address' in error || 'hostname' in error || 'errors' in error);
  return !isUnreachable && !(error instanceof Error && error.message === 'timeout expired');
}
