import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { PipelineError } from '../errors.ts';
import { Row } from './row.ts';
import { SQLITE, sqliteErrorCode } from './sqlite-error.ts';

/** What may be bound to a parameter. Undefined is stored as null, text as `storableText` leaves it. */
export type Values = Readonly<Record<string, string | number | null | undefined>>;

/** How long a write waits for another process that is writing. */
const BUSY_TIMEOUT_MS = 5_000;

/** One SQLite connection: bound parameters only, statements prepared once, errors that name the file. */
export class Connection {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #inTransaction = false;

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.path = path;
  }

  /** Runs a statement with named parameters (`:name`) and returns the number of rows it changed. */
  execute(sql: string, values: Values = {}): number {
    return this.#guard(() => Number(this.#prepare(sql).run(bindable(values)).changes));
  }

  all(sql: string, values: Values = {}): Row[] {
    return this.#guard(() => this.#prepare(sql).all(bindable(values))).map((row) => new Row(row));
  }

  first(sql: string, values: Values = {}): Row | undefined {
    const row = this.#guard(() => this.#prepare(sql).get(bindable(values)));
    return row === undefined ? undefined : new Row(row);
  }

  /** Row by row, so that memory does not grow with the result. */
  *iterate(sql: string, values: Values = {}): Generator<Row> {
    const rows = this.#guard(() => this.#database.prepare(sql).iterate(bindable(values)));
    while (true) {
      const next = this.#guard(() => rows.next());
      if (next.done === true) return;
      yield new Row(next.value);
    }
  }

  /** Several statements without parameters: for the schema only. */
  script(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  /** All writes of `work`, or none of them if it throws. Inside another transaction it joins that one. */
  transaction<Result>(work: () => Result): Result {
    if (this.#inTransaction) return work();
    this.script('begin immediate');
    this.#inTransaction = true;
    try {
      const result = work();
      this.script('commit');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('rollback');
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  /** Moves the write-ahead log into the file as far as readers allow; never waits for them. */
  checkpoint(): void {
    if (this.#database.isOpen) this.script('pragma wal_checkpoint(passive)');
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw explained(error, this.path);
    }
  }
}

/** Opens the file for writing, made with mode 0600 if it is not there; its folder with 0700. */
export function openWritable(path: string): Connection {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
    else create(path);
  } catch (error) {
    throw new PipelineError(`${path} cannot be written: ${messageOf(error)}`, {
      remedy: 'make the data folder writable, or choose another one with --data-dir',
      cause: error,
    });
  }
  return opened(path, path, false, [
    'pragma journal_mode = wal',
    'pragma synchronous = normal',
    'pragma user_version', // The first read tells a damaged or foreign file.
  ]);
}

/**
 * Opens an existing file for reading. A write-ahead log needs a writable folder even to read; where there is none
 * (archived or mounted read-only) and no log is left over, the file is opened as immutable.
 */
export function openReadable(path: string): Connection {
  try {
    return opened(path, path, true, ['pragma user_version']);
  } catch (error) {
    const code = error instanceof PipelineError ? sqliteErrorCode(error.cause) : undefined;
    const pendingBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if ((code !== SQLITE.cannotOpen && code !== SQLITE.readOnly) || pendingBytes > 0) throw error;
    const url = pathToFileURL(path);
    url.searchParams.set('immutable', '1');
    return opened(url, path, true, ['pragma user_version']);
  }
}

/**
 * An existing file is left closed: closing any descriptor of it would drop the POSIX locks that another SQLite
 * connection of this process holds on it.
 */
function create(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

function opened(location: string | URL, path: string, readOnly: boolean, pragmas: readonly string[]): Connection {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(location, { readOnly, timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    for (const pragma of pragmas) database.prepare(pragma).get();
    return new Connection(database, path);
  } catch (error) {
    database?.close();
    throw explained(error, path);
  }
}

/**
 * Text as SQLite and every tool that opens the file can hold it: a NUL (at which many tools stop reading) is shown
 * as U+2400, half a surrogate pair as U+FFFD.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u2400');
}

function bindable(values: Values): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? storableText(value) : (value ?? null),
    ]),
  );
}

const STARTS_ANEW =
  'restore it from a backup, for it holds the campaign ledger, or move it away: the next run begins a new history and an empty ledger; published data is not affected';
const EXPLANATIONS: ReadonlyMap<number, readonly [cause: string, remedy: string]> = new Map([
  [SQLITE.busy, ['is locked by another program', 'close the program that is writing to it and try again']],
  [SQLITE.readOnly, ['cannot be written', 'make the file and its folder writable, or choose another --data-dir']],
  [SQLITE.ioError, ['cannot be read or written', 'check the disk']],
  [SQLITE.corrupt, ['is damaged', STARTS_ANEW]],
  [SQLITE.full, ['cannot grow: the disk is full', 'free some space and try again']],
  [SQLITE.cannotOpen, ['cannot be opened', 'check that it is a file and that you may read and write it']],
  [SQLITE.notADatabase, ['is not an SQLite database', STARTS_ANEW]],
]);

/** The user's view of what SQLite refused because of the file; an error of our own SQL stays as it is. */
function explained(error: unknown, path: string): unknown {
  const explanation = EXPLANATIONS.get(sqliteErrorCode(error) ?? -1);
  if (explanation === undefined) return error;
  const [cause, remedy] = explanation;
  return new PipelineError(`${path} ${cause} (${messageOf(error)})`, { remedy, cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
