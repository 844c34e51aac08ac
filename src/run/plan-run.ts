import { headerOf, type Model } from '../project/model.ts';
import { makePlan, type Plan } from './plan.ts';
import { makeRunId } from './run-id.ts';
import type { RunContext, RunRequest } from './run-pipeline.ts';

/** Checks of a model; the gate on the share of rejected records is one more check of staging. */
function checksOf(model: Model): number {
  return headerOf(model).checks.length + (model.name === 'stg_sales_rejected' ? 1 : 0);
}

/** What a run would do, or, given its id, will do. */
export async function planRun(
  request: RunRequest,
  { config, engine, effects, loadProject }: Pick<RunContext, 'config' | 'engine' | 'effects' | 'loadProject'>,
  runId = makeRunId(effects),
): Promise<Plan> {
  const project = await loadProject();
  return makePlan({ ...request, runId, project, engine, keepSnapshots: config.keepSnapshots, checksOf });
}
