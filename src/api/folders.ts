import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors.ts';

/** The folder of the built-in models; the same distance from the sources and from what is built of them. */
export function builtinModelsDir(): string {
  return fileURLToPath(new URL('../../models', import.meta.url));
}

/** The bundled sample; what is built lies one level deeper than the sources. */
export function bundledSample(): string {
  const places = ['../../data/raw/sample_orders.csv', '../../../data/raw/sample_orders.csv'];
  const found = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new InputError('the bundled sample is not there', {
    remedy: [
      'name a file of your own: marketing-pipeline run FILE',
      'or make one: marketing-pipeline sample --out FILE',
    ],
  });
}
