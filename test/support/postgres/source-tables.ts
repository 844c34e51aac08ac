import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { systemEffects } from '../../../src/effects.ts';
import type { EngineName } from '../../../src/engines/engine.ts';
import { findSourceTables } from '../../../src/engines/find-source-tables.ts';
import type { SourceTable } from '../../../src/engines/source-table.ts';
import type { ConfigSpec } from '../../../src/index.ts';
import { DATABASE_VARIABLE } from '../engines.ts';
import { openShop, type Shop } from '../run-shop.ts';

/** The database of this worker: tables are put there to be read, and are gone at the end of the test file. */
export function databaseUrl(role?: string): string {
  const url = new URL(process.env[DATABASE_VARIABLE] ?? '');
  if (role !== undefined) url.username = role;
  return url.href;
}

/** Runs statements there; returns the rows of the last one. */
export async function sql(text: string, url = databaseUrl()): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const answers = [await client.query(text)].flat();
    return answers.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}

/** A shop whose tables to read are in that database, whichever engine computes. */
export function openSourceShop(engine: EngineName, settings: ConfigSpec = {}): Promise<Shop> {
  return openShop(engine === 'duckdb' ? { engine, connection: databaseUrl(), ...settings } : settings);
}

/** One table, as a run would find it. */
export async function findTable(name: string, connection = databaseUrl()): Promise<SourceTable> {
  const settings = { connection, passwordFile: null, schemaPrefix: '', statementTimeoutSeconds: null };
  const [table] = await findSourceTables([name], settings, { ...systemEffects().env });
  if (table === undefined) throw new Error(`${name} was not found`);
  return table;
}

/** What is left in the folder for temporary files of a shop. */
export async function temporaryFiles(shop: Pick<Shop, 'folder'>): Promise<string[]> {
  return readdir(join(shop.folder, 'data', 'tmp'), { recursive: true }).catch(() => []);
}
