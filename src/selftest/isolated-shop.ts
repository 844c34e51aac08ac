import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline } from '../api/pipeline.ts';
import type { Effects } from '../effects.ts';
import { claimFolder } from '../export/claimed-folder.ts';

/** The name of a self-test's folder begins with this. */
export const SELFTEST_PREFIX = 'marketing-pipeline-selftest-';

/** A shop of its own in a temporary folder. */
export interface IsolatedShop {
  readonly folder: string;
  readonly pipeline: Pipeline;
}

/** Where self-tests make their folders. */
export function selftestParent({ env }: Pick<Effects, 'env'>): string {
  return realpathSync(env.TMPDIR ?? tmpdir());
}

/**
 * Does something with a shop that has default settings: neither the environment nor a config file nor the working folder
 * reaches it, so that real data cannot be touched. Its folder is removed afterwards, whatever happens.
 */
export async function withIsolatedShop<T>(effects: Effects, work: (shop: IsolatedShop) => Promise<T>): Promise<T> {
  const claim = { prefix: SELFTEST_PREFIX, command: 'selftest', effects };
  const folder = claimFolder(selftestParent(effects), claim);
  try {
    const pipeline = await Pipeline.open({
      settings: { dataDir: join(folder.path, 'data') },
      effects: { ...effects, env: {}, cwd: folder.path },
    });
    return await work({ folder: folder.path, pipeline });
  } finally {
    await folder.remove();
  }
}
