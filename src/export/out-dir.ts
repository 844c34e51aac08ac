import { access, constants, mkdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { explained, isAbsent, isSystemError } from '../engines/system-error.ts';
import { RunError, UsageError } from '../errors.ts';

/** The name of the file that says what an export has written. */
export const MANIFEST_FILE = 'manifest.json';

/**
 * Makes the folder of an export, if need be, and sees to it that files may be written there before any work is done.
 * @throws UsageError for a folder that holds something else which an export would damage.
 * @throws RunError for one that cannot be written.
 */
export async function prepareOutDir(
  outDir: string,
  { dataDir, manifestFile }: { readonly dataDir: string; readonly manifestFile: string },
): Promise<void> {
  try {
    await mkdir(outDir, { recursive: true, mode: 0o700 });
    await access(outDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new RunError(`${outDir} cannot be written: ${error.message}`, {
      cause: error,
      remedy: 'make the folder writable for you, or choose another one with --out',
    });
  }
  const snapshots = await realpath(join(dataDir, 'snapshots')).catch(() => join(dataDir, 'snapshots'));
  if (isInside(await realpath(outDir), snapshots)) {
    throw new UsageError(`${outDir} holds the published data itself`, { remedy: 'choose another folder with --out' });
  }
  await refuseForeignManifest(join(outDir, manifestFile));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !way.includes(':'));
}

/** A web site's manifest.json, for example, is not ours to replace. */
async function refuseForeignManifest(path: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return;
    throw explained(error, path);
  }
  if (isOurs(text)) return;
  throw new UsageError(`${path} is not the manifest of an export`, {
    remedy: 'an export would replace it: choose another folder with --out, or move the file away',
  });
}

function isOurs(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'snapshotId' in parsed && 'files' in parsed;
  } catch {
    return false;
  }
}
