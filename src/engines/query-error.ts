import { RunError } from '../errors.ts';

/** A statement that the engine refused. `sql` holds its text; the message is the engine's own first paragraph. */
export class QueryError extends RunError {
  readonly sql: string;

  constructor(cause: unknown, sql: string) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(message.trim(), { cause });
    this.sql = sql;
  }

  /** Whether the engine had not enough memory: more of it, or fewer threads, may help. */
  get isOutOfMemory(): boolean {
    return /out of memory/i.test(this.message);
  }
}
