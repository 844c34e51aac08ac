import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import type { LayerLocation, SnapshotManifest, Workspace } from '../engines/engine.ts';
import { explained } from '../engines/system-error.ts';
import { CancelledError, InputError, QualityError } from '../errors.ts';
import { openMetadataReadOnly } from '../metadata/store.ts';
import { buildLayers } from './build-layers.ts';
import { type ChangedSetting, changedSettings, configOfRun, withSettingsOf } from './changed-settings.ts';
import { type Cause, type PlannedChanges, summarizeChanges } from './changes.ts';
import { exclusively } from './exclusive.ts';
import { loadOrKeepSources } from './execute.ts';
import { hashModels } from './models-hash.ts';
import { planRun } from './plan-run.ts';
import { makeRunId } from './run-id.ts';
import type { RunContext, RunRequest } from './run-pipeline.ts';
import { readPaths, type SegmentPath } from './segment-paths.ts';

/** What is different from the published run, and so has to be built to see what it does. */
interface Differences {
  readonly code: boolean;
  readonly settings: readonly ChangedSetting[];
  /** The settings of the published run, where they are known. */
  readonly config: Config | undefined;
}

/** One thing after the other is changed; what a step builds differs from the step before in its causes alone. */
interface Stage {
  readonly causes: readonly Cause[];
  readonly request: RunRequest;
  readonly config: Config;
}

/** A step that has been built and closed. */
interface BuiltStage {
  readonly causes: readonly Cause[];
  readonly workspace: Workspace;
  readonly asOf: string;
  readonly business: LayerLocation;
}

const KEEP_DATA: RunRequest = { files: [], tables: [], append: false, skipLayers: ['staging'] };

/**
 * Builds a run to its end without publishing it, and says who would change segment against the published data and why.
 * Code, settings and data are changed one after the other, each built apart. Published data and the run history stay as
 * they are; what is built is removed.
 * @throws InputError where nothing has been published; QualityError where a run would be stopped by a check.
 */
export async function planChanges(request: RunRequest, context: RunContext, place: string): Promise<PlannedChanges> {
  const { config, engine, effects } = context;
  const first = await engine.published();
  if (first === undefined) {
    throw new InputError(`nothing has been published in ${place} yet: there is nothing that a run could change`, {
      remedy: [
        'run the pipeline first: marketing-pipeline run FILE',
        'see its steps with: marketing-pipeline run FILE --dry-run',
      ],
    });
  }
  const runId = makeRunId(effects);
  try {
    return await exclusively({ dataDir: config.dataDir, engine, runId, command: 'plan', effects }, async () =>
      changesAgainst((await engine.published()) ?? first, request, context),
    );
  } catch (error) {
    throw explained(error);
  }
}

async function changesAgainst(
  published: SnapshotManifest,
  request: RunRequest,
  context: RunContext,
): Promise<PlannedChanges> {
  const found = await findDifferences(published, context);
  const notes: string[] = [];
  const built: BuiltStage[] = [];
  try {
    await buildStages(stagesOf(found, request, context.config), { published, context, notes, built });
    return summarizeChanges({
      published,
      asOf: built.at(-1)?.asOf ?? published.asOf,
      steps: built.map(({ causes }) => causes),
      paths: built.length === 0 ? undefined : await comparePaths(published, built, context),
      settings: found.settings,
      notes: [...notes, ...notesOn(found, request)],
    });
  } finally {
    for (const { workspace } of built) await workspace.discard();
  }
}

async function findDifferences(
  published: SnapshotManifest,
  { config, version, loadProject }: RunContext,
): Promise<Differences> {
  const history = openMetadataReadOnly(join(config.dataDir, 'metadata.db'));
  try {
    const run = history?.run(published.runId);
    const before = configOfRun(run?.config, config);
    const models = await hashModels(await loadProject());
    return {
      code: published.version !== version || run?.modelsSha256 !== models,
      settings: before === undefined ? [] : changedSettings(before, config),
      config: before,
    };
  } finally {
    history?.close();
  }
}

function stagesOf({ code, settings, config: before }: Differences, request: RunRequest, config: Config): Stage[] {
  const stages: Stage[] = [];
  const acting = settings.some(({ actsOn }) => actsOn === 'models');
  if (before === undefined) stages.push({ causes: ['code', 'config'], request: KEEP_DATA, config });
  if (before !== undefined && code) {
    stages.push({ causes: ['code'], request: KEEP_DATA, config: withSettingsOf(before, config) });
  }
  if (before !== undefined && acting) stages.push({ causes: ['config'], request: KEEP_DATA, config });
  if (!request.skipLayers.includes('staging')) stages.push({ causes: ['data'], request, config });
  return stages;
}

interface Building {
  readonly published: SnapshotManifest;
  readonly context: RunContext;
  readonly notes: string[];
  readonly built: BuiltStage[];
}

/** A step that cannot be built by itself is joined to the next one: then its causes cannot be told apart. */
async function buildStages(stages: readonly Stage[], building: Building): Promise<void> {
  const { context, notes, built } = building;
  let joined: readonly Cause[] = [];
  for (const [position, stage] of stages.entries()) {
    const isLast = position === stages.length - 1;
    const causes = [...joined, ...stage.causes];
    try {
      const next = await buildStage({ ...stage, causes }, context);
      if (next !== undefined) built.push(next);
      joined = [];
    } catch (error) {
      if (isLast || error instanceof CancelledError) throw error;
      joined = causes;
      const reason = error instanceof Error ? error.message : String(error);
      notes.push(`what ${causes.join(' and ')} alone would change cannot be told: ${reason}`);
    }
  }
}

/** Undefined where an append holds nothing new. */
async function buildStage(stage: Stage, context: RunContext): Promise<BuiltStage | undefined> {
  const { engine, effects, listener: emit = () => {} } = context;
  const { config } = stage;
  const plan = await planRun(stage.request, { ...context, config });
  const workspace = await engine.createWorkspace({
    snapshotId: plan.runId,
    carried: plan.carried,
    ...(plan.append && plan.published !== undefined ? { previousStaging: plan.published.layers.staging } : {}),
  });
  const tempDir = join(config.tempDir ?? join(config.dataDir, 'tmp'), plan.runId);
  try {
    const execution = { plan, config, engine, workspace, effects, emit, tempDir, ...cancelOf(context) };
    const sources = await loadOrKeepSources(execution);
    if (plan.append && sources.length === plan.published?.sources.length) {
      await workspace.discard();
      return undefined;
    }
    const { asOf } = await buildLayers(execution, sources);
    if (context.signal?.aborted) throw new CancelledError();
    const { business } = await workspace.seal();
    return { causes: stage.causes, workspace, asOf, business };
  } catch (error) {
    await workspace.discard();
    if (error instanceof QualityError) {
      throw new QualityError(`a run would publish nothing: ${error.message}`, { remedy: error.remedy });
    }
    throw error;
  } finally {
    await rm(tempDir, { recursive: true, force: true }).catch(() => undefined); // The next run tries again.
  }
}

/** Compares the tables customer_segments, the published one first, in a workspace that builds nothing. */
async function comparePaths(
  published: SnapshotManifest,
  built: readonly BuiltStage[],
  context: RunContext,
): Promise<SegmentPath[]> {
  const { engine, effects } = context;
  const workspace = await engine.createWorkspace({ snapshotId: makeRunId(effects), carried: published.layers });
  try {
    const relations = [workspace.relation('business', 'customer_segments')];
    for (const { business } of built)
      relations.push((await workspace.beside('business', business))('customer_segments'));
    return await readPaths(workspace, relations, cancelOf(context));
  } finally {
    await workspace.discard();
  }
}

function notesOn({ settings, config }: Differences, request: RunRequest): string[] {
  const reading = settings.filter(({ actsOn }) => actsOn === 'reading').map(({ key }) => key);
  const keepsData = request.skipLayers.includes('staging');
  return [
    ...(config === undefined
      ? ['the settings of the published run are not known, so that code and config cannot be told apart']
      : []),
    ...(reading.length === 0
      ? []
      : [
          keepsData
            ? `not looked at, because no file is read: ${reading.join(', ')}`
            : `counted as data, because it acts where files are read: ${reading.join(', ')}`,
        ]),
  ];
}

function cancelOf({ signal }: Pick<RunContext, 'signal'>) {
  return signal === undefined ? {} : { signal };
}
