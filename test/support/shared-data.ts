import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the data for development; `missing` says why a test that needs it is skipped. */
export function sharedFile(name: string): { readonly path: string; readonly missing: string | undefined } {
  const path = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
  return { path, missing: existsSync(path) ? undefined : `../shared/data/${name} is not there` };
}
