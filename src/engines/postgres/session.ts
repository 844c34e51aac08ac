import { Socket } from 'node:net';
import type { Client, QueryArrayResult } from 'pg';
import { CancelledError } from '../../errors.ts';
import type { QueryOptions } from '../engine.ts';
import { quotedString } from '../quote.ts';
import type { ResultSet, Row, Value } from '../result-set.ts';
import { loadCursor } from './driver.ts';
import { explainPostgres, isLostConnection } from './explain-error.ts';
import { openClient } from './open-client.ts';
import type { Server } from './server.ts';
import { columnsOf, VALUE_TYPES } from './values.ts';
import { endsWithin } from './within.ts';

/** Rows that travel at once when a result is streamed. */
const ROWS_AT_ONCE = 2_000;

/** How long the server has to end a statement that is cancelled; then the connection is given up. */
const CANCEL_MS = 5_000;

/** How long the server has to say goodbye. */
const CLOSE_MS = 2_000;

export interface SessionOptions {
  /** Shown by the server to whoever looks who is connected; at most 63 bytes. */
  readonly applicationName: string;
  readonly statementTimeoutSeconds: number | null;
  /** Run once, when the session is open. */
  readonly onConnect?: string | undefined;
  /** Whether orders are only read from the server: then it need not be able to hold what we store. */
  readonly isForReading?: boolean;
}

/** Statements without a result to read; several may be sent at once. */
export interface Command {
  readonly rowCount: number;
}

/** One connection to a server, which speaks our result sets and errors and serves one statement at a time. */
export class Session {
  readonly #client: Client;
  readonly #server: Server;
  readonly #options: SessionOptions;
  /** What ended the connection, once it has ended. */
  #lost: unknown;
  #closed = false;

  private constructor(client: Client, server: Server, options: SessionOptions) {
    this.#client = client;
    this.#server = server;
    this.#options = options;
    // Without a listener, a connection that the server ends while idle would end the process.
    client.on('error', (error) => {
      this.#lost ??= error;
    });
  }

  /** @throws PipelineError that says why there is no connection. */
  static async open(server: Server, options: SessionOptions): Promise<Session> {
    const { onConnect, ...clientOptions } = options;
    const session = new Session(await openClient(server, clientOptions), server, options);
    try {
      if (onConnect !== undefined) await session.execute(onConnect);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** @throws RunError that says what ended the connection, once it has ended. */
  assertOpen(): void {
    if (this.#lost !== undefined) throw explainPostgres(this.#lost, this.#server);
  }

  /** Runs one or more statements; says how many rows the last one has made or changed. */
  async execute(sql: string, options: QueryOptions = {}): Promise<Command> {
    const answer: unknown = await this.#attempt(sql, options, () => this.#client.query(sql));
    const results = (Array.isArray(answer) ? answer : [answer]) as readonly { rowCount: number | null }[];
    return { rowCount: results.at(-1)?.rowCount ?? 0 };
  }

  /** Runs one statement and reads all its rows. */
  async query(sql: string, options: QueryOptions = {}): Promise<ResultSet> {
    const config = { text: sql, values: [...(options.params ?? [])], rowMode: 'array' as const, types: VALUE_TYPES };
    // The extended protocol takes one statement and no more.
    const extended = { ...config, queryMode: 'extended' };
    const result: QueryArrayResult<Value[]> = await this.#attempt(sql, options, () => this.#client.query(extended));
    return { columns: columnsOf(result.fields), rows: result.rows };
  }

  /** Yields at least one result, so that the columns of an empty answer are known. */
  async *stream(sql: string, options: QueryOptions = {}): AsyncIterable<ResultSet> {
    const Cursor = await loadCursor();
    const cursor = this.#client.query(
      new Cursor<Row>(sql, [...(options.params ?? [])], { rowMode: 'array', types: VALUE_TYPES }),
    );
    let isFirst = true;
    try {
      while (true) {
        const result = await this.#attempt(sql, options, () => readCursor(cursor));
        if (result.rows.length === 0 && !isFirst) return;
        isFirst = false;
        yield result;
        if (result.rows.length < ROWS_AT_ONCE) return;
      }
    } finally {
      // A connection that is lost, or silent, answers nothing more.
      if (!this.isLost && !(await endsWithin(CANCEL_MS, cursor.close()))) this.#abandon();
    }
  }

  /** The connection itself, for what only the driver can do. The statement names what is done, for errors. */
  async withClient<T>(sql: string, options: QueryOptions, action: (client: Client) => Promise<T>): Promise<T> {
    return this.#attempt(sql, options, () => action(this.#client));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (!(await endsWithin(CLOSE_MS, this.#client.end()))) this.#abandon();
  }

  async #attempt<T>(sql: string, { signal }: QueryOptions, action: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw new CancelledError();
    if (this.#lost !== undefined) throw explainPostgres(this.#lost, this.#server, sql);
    const ended = Promise.withResolvers<void>();
    let cancelling: Promise<void> | undefined;
    const cancel = () => {
      cancelling = this.#cancel(ended.promise);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await action();
    } catch (error) {
      // The server says that it ends the connection before the connection ends.
      if (error instanceof Error && isLostConnection(error)) this.#lost ??= error;
      if (signal?.aborted) throw new CancelledError();
      throw explainPostgres(error, this.#server, sql);
    } finally {
      signal?.removeEventListener('abort', cancel);
      ended.resolve();
      // A request that arrived later would cancel the next statement.
      await cancelling;
    }
  }

  /** A statement is cancelled from another connection; where that does not end it, its own connection is given up. */
  async #cancel(statement: Promise<void>): Promise<void> {
    const request = this.#requestCancel();
    const isDelivered = (await endsWithin(CANCEL_MS, request)) && (await request);
    if (isDelivered && (await endsWithin(CANCEL_MS, statement))) return;
    this.#abandon();
  }

  async #requestCancel(): Promise<boolean> {
    try {
      const other = await openClient(this.#server, { ...this.#options });
      await other.query(`select pg_catalog.pg_cancel_backend(${Number(Reflect.get(this.#client, 'processID'))})`);
      await endsWithin(CLOSE_MS, other.end());
      return true;
    } catch {
      return false;
    }
  }

  /** Ends the connection without waiting for the server, which notices it by itself. */
  #abandon(): void {
    this.#lost ??= new Error('Connection terminated: the server did not answer in time');
    const connection: unknown = Reflect.get(this.#client, 'connection');
    const stream: unknown = typeof connection === 'object' && connection && Reflect.get(connection, 'stream');
    if (stream instanceof Socket) stream.destroy();
  }
}

interface ReadableCursor {
  read(
    rowCount: number,
    callback: (error: Error | undefined, rows: Row[], result: { fields: Parameters<typeof columnsOf>[0] }) => void,
  ): void;
}

function readCursor(cursor: ReadableCursor): Promise<ResultSet> {
  return new Promise((resolve, reject) => {
    cursor.read(ROWS_AT_ONCE, (error, rows, result) => {
      // The driver gives null where there is no error.
      if (error) reject(error);
      else resolve({ columns: columnsOf(result.fields), rows });
    });
  });
}

/** The text of a `set` statement's value. */
export function setting(name: string, value: string | number): string {
  return `set ${name} = ${typeof value === 'number' ? value : quotedString(value)};`;
}
