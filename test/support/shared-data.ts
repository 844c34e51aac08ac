import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the data for development. Where it is absent a test of it is skipped, and `note` in its title says why. */
export interface SharedFile {
  readonly path: string;
  readonly isMissing: boolean;
  readonly note: string;
}

export function sharedFile(name: string): SharedFile {
  const path = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
  const isMissing = !existsSync(path);
  return { path, isMissing, note: isMissing ? ` (skipped: ../shared/data/${name} is not there)` : '' };
}
