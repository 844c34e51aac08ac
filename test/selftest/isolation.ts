import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Effects, systemEffects } from '../../src/effects.ts';

/** A working folder and a folder for temporary files that only this test uses. */
export interface Sandbox extends AsyncDisposable {
  readonly cwd: string;
  readonly temp: string;
  readonly effects: Effects;
}

export async function openSandbox(env: Readonly<Record<string, string>> = {}): Promise<Sandbox> {
  const cwd = await realpath(await mkdtemp(join(tmpdir(), 'selftest-cwd-')));
  const temp = await realpath(await mkdtemp(join(tmpdir(), 'selftest-tmp-')));
  return {
    cwd,
    temp,
    effects: { ...systemEffects(), cwd, env: { ...env, TMPDIR: temp } },
    [Symbol.asyncDispose]: async () => {
      await rm(cwd, { recursive: true, force: true });
      await rm(temp, { recursive: true, force: true });
    },
  };
}

/** Every file below a folder with the SHA-256 of its bytes. */
export async function fingerprint(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const digests = files.sort().map(async (path) => {
    const digest = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    return [relative(folder, path), digest] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}
