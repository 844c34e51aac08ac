import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Engine, LayerLocations, Reader, SnapshotManifest, Workspace } from '../../src/engines/engine.ts';
import { LAYERS, type Layer } from '../../src/engines/layer.ts';
import { type EngineSettings, openEngine } from '../../src/engines/open-engine.ts';
import { testEngine } from './engines.ts';
import { engineSettings } from './postgres/test-database.ts';

/** The engine of the vitest project over a data folder; nothing is in it yet. */
export function makeEngine(folder: string, options: Partial<EngineSettings> = {}): Engine {
  const unset = { connection: null, passwordFile: null, schemaPrefix: '', statementTimeoutSeconds: null };
  const settings = {
    ...unset,
    dataDir: join(folder, 'data'),
    threads: 1,
    memoryLimit: null,
    tempDir: null,
    maxConcurrentModels: 2,
    publishWaitSeconds: 20,
    ...engineSettings(folder),
    ...options,
  };
  return openEngine(settings, {});
}

/** A workspace that is discarded when the test ends, unless it has been sealed or discarded before. */
export async function openWorkspace(engine: Engine, snapshotId = 'one'): Promise<Workspace> {
  const workspace = await engine.createWorkspace({ snapshotId, carried: {} });
  let isSealed = false;
  onTestFinished(async () => {
    if (!isSealed) await workspace.discard();
  });
  const seal = workspace.seal.bind(workspace);
  workspace.seal = async () => {
    const layers = await seal();
    isSealed = true;
    return layers;
  };
  return workspace;
}

export function manifestOf(layers: LayerLocations, snapshotId: string, sequence: number): SnapshotManifest {
  return {
    format: 1,
    snapshotId,
    sequence,
    runId: snapshotId,
    engine: testEngine(),
    version: '0.0.0',
    createdAt: '2024-03-01T10:00:00.000Z',
    asOf: '2024-02-29',
    layers,
    rowCounts: Object.fromEntries(LAYERS.map((layer) => [`${layer}.fact`, 1])),
    sources: [],
  };
}

/** Builds a snapshot whose layers each hold one table `fact (id, layer, text)` of one row; `carried` layers are taken over. */
export async function buildSnapshot(
  engine: Engine,
  snapshotId: string,
  sequence: number,
  carried: Partial<LayerLocations> = {},
): Promise<SnapshotManifest> {
  const workspace = await engine.createWorkspace({ snapshotId, carried });
  for (const layer of LAYERS.filter((candidate) => carried[candidate] === undefined)) {
    await workspace.createRelation({
      layer,
      name: 'fact',
      kind: 'table',
      sql: `select ${sequence} as id, '${layer}' as layer, '${snapshotId}' as snapshot`,
      orderBy: ['id'],
    });
  }
  return manifestOf(await workspace.seal(), snapshotId, sequence);
}

export async function publishSnapshot(
  engine: Engine,
  snapshotId: string,
  sequence: number,
  carried: Partial<LayerLocations> = {},
): Promise<SnapshotManifest> {
  const manifest = await buildSnapshot(engine, snapshotId, sequence, carried);
  await engine.publish(manifest);
  return manifest;
}

/** A reader that is closed when the test ends. */
export async function openReader(engine: Engine, manifest: SnapshotManifest, layer?: Layer): Promise<Reader> {
  const reader = await engine.openReader(manifest, { defaultLayer: layer });
  onTestFinished(() => reader.close());
  return reader;
}
