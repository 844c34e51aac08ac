import { existsSync } from 'node:fs';
import type { Config } from '../../config/schema.ts';
import type { Engine, SnapshotManifest } from '../../engines/engine.ts';
import { publishedPlace } from '../published-place.ts';
import { type Finding, type FindingStatus, ok, problem, problemOf } from './finding.ts';
import { checkHistory } from './history-check.ts';
import { checkLayerFiles } from './layer-files-check.ts';
import { checkLedger } from './ledger-check.ts';
import { checkLeftovers } from './leftovers-check.ts';
import { checkLinks } from './links-check.ts';
import { checkLock } from './lock-check.ts';
import { checkPublishedLaunches } from './published-launches-check.ts';
import type { Site } from './site.ts';
import { checkTables } from './tables-check.ts';

export interface DoctorReport {
  readonly dataDir: string;
  readonly engine: string;
  /** The worst that was found. */
  readonly status: FindingStatus;
  readonly findings: readonly Finding[];
}

/** Looks at everything in a data folder, and changes nothing. Damage is a finding, not an error. */
export async function examine(config: Config, engine: Engine): Promise<DoctorReport> {
  const findings = existsSync(config.dataDir) ? await findingsOf(config, engine) : [missingFolder(config)];
  const status = findings.some((finding) => finding.status === 'problem')
    ? 'problem'
    : findings.some((finding) => finding.status === 'warning')
      ? 'warning'
      : 'ok';
  return { dataDir: config.dataDir, engine: engine.name, status, findings };
}

async function findingsOf(config: Config, engine: Engine): Promise<Finding[]> {
  const [publishedFinding, published] = await findPublished(config, engine);
  const site: Site = { config, engine, published };
  const layerFiles = engine.capabilities.layerFiles ? [...checkLayerFiles(site), ...checkLinks(site)] : [];
  return [
    publishedFinding,
    ...layerFiles,
    ...(await checkTables(site)),
    ...checkHistory(site),
    ...checkLedger(site),
    ...(await checkPublishedLaunches(site)),
    ...checkLock(site),
    ...(await checkLeftovers(site)),
  ];
}

async function findPublished(config: Config, engine: Engine): Promise<[Finding, SnapshotManifest | undefined]> {
  const check = 'published snapshot';
  try {
    const published = await engine.published();
    if (published === undefined)
      return [ok(check, `nothing has been published in ${publishedPlace(config)} yet`), undefined];
    const kept = (await engine.snapshots()).length;
    return [ok(check, `${published.snapshotId}, as of ${published.asOf}; ${kept} kept`), published];
  } catch (error) {
    return [problemOf(check, error), undefined];
  }
}

function missingFolder({ dataDir }: Config): Finding {
  return problem('data folder', `there is no folder ${dataDir}`, [
    'name another one with --data-dir',
    'or make it by a run: marketing-pipeline run FILE',
  ]);
}
