import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explained } from '../system-error.ts';

/** Makes a file's content survive a power cut. */
export async function syncFile(path: string): Promise<void> {
  try {
    await withFile(path, constants.O_RDONLY, (handle) => handle.sync());
  } catch (error) {
    throw explained(error, path);
  }
}

/** Makes the names in a folder survive a power cut. Windows cannot sync folders and does not need to. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await syncFile(path);
}

/**
 * Replaces a file atomically: a reader sees the old content or the new one, also after a power cut.
 * @throws RunError naming the file; it is as it was, unless only the sync of its folder failed.
 */
export async function writeFileDurably(path: string, content: string, onWritten?: () => void): Promise<void> {
  const temporary = `${path}.new`;
  try {
    await withFile(temporary, 'w', async (handle) => {
      await handle.writeFile(content);
      await handle.sync();
    });
    onWritten?.();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw explained(error, path);
  }
  await syncFolder(dirname(path));
}

async function withFile(path: string, flags: string | number, work: (handle: FileHandle) => Promise<void>) {
  const handle = await open(path, flags, 0o600);
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}
