import { join } from 'node:path';
import { openMetadataReadOnly } from '../../metadata/store.ts';
import { type Finding, ok, problem, problemOf } from './finding.ts';
import type { Site } from './site.ts';

const CHECK = 'campaign ledger';

const REMEDY = [
  'restore metadata.db from a backup that was made after the last launch',
  'without one, do not trust what is measured of this launch and those after it',
];

/** Whether the campaign ledger is what was recorded: all hashes are computed anew. */
export function checkLedger({ config }: Site): Finding[] {
  try {
    const history = openMetadataReadOnly(join(config.dataDir, 'metadata.db'));
    if (history === undefined) return [ok(CHECK, 'there is none yet')];
    try {
      const launches = history.launches().length;
      const faults = history.verifyCampaigns();
      if (faults.length > 0) return faults.map(({ message }) => problem(CHECK, message, REMEDY));
      return [ok(CHECK, `${launches} ${launches === 1 ? 'launch' : 'launches'}, the chain of hashes is intact`)];
    } finally {
      history.close();
    }
  } catch (error) {
    // A history that cannot be opened is the finding of another check.
    const { message } = problemOf(CHECK, error);
    return [problem(CHECK, `it cannot be read: ${message}`, ['see the run history above'])];
  }
}
