import type { DuckDBInstance } from '@duckdb/node-api';
import { Connection } from './connection.ts';

/** Connections of one instance, made on demand: a connection serves one statement at a time. */
export class ConnectionPool {
  readonly #instance: DuckDBInstance;
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();

  readonly #onConnect: string | undefined;

  /** `onConnect` is run on every connection after the first. */
  constructor(instance: DuckDBInstance, first: Connection, onConnect?: string) {
    this.#instance = instance;
    this.#onConnect = onConnect;
    this.#all.add(first);
    this.#idle.push(first);
  }

  async use<T>(action: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.take();
    try {
      return await action(connection);
    } finally {
      this.giveBack(connection);
    }
  }

  async take(): Promise<Connection> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const connection = await Connection.open(this.#instance);
    this.#all.add(connection);
    if (this.#onConnect !== undefined) await connection.execute(this.#onConnect);
    return connection;
  }

  giveBack(connection: Connection): void {
    this.#idle.push(connection);
  }

  /** The largest share done among the statements under way. */
  progress(): number | undefined {
    const shares = [...this.#all].map((connection) => connection.progress()).filter((share) => share !== undefined);
    return shares.length === 0 ? undefined : Math.max(...shares);
  }

  async close(): Promise<void> {
    const connections = [...this.#all];
    this.#all.clear();
    this.#idle.length = 0;
    await Promise.all(connections.map((connection) => connection.close()));
    this.#instance.closeSync();
  }
}
