import type { Layer } from '../engines/layer.ts';
import type { Project } from './load-project.ts';

/** Where relations lie in SQL: models under their layer, ingest tables under staging. */
export interface Relations {
  readonly model: (name: string) => string;
  readonly source: (name: string) => string;
}

export function relationsOf(
  { models }: Pick<Project, 'models'>,
  relation: (layer: Layer, name: string) => string,
): Relations {
  return {
    model: (name) => relation(models.get(name)?.layer ?? 'staging', name),
    source: (name) => relation('staging', name),
  };
}
