import { hostname } from 'node:os';
import type { Effects } from '../effects.ts';
import { acquireLock, type LockInfo } from './lock.ts';

/** Does something that no run may overlap with, holding the data folder's lock. */
export async function exclusively<T>(
  dataDir: string,
  { runId, command, effects }: { readonly runId: string; readonly command: string; readonly effects: Effects },
  work: (stale: LockInfo | undefined) => Promise<T>,
): Promise<T> {
  const startedAt = effects.now().toISOString();
  const lock = acquireLock(dataDir, { runId, command, pid: process.pid, host: hostname(), startedAt });
  try {
    return await work(lock.stale);
  } finally {
    lock.release();
  }
}
