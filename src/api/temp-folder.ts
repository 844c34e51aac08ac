import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';

/** Gives `action` a private folder, in `tempDir` of the settings or the system's, that is gone when it has ended. */
export async function withTempFolder<Result>(
  { tempDir }: Pick<Config, 'tempDir'>,
  name: string,
  action: (folder: string) => Promise<Result>,
): Promise<Result> {
  const parent = tempDir ?? tmpdir();
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, `marketing-pipeline-${name}-`));
  try {
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
