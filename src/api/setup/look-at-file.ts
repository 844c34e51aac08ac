import type { Config } from '../../config/schema.ts';
import { InputError } from '../../errors.ts';
import { profileSource, type SourceProfile } from '../../ingest/profile-source.ts';
import { readingOptions } from '../../ingest/reading-options.ts';
import type { ScanOptions } from '../../ingest/scan-options.ts';
import { SourceFile } from '../../ingest/source-file.ts';
import { withTempFolder } from '../temp-folder.ts';
import { needsColumns } from './column-questions.ts';
import { type FileColumn, readFileColumns } from './file-columns.ts';
import { type GuestFigures, guestFigures } from './guest-figures.ts';

/** What is known of a file under the settings so far. */
export interface FileLook {
  readonly name: string;
  readonly columns: readonly FileColumn[];
  /** Undefined where the columns are not understood yet. */
  readonly profile: SourceProfile | undefined;
  /** Where there are any, and nothing before them is in question. */
  readonly guests?: GuestFigures;
}

/**
 * Reads a file as a run would, and loads nothing. Columns that cannot be told from their names are no error here.
 * @throws InputError for a file that cannot be used as a whole.
 */
export function lookAtFile(path: string, config: Config, signal: AbortSignal | undefined): Promise<FileLook> {
  return withTempFolder(config, 'init', async (tempDir) => {
    const { maxRecordBytes } = config;
    const cancel = signal === undefined ? {} : { signal };
    const options: ScanOptions = { ...readingOptions(config), tempDir, maxRecordBytes, ...cancel };
    const file = await SourceFile.open(path);
    try {
      const { name } = file;
      let profile: SourceProfile;
      try {
        profile = await profileSource(path, options);
      } catch (error) {
        // A damaged file is told by the profile, with its place; here only the names of the columns are at issue.
        if (!(error instanceof InputError)) throw error;
        const columns = await readFileColumns(file, options).catch(() => []);
        if (!needsColumns(columns, options.map ?? {})) throw error;
        return { name, columns, profile: undefined };
      }
      const columns = await readFileColumns(file, options);
      const hasGuests = profile.questions.length === 0 && profile.problems.some(({ kind }) => kind === 'guest');
      const guests = hasGuests ? { guests: await guestFigures(file, options) } : {};
      return { name, columns, profile, ...guests };
    } finally {
      await file.close();
    }
  });
}
