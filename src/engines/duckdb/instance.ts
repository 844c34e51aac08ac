import { mkdir } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
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
const GLOBAL_STATEMENTS = `set global TimeZone = 'UTC'; set global Calendar = 'gregorian';`;

/** Closes an instance against files, extensions and changes of these settings. What is attached stays readable. */
export const LOCKDOWN_STATEMENTS = 'set enable_external_access = false; set lock_configuration = true;';

/** One in-memory DuckDB with layer files attached under names of ours, and its first connection. */
export async function openInstance(
  settings: DuckDbSettings,
  tempDir: string,
  files: readonly AttachedFile[],
): Promise<{ instance: DuckDBInstance; connection: Connection }> {
  await mkdir(tempDir, { recursive: true, mode: 0o700 });
  const instance = await DuckDBInstance.create(':memory:', instanceOptions(settings, tempDir));
  try {
    const connection = await Connection.open(instance);
    await connection.execute(GLOBAL_STATEMENTS);
    for (const { name, path, readOnly } of files) {
      await connection.execute(`attach ${quotedString(path)} as ${name}${readOnly ? ' (read_only)' : ''}`);
    }
    return { instance, connection };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}
