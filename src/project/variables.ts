import type { SqlValue } from './sql-text.ts';

/** What `{{ var('x') }}` may name: every setting, with `asOf` as the run found it. */
export function modelVariables(config: Readonly<Record<string, SqlValue>>, asOf: string | null): Map<string, SqlValue> {
  return new Map<string, SqlValue>([...Object.entries(config), ['asOf', asOf]]);
}
