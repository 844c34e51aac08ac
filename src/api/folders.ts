import { fileURLToPath } from 'node:url';

/** The folder of the built-in models; the same distance from the sources and from what is built of them. */
export function builtinModelsDir(): string {
  return fileURLToPath(new URL('../../models', import.meta.url));
}

/** The bundled sample; it lies beside the sources, and one level further up from what is built of them. */
export function bundledSampleCandidates(): string[] {
  const places = ['../../data/raw/sample_orders.csv', '../../../data/raw/sample_orders.csv'];
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
}
