import type { Layer } from '../engines/layer.ts';
import type { Project } from './load-project.ts';

/** Where relations lie in SQL: models under their layer, ingest tables under staging. */
export interface Relations {
  readonly model: (name: string) => string;
  readonly source: (name: string) => string;
  /** A model under the name that readers know: `business.monthly_metrics`. */
  readonly published: (name: string) => string;
}

export function relationsOf(
  { models }: Pick<Project, 'models'>,
  relation: (layer: Layer, name: string) => string,
): Relations {
  const layerOf = (name: string): Layer => models.get(name)?.layer ?? 'staging';
  return {
    model: (name) => relation(layerOf(name), name),
    source: (name) => relation('staging', name),
    published: (name) => `${layerOf(name)}.${name}`,
  };
}
