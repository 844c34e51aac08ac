import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sealFile } from './seal-file.ts';

interface Publishing {
  /** Holds the finished files. */
  readonly folder: string;
  readonly outDir: string;
  /** The name of the file that says what was written. */
  readonly manifestFile: string;
}

/** Moves files into place, the manifest last: whoever finds one finds the files that it speaks of. */
export async function publishFiles<Content extends { readonly files: readonly { readonly name: string }[] }>(
  content: Content,
  { folder, outDir, manifestFile }: Publishing,
): Promise<void> {
  await writeFile(join(folder, manifestFile), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await sealFile(join(folder, manifestFile));
  await rm(join(outDir, manifestFile), { force: true });
  for (const name of [...content.files.map((file) => file.name), manifestFile]) {
    await rename(join(folder, name), join(outDir, name));
  }
}
