import { existsSync, mkdirSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../effects.ts';
import { explained, isAbsent } from '../engines/system-error.ts';
import { acquireLock, lockHolder } from '../run/lock.ts';

/** A private folder for unfinished work. An operating-system lock in it tells whether its maker still lives. */
export interface ClaimedFolder {
  readonly path: string;
  /** Removes it with all that is in it. */
  remove(): Promise<void>;
}

interface Claim {
  /** The folder's name begins with this. */
  readonly prefix: string;
  /** What the work is called where the lock is asked about. */
  readonly command: string;
  readonly effects: Effects;
}

/** A folder without a lock may be one that is just being claimed, for this long. */
const CLAIMING_MS = 60_000;

/** Makes a folder of its own below `parent`. @throws RunError when that cannot be written. */
export function claimFolder(parent: string, { prefix, command, effects }: Claim): ClaimedFolder {
  const id = Buffer.from(effects.randomBytes(6)).toString('hex');
  const path = join(parent, `${prefix}${id}`);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    throw explained(error, path);
  }
  const startedAt = effects.now().toISOString();
  const lock = acquireLock(path, { runId: id, command, pid: process.pid, host: hostname(), startedAt });
  return {
    path,
    remove: async () => {
      lock.release();
      await rm(path, { recursive: true, force: true });
    },
  };
}

/**
 * Removes the folders of this prefix whose maker was killed; returns their paths. What belongs to others, or to
 * somebody at work, stays.
 */
export async function removeAbandoned(parent: string, { prefix, effects }: Omit<Claim, 'command'>): Promise<string[]> {
  const names = await readdir(parent).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw explained(error, parent);
  });
  const removed: string[] = [];
  for (const name of names.filter((candidate) => candidate.startsWith(prefix)).sort()) {
    const path = join(parent, name);
    if (!(await isAbandoned(path, effects))) continue;
    await rm(path, { recursive: true, force: true });
    removed.push(path);
  }
  return removed;
}

async function isAbandoned(path: string, effects: Effects): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined || !stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
  if (existsSync(join(path, 'pipeline.lock'))) return !lockHolder(path).held;
  return effects.now().getTime() - stats.mtimeMs > CLAIMING_MS;
}
