import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, UsageError } from '../../errors.ts';
import { claimFolder, removeAbandoned } from '../claimed-folder.ts';
import { prepareOutDir } from '../out-dir.ts';
import { publishFiles } from '../publish-files.ts';
import { type ExportContext, UNFINISHED_PREFIX } from '../run-export.ts';
import { writeFailure } from '../write-failure.ts';
import type { CampaignExportOptions, CampaignExportResult } from './campaign-export-types.ts';
import { type CampaignList, chooseLists } from './campaign-lists.ts';
import type { CampaignPlatform } from './platform.ts';
import { campaignPlatform } from './platforms.ts';
import { findSamePersons } from './same-person.ts';
import { type WrittenList, writeList } from './write-list.ts';

const LAUNCH = 'record who gets them with marketing-pipeline campaigns launch: only what was launched can be measured';

/**
 * Writes the lists of the published campaigns for one platform: a file for each campaign and group. They are written apart
 * and moved into the folder when all are complete; a failure leaves what was there. Lists of the last export that are no
 * longer there are removed, so that nobody uploads an old one.
 */
export async function runCampaignExport(
  request: CampaignExportOptions,
  context: Omit<ExportContext, 'models' | 'capabilities'>,
): Promise<CampaignExportResult> {
  const { types = [], exact = false, signal } = request;
  const { reader, manifest, outDir, dataDir, effects } = context;
  const start = effects.monotonicMs();
  const platform = campaignPlatform(request.platform);
  const options = signal === undefined ? {} : { signal };
  const rowCount = manifest.rowCounts['business.campaign_targets'];
  const lists = await chooseLists(reader, { platform, types, rowCount, options });
  const persons = await findSamePersons(reader, platform, options);
  const manifestFile = `campaigns-${platform.name}.json`;
  await prepareOutDir(outDir, { dataDir, manifestFile });
  await removeAbandoned(outDir, { prefix: UNFINISHED_PREFIX, effects });
  const folder = claimFolder(outDir, { prefix: UNFINISHED_PREFIX, command: 'export', effects });
  const written: WrittenList[] = [];
  try {
    for (const list of lists) {
      written.push(await writeList(list, { folder: folder.path, platform, exact, reader, persons, options }));
      if (signal?.aborted) throw new CancelledError();
    }
    const files = written.map(({ file }) => file).filter(({ rows }) => rows > 0);
    const leftOut = written.flatMap((list) => list.leftOut);
    if (!files.some(({ group }) => group === 'target')) throw nobodyLeft(platform, lists);
    const { snapshotId, asOf } = manifest;
    const content = { platform: platform.name, snapshotId, asOf, files, leftOut };
    const earlier = await earlierFiles(join(outDir, manifestFile), platform.name);
    await publishFiles(content, { folder: folder.path, outDir, manifestFile });
    for (const name of earlier) {
      if (!files.some((file) => file.name === name)) await rm(join(outDir, name), { force: true });
    }
    const durationSeconds = (effects.monotonicMs() - start) / 1000;
    return { ...content, outDir, nextSteps: [platform.nextStep, LAUNCH], durationSeconds };
  } catch (error) {
    const rows = written.reduce((sum, { file }) => sum + file.rows, 0);
    const totalRows = lists.reduce((sum, { customers }) => sum + customers, 0);
    throw await writeFailure(error, { folder: folder.path, outDir, rows, totalRows });
  } finally {
    await folder.remove();
  }
}

/** Why there is no target to hand over, and what to do about it. */
export function nobodyLeft(
  platform: CampaignPlatform,
  lists: readonly Pick<CampaignList, 'group' | 'customers'>[],
): UsageError {
  const targets = lists.filter(({ group }) => group === 'target').reduce((sum, { customers }) => sum + customers, 0);
  if (targets === 0) {
    return new UsageError('there is nothing to export: all customers of these campaigns are in the control group', {
      remedy: 'a smaller controlShare leaves targets',
    });
  }
  return new UsageError(
    `${platform.title} finds none of the ${targets} targets: no customer id is an e-mail address that can be used`,
    { remedy: platform.withoutIds },
  );
}

/** The files that the last export for this platform wrote here; only names that such an export gives. */
async function earlierFiles(path: string, platform: string): Promise<string[]> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('files' in parsed) || !Array.isArray(parsed.files))
      return [];
    const ours = new RegExp(`^${platform}-[a-z0-9-]+\\.csv$`);
    return parsed.files.flatMap((file: { readonly name?: unknown } | null) =>
      typeof file?.name === 'string' && ours.test(file.name) ? [file.name] : [],
    );
  } catch {
    return [];
  }
}
