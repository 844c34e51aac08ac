import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors.ts';

/** The folder of the built-in models; the same distance from the sources and from what is built of them. */
export function builtinModelsDir(): string {
  return fileURLToPath(new URL('../../models', import.meta.url));
}

/** A file of the package, by its path from the root; undefined where it is not there. */
export function packageFile(path: string): string | undefined {
  // What is built lies one level deeper than the sources.
  const places = [`../../${path}`, `../../../${path}`];
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((found) => existsSync(found));
}

/** The bundled sample. */
export function bundledSample(): string {
  const found = packageFile('data/raw/sample_orders.csv');
  if (found !== undefined) return found;
  throw new InputError('the bundled sample is not there', {
    remedy: [
      'name a file of your own: marketing-pipeline run FILE',
      'or make one: marketing-pipeline sample --out FILE',
    ],
  });
}
