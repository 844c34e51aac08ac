import { type DuckDBConnection, type DuckDBInstance, type DuckDBResult, StatementType } from '@duckdb/node-api';
import { CancelledError, UsageError } from '../../errors.ts';
import type { QueryOptions } from '../engine.ts';
import { QueryError } from '../query-error.ts';
import type { ResultSet } from '../result-set.ts';
import { bindable, columnsOf, toRows } from './values.ts';

/** Statements that only read; `show`, `describe` and `summarize` count as select. */
const READING: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.EXPLAIN,
  StatementType.PRAGMA,
  StatementType.CALL,
]);

/** One DuckDB connection that speaks our result sets and errors. Calls on it are serialised by DuckDB. */
export class Connection {
  readonly #raw: DuckDBConnection;
  readonly #underWay = new Set<Promise<unknown>>();

  private constructor(raw: DuckDBConnection) {
    this.#raw = raw;
  }

  static async open(instance: DuckDBInstance): Promise<Connection> {
    return new Connection(await instance.connect());
  }

  /** Runs one or more statements. */
  async execute(sql: string, options: QueryOptions = {}): Promise<void> {
    await this.#attempt(sql, options, () => this.#raw.run(sql));
  }

  /** @throws UsageError unless the text is one statement, and one that only reads. */
  async assertReads(sql: string): Promise<void> {
    const statements = await this.#attempt(sql, {}, () => this.#raw.extractStatements(sql));
    if (statements.count !== 1) {
      throw new UsageError(`${statements.count} statements where one is allowed`, { remedy: 'run them one by one' });
    }
    const statement = await this.#attempt(sql, {}, () => statements.prepare(0));
    const type = statement.statementType;
    statement.destroySync();
    if (!READING.has(type)) {
      throw new UsageError(`${StatementType[type]} is not a statement that reads`, {
        remedy: 'published data is read-only: write a select',
      });
    }
  }

  /** Runs one statement and reads all its rows. */
  async query(sql: string, options: QueryOptions = {}): Promise<ResultSet> {
    return this.#attempt(sql, options, async () => {
      const { values, types } = bindable(options.params);
      const reader = await this.#raw.runAndReadAll(sql, values, types);
      return { columns: columnsOf(reader), rows: toRows(reader.columnTypes(), reader.getRowsJson()) };
    });
  }

  /** Yields at least one result, so that the columns of an empty answer are known. */
  async *stream(sql: string, options: QueryOptions = {}): AsyncIterable<ResultSet> {
    const bound = bindable(options.params);
    const result = await this.#attempt<DuckDBResult>(sql, options, () =>
      this.#raw.stream(sql, bound.values, bound.types),
    );
    const columns = columnsOf(result);
    const types = result.columnTypes();
    yield { columns, rows: [] };
    const chunks = result.yieldRowsJson();
    while (true) {
      const next = await this.#attempt(sql, options, () => chunks.next());
      if (next.done) return;
      yield { columns, rows: toRows(types, next.value) };
    }
  }

  /** Share done (0-1) of the statement under way, or undefined when DuckDB does not know. */
  progress(): number | undefined {
    const { percentage } = this.#raw.progress;
    return percentage < 0 ? undefined : percentage / 100;
  }

  /** Interrupts and awaits what is under way: closing under a running statement would end the process. */
  async close(): Promise<void> {
    if (this.#underWay.size > 0) this.#raw.interrupt();
    await Promise.allSettled(this.#underWay);
    this.#raw.closeSync();
  }

  async #attempt<T>(sql: string, { signal }: QueryOptions, action: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw new CancelledError();
    const interrupt = () => this.#raw.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    const statement = action();
    this.#underWay.add(statement);
    try {
      return await statement;
    } catch (error) {
      if (signal?.aborted) throw new CancelledError();
      throw new QueryError(error, sql);
    } finally {
      this.#underWay.delete(statement);
      signal?.removeEventListener('abort', interrupt);
    }
  }
}
