import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LAYERS } from '../../src/index.ts';
import { engineSettings, layerSchemas } from './postgres/test-database.ts';
import type { Shop } from './run-shop.ts';

/** The ids of the snapshots of which the engine stores anything, in order: published, kept, carried over, unfinished. */
export async function storedSnapshots({ folder, pipeline }: Pick<Shop, 'folder' | 'pipeline'>): Promise<string[]> {
  const settings = engineSettings(folder);
  if (settings.engine === 'duckdb') return readdirSync(join(pipeline.config.dataDir, 'snapshots')).sort();
  const published = await pipeline.engine.published();
  const ids = (await layerSchemas(settings)).map((schema) => {
    const layer = LAYERS.find((name) => name === schema);
    return layer === undefined ? schema.replace(/^[a-z]+__/, '') : (published?.layers[layer].snapshotId ?? schema);
  });
  return [...new Set(ids)].sort();
}
