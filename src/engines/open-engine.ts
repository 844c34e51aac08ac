import { DuckDbEngine } from './duckdb/duckdb-engine.ts';
import type { Engine } from './engine.ts';

/** Settings that engines understand. */
export interface EngineSettings {
  readonly engine: 'duckdb';
  readonly dataDir: string;
  readonly threads: number | null;
  readonly memoryLimit: string | null;
  readonly tempDir: string | null;
  readonly maxConcurrentModels: number;
}

/** The engine that the settings name. Nothing is opened or written before it is used. */
export function openEngine(settings: EngineSettings): Engine {
  switch (settings.engine) {
    case 'duckdb':
      return new DuckDbEngine(settings);
  }
}
