import type { Effects } from '../effects.ts';
import { findPostgresTables, type PostgresTableSettings } from './postgres/find-tables.ts';
import type { SourceTable } from './source-table.ts';

/**
 * The tables that orders are to be read from, each once, in the order given; on the server that the settings name,
 * whichever engine computes.
 * @throws UsageError or RunError for what is not there, is no table, or may not be read.
 */
export function findSourceTables(
  names: readonly string[],
  settings: PostgresTableSettings,
  env: Effects['env'],
): Promise<SourceTable[]> {
  return findPostgresTables(names, settings, env);
}
