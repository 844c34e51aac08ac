import { join } from 'node:path';
import { openMetadataReadOnly } from '../../metadata/store.ts';
import { type Finding, ok, problem, problemOf } from './finding.ts';
import type { Site } from './site.ts';

const CHECK = 'run history';

/** Whether the run history opens, has the schema of this version, and is sound by SQLite's own check. */
export function checkHistory({ config, published }: Site): Finding[] {
  const path = join(config.dataDir, 'metadata.db');
  try {
    const history = openMetadataReadOnly(path);
    if (history === undefined) {
      if (published === undefined) return [ok(CHECK, 'there is none yet')];
      const lost = `${path} is missing, though data is published: the runs and the campaign ledger are lost`;
      return [
        problem(CHECK, lost, ['restore it from a backup', 'or run again: a new history begins, with an empty ledger']),
      ];
    }
    try {
      const damages = history.damages();
      if (damages.length > 0)
        return [problem(CHECK, `${path} is damaged: ${damages[0]}`, ['restore it from a backup'])];
      return [ok(CHECK, `${path} opens, is sound and has the schema of this version`)];
    } finally {
      history.close();
    }
  } catch (error) {
    return [problemOf(CHECK, error)];
  }
}
