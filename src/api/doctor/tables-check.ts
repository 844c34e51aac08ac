import { singleNumber } from '../../engines/result-set.ts';
import { openPublished } from '../../run/open-published.ts';
import { type Finding, ok, problem, problemOf } from './finding.ts';
import type { Site } from './site.ts';

const CHECK = 'published tables';

const REMEDY = ['go back to an earlier snapshot: marketing-pipeline rollback', 'or run the pipeline again'];

/** Whether every published table can be read and has the rows that its run has counted. */
export async function checkTables({ engine, published }: Site): Promise<Finding[]> {
  if (published === undefined) return [];
  try {
    const opened = await openPublished(engine);
    if (opened === undefined) return [];
    const { manifest, reader } = opened;
    try {
      const faults: string[] = [];
      for (const [table, rows] of Object.entries(manifest.rowCounts)) {
        const found = singleNumber(await reader.query(`select count(*) from ${table}`));
        if (found !== rows) faults.push(`${table} has ${found} rows, its run has counted ${rows}`);
      }
      if (faults.length > 0) return faults.map((fault) => problem(CHECK, fault, REMEDY));
      return [ok(CHECK, `all ${Object.keys(manifest.rowCounts).length} can be read and have their rows`)];
    } finally {
      await reader.close();
    }
  } catch (error) {
    const { message, remedy } = problemOf(CHECK, error);
    return [problem(CHECK, message, remedy.length === 0 ? REMEDY : remedy)];
  }
}
