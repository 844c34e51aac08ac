import { DamagedError } from '../engines/damaged-error.ts';
import type { Engine, LayerLocations, SnapshotManifest } from '../engines/engine.ts';
import { LAYERS, type Layer } from '../engines/layer.ts';
import type { SourceTable } from '../engines/source-table.ts';
import { UsageError } from '../errors.ts';
import type { Project } from '../project/load-project.ts';
import type { Model } from '../project/model.ts';

/** One thing that a run does. A plan is a list of these; it is printed by `--dry-run` and executed by `run`. */
export type Step =
  | { readonly kind: 'carry'; readonly layer: Layer; readonly snapshotId: string }
  | { readonly kind: 'keep'; readonly snapshotId: string; readonly files: number }
  | { readonly kind: 'load'; readonly path: string }
  | { readonly kind: 'load'; readonly table: SourceTable }
  | { readonly kind: 'build'; readonly model: Model }
  | { readonly kind: 'check'; readonly layer: Layer; readonly checks: number }
  | { readonly kind: 'reconcile' }
  | { readonly kind: 'publish'; readonly snapshotId: string; readonly keepSnapshots: number };

export interface Plan {
  readonly runId: string;
  readonly steps: readonly Step[];
  readonly project: Project;
  /** The published snapshot at the time of planning. */
  readonly published?: SnapshotManifest;
  /** Layers that are taken over from it. */
  readonly carried: Partial<LayerLocations>;
  /** Whether the rows of the published staging layer are kept and new files added to them. */
  readonly append: boolean;
}

export interface PlanRequest {
  readonly runId: string;
  readonly project: Project;
  readonly engine: Engine;
  /** Real paths, resolved. */
  readonly files: readonly string[];
  /** Loaded behind the files. */
  readonly tables: readonly SourceTable[];
  readonly append: boolean;
  readonly skipLayers: readonly Layer[];
  readonly keepSnapshots: number;
  checksOf(model: Model): number;
}

/**
 * Decides what a run will do, without doing it.
 * @throws UsageError when layers cannot be skipped: a skipped layer must not be older than what it is made from.
 */
export async function makePlan(request: PlanRequest): Promise<Plan> {
  const { runId, project, files, tables, skipLayers, append } = request;
  if (append && skipLayers.includes('staging')) {
    throw new UsageError('staging cannot be skipped by a run that appends to it', {
      remedy: 'leave out --append, or staging from --skip-layers',
    });
  }
  const needsPublished = append || skipLayers.length > 0;
  const published = await request.engine.published().catch(needsPublished ? undefined : ifDamaged);
  const carried = carriedLayers(skipLayers, published);
  const steps: Step[] = [];
  for (const layer of LAYERS) {
    const location = carried[layer];
    if (location !== undefined) {
      steps.push({ kind: 'carry', layer, snapshotId: location.snapshotId });
      continue;
    }
    if (layer === 'staging') {
      if (append && published !== undefined) {
        steps.push({ kind: 'keep', snapshotId: published.snapshotId, files: published.sources.length });
      }
      steps.push(...files.map((path): Step => ({ kind: 'load', path })));
      steps.push(...tables.map((table): Step => ({ kind: 'load', table })));
    }
    const models = project.order
      .flatMap((name) => project.models.get(name) ?? [])
      .filter((model) => model.layer === layer);
    steps.push(...models.map((model): Step => ({ kind: 'build', model })));
    const checks = models.reduce((sum, model) => sum + request.checksOf(model), 0);
    steps.push({ kind: 'check', layer, checks });
  }
  steps.push({ kind: 'reconcile' });
  steps.push({ kind: 'publish', snapshotId: runId, keepSnapshots: request.keepSnapshots });
  return { runId, steps, project, carried, append, ...(published === undefined ? {} : { published }) };
}

/** A run that builds everything anew is how damaged published data is mended. */
function ifDamaged(error: unknown): undefined {
  if (!(error instanceof DamagedError)) throw error;
}

function carriedLayers(skip: readonly Layer[], published: SnapshotManifest | undefined): Partial<LayerLocations> {
  if (skip.length === 0) return {};
  const kept = LAYERS.filter((layer) => skip.includes(layer));
  const stale = kept.find((layer) => LAYERS.slice(0, LAYERS.indexOf(layer)).some((before) => !kept.includes(before)));
  if (stale !== undefined) {
    const before = LAYERS.slice(0, LAYERS.indexOf(stale)).filter((layer) => !kept.includes(layer));
    throw new UsageError(
      `${stale} cannot be skipped while ${before.join(' and ')} ${before.length > 1 ? 'are' : 'is'} built anew: it would be out of date`,
      {
        remedy: 'skip staging, or staging and warehouse, or nothing',
      },
    );
  }
  if (kept.length === LAYERS.length) {
    throw new UsageError('all layers are skipped, so there is nothing to do', {
      remedy: 'use --report-only to print the report of the published data',
    });
  }
  if (published === undefined) {
    throw new UsageError(`${kept.join(' and ')} cannot be skipped: nothing has been published yet`, {
      remedy: 'run once without --skip-layers',
    });
  }
  return Object.fromEntries(kept.map((layer) => [layer, published.layers[layer]]));
}
