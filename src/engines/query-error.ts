import { RunError } from '../errors.ts';

const OUT_OF_MEMORY = 'give the engine more memory (memoryLimit), or fewer threads, or set maxConcurrentModels to 1';

/** A statement that the engine refused. `sql` holds its text; the message is the engine's own first paragraph. */
export class QueryError extends RunError {
  readonly sql: string;

  /** `told`: what to say instead of the engine's own words. */
  constructor(cause: unknown, sql: string, told: { message?: string; remedy?: readonly string[] } = {}) {
    const message = told.message ?? (cause instanceof Error ? cause.message : String(cause));
    super(message.trim(), { cause, remedy: told.remedy ?? (/out of memory/i.test(message) ? OUT_OF_MEMORY : []) });
    this.sql = sql;
  }
}
