import { hostname } from 'node:os';
import type { Effects } from '../effects.ts';
import type { Engine } from '../engines/engine.ts';
import { acquireLock, type LockInfo } from './lock.ts';

interface Exclusion {
  readonly dataDir: string;
  readonly engine: Engine;
  readonly runId: string;
  readonly command: string;
  readonly effects: Effects;
}

/** Does something that no run may overlap with, holding the lock of the data folder and that of the engine. */
export async function exclusively<T>(
  { dataDir, engine, runId, command, effects }: Exclusion,
  work: (stale: LockInfo | undefined) => Promise<T>,
): Promise<T> {
  const startedAt = effects.now().toISOString();
  const lock = acquireLock(dataDir, { runId, command, pid: process.pid, host: hostname(), startedAt });
  try {
    const unlock = await engine.lock({ runId, command });
    try {
      return await work(lock.stale);
    } finally {
      await unlock();
    }
  } finally {
    lock.release();
  }
}
