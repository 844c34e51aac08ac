import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Effects } from '../effects.ts';
import { isAbsent, isSystemError } from '../engines/system-error.ts';
import { RunError, UsageError } from '../errors.ts';

/** Within the first bytes of every report but a PDF. */
const NAME = 'marketing-pipeline';
const HEAD_BYTES = 1_024;

/**
 * Writes a report whole or not at all; it belongs to its user alone. A report that is there is replaced.
 * @throws UsageError for a file that is no report, RunError for what cannot be written.
 */
export async function saveReport(
  path: string,
  content: Buffer,
  { randomBytes }: Pick<Effects, 'randomBytes'>,
): Promise<void> {
  const name = `.unfinished-report-${Buffer.from(randomBytes(6)).toString('hex')}`;
  const unfinished = join(dirname(path), name);
  try {
    await refuseForeign(path);
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (!isSystemError(error)) throw error;
    const reason = isAbsent(error) ? `there is no folder ${dirname(path)}` : error.message.replace(unfinished, path);
    throw new RunError(`${path} cannot be written: ${reason}`, {
      cause: error,
      remedy: 'name another file with --output; what was there before is untouched',
    });
  }
}

/** What is there and is no report is not ours to replace: the orders themselves, a folder, a device. */
async function refuseForeign(path: string): Promise<void> {
  let file: FileHandle;
  try {
    if (!(await stat(path)).isFile()) {
      throw new UsageError(`${path} is not a file that can be replaced`, {
        remedy: 'name another file with --output, or - for the standard output',
      });
    }
    file = await open(path, 'r');
  } catch (error) {
    if (isAbsent(error)) return;
    throw error;
  }
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead).toString('latin1');
    if (bytesRead === 0 || head.startsWith('%PDF-') || head.includes(NAME)) return;
  } finally {
    await file.close();
  }
  throw new UsageError(`${path} is there and is not a report`, {
    remedy: 'name another file with --output, or move it away',
  });
}
