import type { Effects } from '../effects.ts';
import { DuckDbEngine } from './duckdb/duckdb-engine.ts';
import type { Engine, EngineName } from './engine.ts';
import { PostgresEngine, type PostgresEngineOptions } from './postgres/postgres-engine.ts';

/** Settings that engines understand. */
export interface EngineSettings extends PostgresEngineOptions {
  readonly engine: EngineName;
}

/** The engine that the settings name. Nothing is opened or written before it is used. */
export function openEngine(settings: EngineSettings, env: Effects['env']): Engine {
  switch (settings.engine) {
    case 'duckdb':
      return new DuckDbEngine(settings);
    case 'postgres':
      return new PostgresEngine(settings, env);
  }
}

/**
 * Removes everything that an engine with these settings keeps outside the data folder, published data too. Returns what
 * is gone, in words.
 */
export async function dropOutsideData(settings: EngineSettings, env: Effects['env']): Promise<string[]> {
  if (settings.engine === 'duckdb') return [];
  const { dropPipeline } = await import('./postgres/drop-pipeline.ts');
  return (await dropPipeline(settings, env)).map((schema) => `schema ${schema}`);
}
