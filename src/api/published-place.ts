import type { Config } from '../config/schema.ts';

/** Where the published tables are, in words: the data folder, or the database with the prefix of its schemas. */
export function publishedPlace({ engine, dataDir, connection, schemaPrefix }: Config): string {
  if (engine === 'duckdb') return dataDir;
  const database = connection ?? 'the database that PGHOST and PGDATABASE name';
  return schemaPrefix === '' ? database : `${database} (schemas ${schemaPrefix}*)`;
}
