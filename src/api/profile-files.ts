import type { Config } from '../config/schema.ts';
import { type SourceInput, withSourcePath } from '../ingest/copied-table.ts';
import { profileSource, type SourceProfile } from '../ingest/profile-source.ts';
import { readingOptions } from '../ingest/reading-options.ts';
import { withTempFolder } from './temp-folder.ts';

/**
 * The profiles of files and tables, one after the other. What has to be unpacked or copied goes to a private folder and is
 * gone at the end.
 */
export async function profileFiles(
  inputs: readonly SourceInput[],
  config: Config,
  signal: AbortSignal | undefined,
): Promise<SourceProfile[]> {
  return withTempFolder(config, 'profile', async (tempDir) => {
    const { maxRecordBytes } = config;
    const cancel = signal === undefined ? {} : { signal };
    const options = { ...readingOptions(config), tempDir, maxRecordBytes, ...cancel };
    const profiles: SourceProfile[] = [];
    for (const input of inputs) profiles.push(await withSourcePath(input, options, profileSource));
    return profiles;
  });
}
