import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workspace } from '../engines/engine.ts';
import { CancelledError } from '../errors.ts';
import { toAll } from './events.ts';
import { type Executed, execute } from './execute.ts';
import { LayerTimer } from './layer-timer.ts';
import { makeSummary, outcomesOf, summarizePublished } from './make-summary.ts';
import { hashModels } from './models-hash.ts';
import type { Plan } from './plan.ts';
import { planRun } from './plan-run.ts';
import { isUnpublished, makeManifest, publishAndPrune } from './publish.ts';
import type { RunContext, Running, RunRequest } from './run-pipeline.ts';
import { timeStep } from './step-timer.ts';
import type { RunSummary } from './summary.ts';

/** Plans, builds, checks and publishes one snapshot. On any failure its workspace is gone and nothing is published. */
export async function buildSnapshot(request: RunRequest, context: RunContext, running: Running): Promise<RunSummary> {
  const plan = await planRun(request, context, running.runId);
  running.store.recordModels(plan.runId, await hashModels(plan.project));
  const timer = new LayerTimer(context.effects);
  const emit = toAll([running.emit, timer.listener]);
  emit({ type: 'run-started', plan });
  const workspace = await context.engine.createWorkspace({
    snapshotId: plan.runId,
    carried: plan.carried,
    ...(plan.append && plan.published !== undefined ? { previousStaging: plan.published.layers.staging } : {}),
  });
  const tempDir = join(context.config.tempDir ?? join(context.config.dataDir, 'tmp'), plan.runId);
  let mayBePublished = false;
  try {
    const executed = await executeApart(plan, workspace, context, { ...running, emit, tempDir });
    if (executed === undefined) {
      await workspace.discard();
      return await summarizeUnchanged(context, { ...running, emit });
    }
    mayBePublished = true;
    await publishStep(plan, executed, context, { ...running, emit });
    return makeSummary({
      ...executed,
      runId: plan.runId,
      snapshotId: plan.runId,
      durationSeconds: running.elapsedSeconds(),
      changed: true,
      outcome: outcomesOf(plan, timer),
    });
  } catch (error) {
    if (!mayBePublished || (await isUnpublished(context.engine, plan.runId))) await workspace.discard();
    await removeFolder(tempDir);
    throw error;
  }
}

async function executeApart(
  plan: Plan,
  workspace: Workspace,
  { config, engine, effects, signal }: RunContext,
  { emit, tempDir }: Running & { readonly tempDir: string },
): Promise<Executed | undefined> {
  const cancel = signal === undefined ? {} : { signal };
  const executed = await execute({ plan, config, engine, workspace, effects, emit, tempDir, ...cancel });
  // Before publishing: a run that is killed after that has left nothing to clear away.
  await removeFolder(tempDir);
  if (signal?.aborted) throw new CancelledError();
  return executed;
}

async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined); // The next run tries again.
}

async function summarizeUnchanged({ engine }: RunContext, running: Running): Promise<RunSummary> {
  const { runId, store, emit, elapsedSeconds } = running;
  emit({ type: 'notice', level: 'info', message: 'there is nothing new; the published data stays as it is' });
  const summary = await summarizePublished(engine, store, { runId, durationSeconds: elapsedSeconds() });
  if (summary === undefined) throw new Error('an append without published data');
  return summary;
}

async function publishStep(plan: Plan, executed: Executed, context: RunContext, running: Running): Promise<void> {
  const { engine, effects, version, config, signal } = context;
  const { store, emit } = running;
  const step = plan.steps.find(({ kind }) => kind === 'publish');
  if (step === undefined) throw new Error('a plan without a publish step');
  await timeStep(step, effects, emit, async () => {
    emit({ type: 'segments', segments: executed.segments });
    const manifest = await makeManifest(engine, { ...executed, plan, createdAt: effects.now(), version });
    await publishAndPrune(engine, store, manifest, config.keepSnapshots, {
      onPoint: (point) => emit({ type: 'publishing', point }),
      onWait: (message) => emit({ type: 'notice', level: 'warn', message }),
      onLeft: (message) => emit({ type: 'notice', level: 'warn', message }),
      ...(signal === undefined ? {} : { signal }),
    });
    return undefined;
  });
}
