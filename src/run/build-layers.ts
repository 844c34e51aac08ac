import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import type { Effects } from '../effects.ts';
import type { Engine, SnapshotSource, Workspace } from '../engines/engine.ts';
import { LAYERS, type Layer } from '../engines/layer.ts';
import { QualityError } from '../errors.ts';
import { assignmentsBefore } from '../metadata/campaigns/read-assignments.ts';
import { headerOf } from '../project/model.ts';
import { type Relations, relationsOf } from '../project/relations.ts';
import { modelVariables } from '../project/variables.ts';
import type { CheckResult } from '../quality/check-result.ts';
import { describeFailure } from '../quality/describe-failure.ts';
import { rejectedShareGate } from '../quality/gates.ts';
import { runChecks } from '../quality/run-checks.ts';
import { findAsOf } from './as-of.ts';
import { buildModel } from './build-model.ts';
import type { RunListener } from './events.ts';
import type { Plan, Step } from './plan.ts';
import { withProgress } from './poll-progress.ts';
import { relationKeys } from './relation-keys.ts';
import { runGraph } from './run-graph.ts';
import { timeStep } from './step-timer.ts';

export interface ExecutionContext {
  readonly plan: Plan;
  readonly config: Config;
  readonly engine: Engine;
  readonly workspace: Workspace;
  readonly effects: Effects;
  readonly emit: RunListener;
  readonly signal?: AbortSignal;
}

export interface Built {
  readonly asOf: string;
  readonly relations: Relations;
  /** Rows by `layer.relation`, of the layers that this run built. */
  readonly rowCounts: Record<string, number>;
  readonly results: readonly CheckResult[];
}

interface BuildContext extends ExecutionContext {
  /** ISO 4217 code that the input names. */
  readonly currency: string | undefined;
}

type BuildStep = Extract<Step, { kind: 'build' }>;

/** Builds and checks layer after layer. A failed check of severity error stops here: nothing was published. */
export async function buildLayers(execution: ExecutionContext, sources: readonly SnapshotSource[]): Promise<Built> {
  const currency = sources.find((source) => source.currency !== undefined)?.currency;
  const context: BuildContext = { ...execution, currency };
  const { plan, config, workspace, emit } = context;
  const relations = relationsOf(plan.project, (layer, name) => workspace.relation(layer, name));
  const rowCounts: Record<string, number> = {};
  const results: CheckResult[] = [];
  let asOf: string | null = null;
  for (const layer of LAYERS) {
    const steps = plan.steps.filter((step) => step.kind === 'build').filter((step) => step.model.layer === layer);
    if (layer === 'staging' && steps.length > 0) {
      rowCounts['staging.stg_sales_raw'] = sources.reduce((sum, source) => sum + source.recordCount, 0);
      rowCounts['staging.stg_sources'] = sources.length;
    }
    await buildLayer(steps, context, relations, asOf, rowCounts);
    if (layer === 'staging') {
      asOf = await findAsOf(workspace, relations, config.asOf);
      emit({ type: 'as-of', asOf, given: config.asOf !== null });
    }
    workspace.settle(layer);
    results.push(...(await checkLayer(layer, steps, context, relations)));
  }
  if (asOf === null) throw new Error('a run has passed staging without an as-of date');
  return { asOf, relations, rowCounts, results };
}

async function buildLayer(
  steps: readonly BuildStep[],
  context: BuildContext,
  relations: Relations,
  asOf: string | null,
  rowCounts: Record<string, number>,
): Promise<void> {
  const { config, engine, workspace, effects, emit, signal } = context;
  const vars = modelVariables(config, { asOf, currency: context.currency });
  const tasks = steps.map((step) => ({
    name: step.model.name,
    dependsOn: step.model.dependsOn,
    run: async () => {
      const build = {
        workspace,
        engine: engine.name,
        relations,
        models: context.plan.project.models,
        vars,
        assignments: () => (asOf === null ? [] : assignmentsBefore(join(config.dataDir, 'metadata.db'), asOf)),
        keys: relationKeys(step.model, context.plan.project),
        onSql: (sql: string) => emit({ type: 'sql', step, sql }),
        ...(signal === undefined ? {} : { signal }),
      };
      const { rows } = await timeStep(step, effects, emit, async () => ({
        rows: await withProgress(step, workspace, emit, () => buildModel(step.model, build)),
      }));
      rowCounts[`${step.model.layer}.${step.model.name}`] = rows;
    },
  }));
  await runGraph(tasks, engine.capabilities.concurrentModels);
}

async function checkLayer(
  layer: Layer,
  steps: readonly BuildStep[],
  context: ExecutionContext,
  relations: Relations,
): Promise<CheckResult[]> {
  const { plan, config, engine, workspace, effects, emit, signal } = context;
  const step = plan.steps.find((candidate) => candidate.kind === 'check' && candidate.layer === layer);
  if (step === undefined) return [];
  const results: CheckResult[] = [];
  await timeStep(step, effects, emit, async () => {
    const byModel = new Map<string, CheckResult[]>();
    const options = { relationOf: relations.model, ...(signal === undefined ? {} : { signal }) };
    const tasks = steps
      .filter(({ model }) => headerOf(model).checks.length > 0)
      .map(({ model }) => ({
        name: model.name,
        dependsOn: [],
        run: async () => void byModel.set(model.name, await runChecks(model, workspace, options)),
      }));
    await runGraph(tasks, engine.capabilities.concurrentModels);
    for (const { model } of steps) results.push(...(byModel.get(model.name) ?? []));
    if (layer === 'staging') {
      const gate = { relationOf: relations.model, maxRejectedShare: config.maxRejectedShare };
      results.push(await rejectedShareGate(workspace, gate));
    }
    emit({ type: 'checked', results });
    const failed = results.filter(({ status }) => status === 'failed');
    if (failed.length > 0) throw failedChecks(failed);
    return undefined;
  });
  return results;
}

function failedChecks(failed: readonly CheckResult[]): QualityError {
  const [first] = failed;
  const more = failed.length === 1 ? '' : ` and ${failed.length - 1} more`;
  return new QualityError(
    `a quality check failed: ${first?.layer}.${first?.table} ${first?.name}${more}; nothing was published`,
    { remedy: failed.flatMap(describeFailure) },
  );
}
