import { existsSync, statSync } from 'node:fs';
import { SnapshotFolder } from '../../engines/duckdb/snapshot-folder.ts';
import { LAYERS } from '../../engines/layer.ts';
import { type Finding, ok, problem } from './finding.ts';
import type { Site } from './site.ts';

const CHECK = 'files of the published snapshot';

/** Whether the files of the layers are there, none beside them that would be read into them, and nobody else may read them. */
export function checkLayerFiles({ config, published }: Site): Finding[] {
  if (published === undefined) return [];
  const folder = new SnapshotFolder(config.dataDir);
  const findings = LAYERS.flatMap((layer): Finding[] => {
    const path = folder.resolve(published.layers[layer].location);
    if (!existsSync(path)) {
      return [problem(CHECK, `${path} is missing`, ['go back to an earlier snapshot: marketing-pipeline rollback'])];
    }
    const faults: Finding[] = [];
    if (existsSync(`${path}.wal`)) {
      const message = `${path}.wal lies beside a published file: another program has written to it`;
      faults.push(problem(CHECK, message, ['run the pipeline again, and open published files read-only']));
    }
    if ((statSync(path).mode & 0o077) !== 0) {
      faults.push(problem(CHECK, `others may read ${path}`, [`chmod 600 ${path}`]));
    }
    return faults;
  });
  return findings.length > 0 ? findings : [ok(CHECK, 'all there, and yours alone')];
}
