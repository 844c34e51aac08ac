import type { Engine } from '../engines/engine.ts';
import type { Layer } from '../engines/layer.ts';
import type { MetadataReader } from '../metadata/reader.ts';
import type { CheckTotals } from '../quality/check-result.ts';
import type { LayerTimer } from './layer-timer.ts';
import { openPublished } from './open-published.ts';
import type { Plan } from './plan.ts';
import { type Figures, type LayerOutcome, lastLoads, type RunSummary, readFigures } from './summary.ts';

export interface SummaryParts {
  readonly runId: string;
  readonly snapshotId: string;
  readonly asOf: string;
  readonly durationSeconds: number;
  readonly figures: Figures;
  readonly quality: CheckTotals;
  readonly changed: boolean;
  outcome(layer: Layer): LayerOutcome;
}

export function makeSummary(parts: SummaryParts): RunSummary {
  const { runId, snapshotId, asOf, durationSeconds, figures, quality, changed, outcome } = parts;
  return {
    runId,
    status: 'success',
    asOf,
    durationSeconds,
    layers: {
      staging: { ...outcome('staging'), ...figures.staging },
      warehouse: { ...outcome('warehouse'), ...figures.warehouse },
      business: { ...outcome('business'), ...figures.business },
    },
    quality,
    insights: figures.insights,
    forecast: figures.forecast,
    currency: figures.currency,
    changed,
    snapshotId,
  };
}

/** How the layers of a plan that has been executed fared. */
export function outcomesOf(plan: Plan, timer: LayerTimer): SummaryParts['outcome'] {
  return (layer) =>
    plan.carried[layer] === undefined
      ? { status: 'success', durationSeconds: timer.seconds(layer) }
      : { status: 'skipped', durationSeconds: 0 };
}

/**
 * The summary of what is published, read from its tables. `runId` is the run that asks; the snapshot's own by default.
 * Undefined before the first run.
 */
export async function summarizePublished(
  engine: Engine,
  history: Pick<MetadataReader, 'checkCountsOf'> | undefined,
  { runId, durationSeconds = 0 }: { readonly runId?: string; readonly durationSeconds?: number } = {},
): Promise<RunSummary | undefined> {
  const opened = await openPublished(engine);
  if (opened === undefined) return undefined;
  const { manifest: published, reader } = opened;
  try {
    const figures = await readFigures(reader, (layer, name) => `${layer}.${name}`, lastLoads(published.sources));
    return makeSummary({
      runId: runId ?? published.runId,
      snapshotId: published.snapshotId,
      asOf: published.asOf,
      durationSeconds,
      figures,
      quality: history?.checkCountsOf(published.runId) ?? { total: 0, passed: 0, warned: 0, failed: 0 },
      changed: false,
      outcome: () => ({ status: 'skipped', durationSeconds: 0 }),
    });
  } finally {
    await reader.close();
  }
}
