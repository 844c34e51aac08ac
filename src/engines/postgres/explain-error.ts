import { PipelineError, RunError, UsageError } from '../../errors.ts';
import { QueryError } from '../query-error.ts';
import { quotedIdentifier } from '../quote.ts';
import { explainRights } from './explain-rights.ts';
import { explainTls } from './explain-tls.ts';
import { PASSWORD_PLACES } from './password.ts';
import type { Server } from './server.ts';

/** An error that a server has sent. */
export interface ServerError extends Error {
  /** SQLSTATE, five characters. */
  readonly code: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  /** Character of the statement, counted from 1, as text. */
  readonly position?: string | undefined;
}

/** The SQLSTATE of an error that a server has sent; undefined for all others. */
export function postgresCode(error: unknown): string | undefined {
  return isServerError(error) ? error.code : undefined;
}

/**
 * What went wrong with a statement, for users: a `PipelineError` where they can act, a `QueryError` for a statement that the
 * server refused, and any other error as it is.
 */
export function explainPostgres(error: unknown, server: Server, sql?: string): unknown {
  if (error instanceof PipelineError || !(error instanceof Error)) return error;
  if (isLostConnection(error)) return lost(error, server);
  if (!isServerError(error)) return error;
  return explainState(error, server, sql) ?? new QueryError(withContext(error, sql), sql ?? '');
}

/** What went wrong before there was a session, for users. */
export function explainConnection(error: unknown, server: Server): unknown {
  if (error instanceof PipelineError || !(error instanceof Error)) return error;
  if (isServerError(error)) {
    return (
      explainState(error, server) ??
      new RunError(`${server.name} refused the connection: ${error.message}`, { cause: error })
    );
  }
  return explainTls(error, server) ?? unreachable(error, server) ?? error;
}

const LOST_STATES: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '57P05', '25P03', '25P04']);
const LOST_CODES: ReadonlySet<unknown> = new Set(
  'ECONNRESET ECONNREFUSED ECONNABORTED EPIPE ENOTFOUND EAI_AGAIN ETIMEDOUT EHOSTUNREACH ENETUNREACH ENETDOWN'.split(
    ' ',
  ),
);
const LOST_MESSAGE = /^(Connection terminated|Client has encountered a connection error|timeout expired)/;

/** Whether the connection on which an error came is of no use any more. */
export function isLostConnection(error: Error): boolean {
  if (isServerError(error)) return LOST_STATES.has(error.code) || error.code.startsWith('08');
  return LOST_CODES.has(codeOf(error)) || LOST_MESSAGE.test(error.message);
}

function lost(cause: Error, { name }: Server): RunError {
  return new RunError(`the connection to ${name} was lost: ${messageOf(cause)}`, {
    remedy: 'check that the server is up, and run again: the next run clears away what this one left unfinished',
    cause,
  });
}

function unreachable(cause: Error, { name, host, port }: Server): RunError | undefined {
  const socket = `${host}/.s.PGSQL.${port}`;
  const code = codeOf(cause);
  const remedy =
    code === 'ENOENT'
      ? `no server listens at ${socket}: start it, or name the host in the setting connection or PGHOST`
      : code === 'EACCES'
        ? `make the socket ${socket} accessible for you`
        : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
          ? `check the name of the host "${host}" in the setting connection or PGHOST`
          : LOST_CODES.has(code) || LOST_MESSAGE.test(cause.message)
            ? `check that a server listens on port ${port} of "${host}", and that no firewall is between`
            : undefined;
  if (remedy === undefined) return undefined;
  return new RunError(`${name} cannot be reached: ${messageOf(cause)}`, { remedy, cause });
}

/** Errors by SQLSTATE, where there is something to do about them. */
function explainState(error: ServerError, server: Server, sql?: string): PipelineError | undefined {
  const { name, user, database } = server;
  const { message, code } = error;
  const run = (text: string, ...remedy: readonly string[]) => new RunError(text, { remedy, cause: error });
  const usage = (text: string, ...remedy: readonly string[]) => new UsageError(text, { remedy, cause: error });
  switch (code) {
    case '28P01':
      return usage(`${name} does not accept the password of role "${user}": ${message}`, ...PASSWORD_PLACES);
    case '28000':
      return usage(
        `${name} does not let role "${user}" in: ${message}`,
        `check that the role exists (createuser ${user}), may log in, and that the server's pg_hba.conf has a line for it`,
        'where the server wants an encrypted connection, use sslmode=require or stronger; where it wants none, sslmode=disable',
        'where it wants a certificate of yours, name it and its key with sslcert and sslkey',
      );
    case '3D000':
      return usage(
        `database "${database}" does not exist on ${name}`,
        /^\w+$/.test(database)
          ? `createdb --encoding=UTF8 --template=template0 ${database}`
          : `create database ${quotedIdentifier(database)} encoding 'UTF8' template template0`,
      );
    case '42501':
      return explainRights(error, server, sql);
    case '53100':
    case '58030':
      return diskFull(error, name);
    case '53200':
      return /shared memory/i.test(message)
        ? run(`${name} has no room for more locks: ${message}`, 'raise max_locks_per_transaction of the server')
        : run(
            `${name} ran out of memory: ${message}`,
            'set maxConcurrentModels to 1, or lower work_mem of the server',
            'or give the server more memory',
          );
    case '53300':
      return run(
        `${name} has too many connections: ${message}`,
        'close some, or raise max_connections of the server (or the connection limit of the role or the database)',
        'or set maxConcurrentModels to 1',
      );
    case '53400':
      return run(
        `${name} stopped a statement at a limit: ${message}`,
        `raise the limit (alter role "${user}" set temp_file_limit = ...; only a superuser may), or set maxConcurrentModels to 1`,
      );
    case '57014':
      return cancelled(error, name, sql);
    case '55P03':
      return run(
        `${name} did not give a lock in time: ${message}`,
        'wait until other sessions have ended their transactions, or raise publishWaitSeconds',
        "see who holds locks: select pid, state, query from pg_stat_activity where state <> 'idle'",
      );
    case '40P01':
    case '40001':
      return run(`${name} gave way to another session: ${message}`, 'run again');
    case '25006':
      return run(
        `${name} accepts no changes: ${message}`,
        'connect to the primary server instead of a standby',
        `or let the role write: alter role "${user}" set default_transaction_read_only = off`,
      );
    case '57P03':
      return run(
        `${name} does not accept connections now: ${message}`,
        'wait until the server has started, and run again',
      );
    case 'XX001':
    case 'XX002':
      return run(
        `${name} reports damaged data: ${message}`,
        'check the disk of the server and restore its database from a backup',
      );
    default:
      return /no space left|disk quota exceeded/i.test(message) ? diskFull(error, name) : undefined;
  }
}

function diskFull(error: ServerError, name: string): RunError {
  const isFull = error.code === '53100' || !/input\/output|read-only/i.test(error.message);
  return new RunError(
    `${isFull ? "the server's disk is full" : "the server's disk fails"} at ${name}: ${error.message}`,
    {
      remedy: [
        isFull
          ? 'free space on the disk of the server, where its tables and temporary files are (show data_directory), and run again'
          : 'check the disk of the server',
        'fewer snapshots need less space: lower keepSnapshots',
      ],
      cause: error,
    },
  );
}

/** The server says only in words why, and in its own language. */
function cancelled(error: ServerError, name: string, sql?: string): RunError {
  const byTimeout = /statement timeout/i.test(error.message);
  const byUser = /user request/i.test(error.message);
  const raise = 'raise statementTimeoutSeconds, or set it to null for no limit';
  if (byTimeout) {
    const message = `a statement took longer than statementTimeoutSeconds allows on ${name}: ${error.message}`;
    return new QueryError(error, sql ?? '', { message, remedy: [raise] });
  }
  return new RunError(`a statement was cancelled on ${name}: ${error.message}`, {
    remedy: byUser ? 'somebody cancelled it on the server: run again' : `run again; if it took too long, ${raise}`,
    cause: error,
  });
}

/** The server's message with the line it is about, its detail and its hint. */
function withContext(error: ServerError, sql: string | undefined): Error {
  const notes = [
    lineAt(error.position, sql),
    error.detail === undefined ? undefined : `DETAIL: ${error.detail}`,
    error.hint === undefined ? undefined : `HINT: ${error.hint}`,
  ].filter((note) => note !== undefined);
  return notes.length === 0 ? error : new Error([error.message, ...notes].join('\n'), { cause: error });
}

function lineAt(position: string | undefined, sql: string | undefined): string | undefined {
  if (position === undefined || sql === undefined) return undefined;
  const before = [...sql]
    .slice(0, Number(position) - 1)
    .join('')
    .split('\n');
  const line = sql.split('\n')[before.length - 1];
  if (line === undefined) return undefined;
  const column = before.at(-1)?.length ?? 0;
  const start = Math.max(0, column - 60);
  const label = `LINE ${before.length}: `;
  return `${label}${line.slice(start, start + 120)}\n${' '.repeat(label.length + column - start)}^`;
}

function isServerError(error: unknown): error is ServerError {
  return (
    error instanceof Error &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code)
  );
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}

/** Several addresses of one host give an error without a message of its own. */
function messageOf(error: Error): string {
  if (error.message !== '') return error.message;
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : String(codeOf(error));
}
