import type { Reader } from '../../engines/engine.ts';
import { QueryError } from '../../engines/query-error.ts';
import type { ResultSet } from '../../engines/result-set.ts';
import { RunError } from '../../errors.ts';

/** Asks published tables that a snapshot of an earlier release may not have. */
export async function readObjects(reader: Reader, sql: string): Promise<ResultSet> {
  try {
    return await reader.query(sql);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new RunError('the published data has no segment tables as this release makes them', {
      cause: error,
      remedy: 'build them: marketing-pipeline run --skip-layers staging warehouse',
    });
  }
}
