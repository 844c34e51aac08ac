import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SnapshotFolder } from '../../engines/duckdb/snapshot-folder.ts';
import { lockHolder } from '../../run/lock.ts';
import { type Finding, ok, warning } from './finding.ts';
import type { Site } from './site.ts';

const CHECK = 'leftovers';

/** Folders for readers carry the number of their process. */
const READER = /^read-\d+-/;

/** Unfinished snapshots and temporary folders that no run uses: killed processes have left them. */
export async function checkLeftovers({ config, engine }: Site): Promise<Finding[]> {
  if (lockHolder(config.dataDir).held)
    return [ok(CHECK, 'not looked for: a run is under way and uses temporary folders')];
  const left: string[] = [];
  if (engine.capabilities.layerFiles) {
    const folder = new SnapshotFolder(config.dataDir);
    const unfinished = (await folder.list()).filter((snapshotId) => !existsSync(folder.manifest(snapshotId)));
    left.push(...unfinished.map((snapshotId) => folder.snapshot(snapshotId)));
  }
  const temporary = config.tempDir ?? join(config.dataDir, 'tmp');
  if (existsSync(temporary) && config.tempDir === null) {
    left.push(
      ...readdirSync(temporary)
        .filter((name) => !READER.test(name))
        .map((name) => join(temporary, name)),
    );
  }
  if (left.length === 0) return [ok(CHECK, 'none')];
  const which = `${left[0]}${left.length === 1 ? '' : ` and ${left.length - 1} more`}`;
  return [warning(CHECK, `left by a process that was killed: ${which}`, ['the next run removes them'])];
}
