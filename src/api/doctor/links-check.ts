import { lstatSync, readlinkSync } from 'node:fs';
import { relative } from 'node:path';
import { SnapshotFolder } from '../../engines/duckdb/snapshot-folder.ts';
import { LAYERS } from '../../engines/layer.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { Site } from './site.ts';

const CHECK = 'links for other tools';

/** Whether `staging.duckdb` and so on point to the published files. */
export function checkLinks({ config, published }: Site): Finding[] {
  if (published === undefined) return [];
  const folder = new SnapshotFolder(config.dataDir);
  const again = [`publish it again: marketing-pipeline rollback --to ${published.snapshotId}`];
  const findings = LAYERS.flatMap((layer): Finding[] => {
    const link = folder.link(layer);
    const stats = lstatSync(link, { throwIfNoEntry: false });
    if (stats === undefined)
      return [warning(CHECK, `${link} is missing; where links are not possible that is so`, again)];
    if (!stats.isSymbolicLink()) return [warning(CHECK, `${link} is not a link of ours and is left alone`)];
    const expected = relative(folder.dataDir, folder.resolve(published.layers[layer].location));
    const target = readlinkSync(link);
    return target === expected ? [] : [problem(CHECK, `${link} points to ${target}, published is ${expected}`, again)];
  });
  return findings.length > 0 ? findings : [ok(CHECK, 'all three point to the published files')];
}
