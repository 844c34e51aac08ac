import { rm } from 'node:fs/promises';
import type { QueryOptions, Reader } from '../engine.ts';
import type { ResultSet } from '../result-set.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { quotedString } from './quote.ts';

/** Published layers behind a locked, read-only instance. */
export class DuckDbReader implements Reader {
  readonly snapshotId: string;
  readonly #pool: ConnectionPool;
  readonly #tempDir: string;
  readonly #runUnlocked: (sql: string) => Promise<void>;
  #closed = false;

  constructor(snapshotId: string, pool: ConnectionPool, tempDir: string, runUnlocked: (sql: string) => Promise<void>) {
    this.snapshotId = snapshotId;
    this.#pool = pool;
    this.#tempDir = tempDir;
    this.#runUnlocked = runUnlocked;
  }

  query(sql: string, options?: QueryOptions): Promise<ResultSet> {
    return this.#pool.use(async (connection) => {
      await connection.assertReads(sql);
      return connection.query(sql, options);
    });
  }

  async *stream(sql: string, options?: QueryOptions): AsyncIterable<ResultSet> {
    const connection = await this.#pool.take();
    try {
      await connection.assertReads(sql);
      yield* connection.stream(sql, options);
    } finally {
      this.#pool.giveBack(connection);
    }
  }

  /** The locked instance may not write files, so a second one does, for SQL that we wrote ourselves. */
  async writeParquet(sql: string, path: string): Promise<void> {
    await this.#runUnlocked(`copy (${sql}) to ${quotedString(path)} (format parquet, compression zstd)`);
  }

  /** The client drops a byte order mark at the beginning of a text, one of two. */
  exactText(column: string): string {
    return `case when starts_with(${column}, chr(65279)) then chr(65279) || ${column} else ${column} end`;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.close();
    await rm(this.#tempDir, { recursive: true, force: true }).catch(() => undefined); // The next run tries again.
  }
}
