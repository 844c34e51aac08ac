import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RunError } from '../errors.ts';
import { SQLITE, sqliteErrorCode } from '../metadata/sqlite-error.ts';

/** Who holds the lock, for people: the lock itself is the operating system's. */
export interface LockInfo {
  readonly runId: string;
  readonly command: string;
  readonly pid: number;
  readonly host: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
}

export interface RunLock {
  /** The run that held the lock before and died without releasing it. */
  readonly stale?: LockInfo;
  /** Lets the next run begin. May be called twice. */
  release(): void;
}

/** Long enough for a reader that only looks (`lockHolder`) to be gone, short enough not to be felt. */
const LOCK_TIMEOUT_MS = 100;

/**
 * Takes the one lock of a data folder, for as long as the process lives or until `release`. Keep the returned object:
 * once it is garbage, so is the lock.
 *
 * The lock is an exclusive transaction on the empty SQLite file `pipeline.lock`. The operating system frees it when
 * the process dies, whatever kills it, and SQLite tells apart connections and threads of one process and sees through
 * links. Nobody may open or remove that file by other means: closing a descriptor of it frees the lock.
 * @throws RunError when another run holds it, or the folder cannot be written.
 */
export function acquireLock(dataDir: string, info: LockInfo): RunLock {
  prepareFolder(dataDir);
  const lockFile = join(dataDir, 'pipeline.lock');
  const infoFile = `${lockFile}.json`;
  const isNew = !existsSync(lockFile);
  const database = beginExclusive(lockFile, dataDir, info.host);
  try {
    if (isNew) chmodSync(lockFile, 0o600);
    const stale = readInfo(infoFile);
    writeInfo(infoFile, info);
    return { ...(stale === undefined ? {} : { stale }), release: () => release(database, infoFile) };
  } catch (error) {
    database.close();
    throw new RunError(`${infoFile} cannot be written: ${messageOf(error)}`, {
      remedy: WRITABLE_FOLDER,
      cause: error,
    });
  }
}

/** Whether a run is under way, and which one if it has said so. Takes no lock that would hold up a run. */
export function lockHolder(dataDir: string): { readonly held: boolean; readonly info?: LockInfo } {
  const lockFile = join(dataDir, 'pipeline.lock');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(lockFile, { readOnly: true, timeout: 0 });
    database.prepare('select count(*) from sqlite_schema').get();
    return { held: false };
  } catch (error) {
    const code = sqliteErrorCode(error);
    if (code === SQLITE.cannotOpen) return { held: false };
    if (code !== SQLITE.busy) throw error;
    const info = readInfo(`${lockFile}.json`);
    return { held: true, ...(info === undefined ? {} : { info }) };
  } finally {
    database?.close();
  }
}

const WRITABLE_FOLDER = 'make the folder writable for you, or choose another one with --data-dir';

function prepareFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new RunError(`data folder ${dataDir} cannot be written: ${messageOf(error)}`, {
      remedy: WRITABLE_FOLDER,
      cause: error,
    });
  }
}

function beginExclusive(lockFile: string, dataDir: string, host: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(lockFile, { timeout: LOCK_TIMEOUT_MS });
    database.exec('pragma journal_mode = memory'); // Nothing is ever written, so there is nothing to journal.
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database?.close();
    throw refusal(error, lockFile, dataDir, host);
  }
}

function refusal(error: unknown, lockFile: string, dataDir: string, host: string): unknown {
  const code = sqliteErrorCode(error);
  if (code === undefined) return error;
  if (code === SQLITE.busy) return underWay(readInfo(`${lockFile}.json`), dataDir, host, error);
  if (code === SQLITE.notADatabase || code === SQLITE.corrupt) {
    return new RunError(`${lockFile} is not the lock file of this program`, {
      remedy: 'remove it while no run is under way',
      cause: error,
    });
  }
  return new RunError(`${lockFile} cannot be locked: ${messageOf(error)}`, {
    remedy: 'make the file writable for you, or choose another folder with --data-dir',
    cause: error,
  });
}

function underWay(holder: LockInfo | undefined, dataDir: string, host: string, cause: unknown): RunError {
  if (holder === undefined) {
    return new RunError(`another run is under way in ${dataDir}`, { remedy: 'wait for it to finish', cause });
  }
  const { runId, pid, host: holderHost, startedAt } = holder;
  const stop = holderHost === host ? `kill ${pid}` : `kill ${pid} on ${holderHost}`;
  return new RunError(`another run is under way: run ${runId}, PID ${pid} on ${holderHost}, started ${startedAt}`, {
    remedy: `wait for it to finish, or stop it with: ${stop}`,
    cause,
  });
}

function release(database: DatabaseSync, infoFile: string): void {
  if (!database.isOpen) return;
  try {
    rmSync(infoFile, { force: true });
  } catch {
    // It only informs: a run that has succeeded does not fail because of it.
  } finally {
    database.close();
  }
}

function writeInfo(infoFile: string, info: LockInfo): void {
  const temporary = `${infoFile}.tmp`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, `${JSON.stringify(info)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, infoFile);
}

/** Undefined when there is no such file or it does not say who: it only informs. */
function readInfo(infoFile: string): LockInfo | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(infoFile, 'utf8'));
    return isLockInfo(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isLockInfo(value: unknown): value is LockInfo {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return (
    ['runId', 'command', 'host', 'startedAt'].every((name) => typeof fields.get(name) === 'string') &&
    Number.isInteger(fields.get('pid'))
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
