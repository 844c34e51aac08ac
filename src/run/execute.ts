import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerLocations, SnapshotSource } from '../engines/engine.ts';
import { LAYERS } from '../engines/layer.ts';
import { CancelledError, RunError } from '../errors.ts';
import { readingOptions } from '../ingest/reading-options.ts';
import type { SegmentEntry } from '../metadata/records.ts';
import { type CheckTotals, countResults } from '../quality/check-result.ts';
import { reconcile } from '../quality/ledger.ts';
import { type Built, buildLayers, type ExecutionContext } from './build-layers.ts';
import { loadFiles } from './load-files.ts';
import { readMoves } from './segment-moves.ts';
import { timeStep } from './step-timer.ts';
import { type Figures, lastLoads, readFigures } from './summary.ts';

/** A run's work, checked, reconciled and made durable, ready to be published. */
export interface Executed {
  readonly layers: LayerLocations;
  readonly asOf: string;
  readonly rowCounts: Readonly<Record<string, number>>;
  readonly sources: readonly SnapshotSource[];
  readonly quality: CheckTotals;
  readonly figures: Figures;
  readonly segments: SegmentEntry;
}

export interface ExecuteContext extends ExecutionContext {
  /** A private folder of the run for canonical files. */
  readonly tempDir: string;
}

/** Executes all steps of a plan but the last. Undefined where an append holds nothing new. */
export async function execute(context: ExecuteContext): Promise<Executed | undefined> {
  const { plan, workspace } = context;
  const sources = await loadOrKeepSources(context);
  if (plan.append && sources.length === plan.published?.sources.length) return undefined;
  const built = await buildLayers(context, sources);
  await reconcileOrFail(context, built, sources);
  const figures = await readFigures(workspace, (layer, name) => workspace.relation(layer, name), lastLoads(sources));
  const segments = { memberships: figures.business.segments, ...(await movesFromPublished(context)) };
  const layers = await workspace.seal();
  const { asOf, rowCounts } = built;
  return { layers, asOf, rowCounts, sources, quality: countResults(built.results), figures, segments };
}

/** A published layer that is damaged does not keep a run from replacing it. */
async function movesFromPublished({
  plan: { published },
  workspace,
  emit,
  signal,
}: ExecuteContext): Promise<Omit<SegmentEntry, 'memberships'>> {
  if (published === undefined) return { previousRunId: undefined, moves: [] };
  try {
    const relation = await workspace.beside('business', published.layers.business);
    const tables = {
      before: relation('customer_segments'),
      after: workspace.relation('business', 'customer_segments'),
    };
    const moves = await readMoves(workspace, tables, signal === undefined ? {} : { signal });
    return { previousRunId: published.runId, moves };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    emit({
      type: 'notice',
      level: 'warn',
      message: `who has changed segment since ${published.snapshotId} cannot be told: ${reason}`,
    });
    return { previousRunId: undefined, moves: [] };
  }
}

export async function loadOrKeepSources(context: ExecuteContext): Promise<readonly SnapshotSource[]> {
  const { plan, workspace, effects, emit, config, signal } = context;
  for (const layer of LAYERS) {
    const step = plan.steps.find((candidate) => candidate.kind === 'carry' && candidate.layer === layer);
    if (step !== undefined) await timeStep(step, effects, emit, async () => undefined);
  }
  if (plan.carried.staging !== undefined) return plan.published?.sources ?? [];
  const tempDir = join(context.tempDir, 'records');
  await mkdir(tempDir, { recursive: true, mode: 0o700 });
  try {
    return await loadFiles({
      plan,
      workspace,
      effects,
      emit,
      tempDir,
      maxRecordBytes: config.maxRecordBytes,
      reading: readingOptions(config),
      schemaDrift: config.schemaDrift,
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    await rm(tempDir, { recursive: true, force: true });
  }
}

async function reconcileOrFail(
  context: ExecuteContext,
  built: Built,
  sources: readonly SnapshotSource[],
): Promise<void> {
  const { plan, workspace, effects, emit, signal } = context;
  const step = plan.steps.find(({ kind }) => kind === 'reconcile');
  if (step === undefined) return;
  await timeStep(step, effects, emit, async () => {
    const lines = await reconcile(workspace, {
      relationOf: (name) => (name === 'stg_sales_raw' ? built.relations.source(name) : built.relations.model(name)),
      asOf: built.asOf,
      scannedRecords: sources.reduce((sum, source) => sum + source.recordCount, 0),
      ...(signal === undefined ? {} : { signal }),
    });
    emit({ type: 'reconciled', lines });
    const gaps = lines.filter(({ status }) => status === 'gap');
    if (gaps.length > 0) {
      throw new RunError('rows or money were lost on the way; nothing was published', {
        remedy: [
          ...gaps.map(
            ({ stage, measure, expected, actual }) => `${stage} (${measure}): expected ${expected}, found ${actual}`,
          ),
          'a model of your own that replaces a built-in one may drop rows; otherwise this is a defect: please report it',
        ],
      });
    }
    return undefined;
  });
}
