import { constants } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

async function sync(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a file's content survive a power cut. */
export const syncFile = sync;

/** Makes the names in a folder survive a power cut. Windows cannot sync folders and does not need to. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await sync(path);
}

/** Replaces a file atomically: a reader sees the old content or the new one, also after a power cut. */
export async function writeFileDurably(path: string, content: string, onWritten?: () => void): Promise<void> {
  const temporary = `${path}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  onWritten?.();
  await rename(temporary, path);
  await syncFolder(dirname(path));
}
