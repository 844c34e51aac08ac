import { join } from 'node:path';
import { toObjects } from '../../engines/result-set.ts';
import { openMetadataReadOnly } from '../../metadata/store.ts';
import { openPublished } from '../../run/open-published.ts';
import { type Finding, ok, problem, problemOf } from './finding.ts';
import type { Site } from './site.ts';

const CHECK = 'launches in the published data';
const TABLE = 'business.campaign_assignments';

const SQL = `
  select launch_id, count(*) filter (where campaign_group = 'target') as targets,
    count(*) filter (where campaign_group = 'control') as controls
  from ${TABLE} group by launch_id order by launch_id`;

/**
 * Whether every launch that a run has loaded from the ledger is still in it: the published tables are a copy that lies elsewhere, so
 * that a launch shows that was removed with all its traces.
 */
export async function checkPublishedLaunches({ config, engine, published }: Site): Promise<Finding[]> {
  if (published?.rowCounts[TABLE] === undefined) return [];
  try {
    const opened = await openPublished(engine);
    if (opened === undefined) return [];
    const history = openMetadataReadOnly(join(config.dataDir, 'metadata.db'));
    try {
      const recorded = new Map((history?.launches() ?? []).map((launch) => [launch.launchId, launch]));
      const rows = toObjects(await opened.reader.query(SQL));
      const faults = rows.flatMap((row) => {
        const launchId = String(row.launch_id);
        const launch = recorded.get(launchId);
        if (launch === undefined) return [`launch ${launchId} is in the published tables, but no longer in the ledger`];
        const same = launch.targets === Number(row.targets) && launch.controls === Number(row.controls);
        return same ? [] : [`launch ${launchId} has other customers in the published tables than in the ledger`];
      });
      if (faults.length > 0) return faults.map((fault) => problem(CHECK, fault, ['restore metadata.db from a backup']));
      return [ok(CHECK, `all ${rows.length} are in the ledger`)];
    } finally {
      history?.close();
      await opened.reader.close();
    }
  } catch (error) {
    return [problemOf(CHECK, error)];
  }
}
