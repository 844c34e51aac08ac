import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '../../src/errors.ts';

/** A temporary folder with these files, removed when the test is done with it. */
export async function shopFolder(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<AsyncDisposable & { path: string }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'config-')));
  for (const [name, content] of Object.entries(files)) {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** The usage error that a load ends in; anything else fails the test. */
export async function usageErrorOf(load: Promise<unknown>): Promise<UsageError> {
  const outcome: unknown = await load.catch((error: unknown) => error);
  if (outcome instanceof UsageError) return outcome;
  throw new Error('expected a UsageError', { cause: outcome });
}
