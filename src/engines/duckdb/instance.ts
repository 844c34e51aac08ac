import { DuckDBInstance } from '@duckdb/node-api';
import { RunError } from '../../errors.ts';
import { Connection } from './connection.ts';
import { quotedString } from './quote.ts';
import { type DuckDbSettings, instanceOptions } from './settings.ts';

export interface AttachedFile {
  /** The name it gets in SQL. */
  readonly name: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** DuckDB would take the time zone from the environment; set for all connections, present and future. */
const GLOBAL_STATEMENTS = `
  set global TimeZone = 'UTC';
  set global Calendar = 'gregorian';
`;

/** Lets a connection count how far its statement is, without drawing anything. */
export const PROGRESS_STATEMENTS = 'set enable_progress_bar = true; set enable_progress_bar_print = false;';

/** Closes an instance against files, extensions and changes of these settings. What is attached stays readable. */
export const LOCKDOWN_STATEMENTS = 'set enable_external_access = false; set lock_configuration = true;';

/**
 * One in-memory DuckDB with layer files attached under names of ours, and its first connection.
 * @throws RunError naming a file that cannot be opened as a database.
 */
export async function openInstance(
  settings: DuckDbSettings,
  tempDir: string,
  files: readonly AttachedFile[],
): Promise<{ instance: DuckDBInstance; connection: Connection }> {
  const instance = await DuckDBInstance.create(':memory:', instanceOptions(settings, tempDir));
  try {
    const connection = await Connection.open(instance);
    await connection.execute(GLOBAL_STATEMENTS);
    for (const file of files) await attach(connection, file);
    return { instance, connection };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** The type is said, or DuckDB would look for an extension when the file is, say, an SQLite database. */
async function attach(connection: Connection, { name, path, readOnly }: AttachedFile): Promise<void> {
  try {
    await connection.execute(
      `attach ${quotedString(path)} as ${name} (type duckdb, ${readOnly ? 'read_only' : 'read_write'})`,
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (!readOnly) throw new RunError(`${path} cannot be made: ${reason}`, { cause });
    throw new RunError(`${path} cannot be opened: ${reason}`, {
      cause,
      remedy: [
        'go back to an earlier snapshot: marketing-pipeline rollback',
        'or run the pipeline again with the original files',
      ],
    });
  }
}
