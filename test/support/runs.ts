import { testEngine } from './engines.ts';

/**
 * How many examples a property is tried with: on PostgreSQL a tenth, because each takes longer there and all that comes
 * before the engine is the same code, which the tests on DuckDB have tried with all of them.
 */
export function runs(examples: number): number {
  return testEngine() === 'duckdb' ? examples : Math.max(2, Math.ceil(examples / 10));
}
