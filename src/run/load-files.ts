import type { Effects } from '../effects.ts';
import type { SnapshotSource, Workspace } from '../engines/engine.ts';
import { CancelledError } from '../errors.ts';
import { assertUnchanged } from '../ingest/file-identity.ts';
import { loadSource } from '../ingest/load-source.ts';
import { emptyRawSql, RAW_TABLE } from '../ingest/raw-table.ts';
import { type ScannedSource, scanSource } from '../ingest/scan-source.ts';
import type { RunListener } from './events.ts';
import type { Plan, Step } from './plan.ts';
import { withProgress } from './poll-progress.ts';
import { timeStep } from './step-timer.ts';

export interface LoadContext {
  readonly plan: Plan;
  readonly workspace: Workspace;
  readonly effects: Effects;
  readonly emit: RunListener;
  readonly tempDir: string;
  readonly maxRecordBytes: number;
  readonly signal?: AbortSignal;
}

type LoadStep = Extract<Step, { kind: 'load' }>;

/** Fills the raw table: the records kept from before, then each new file. Returns what the table holds, by file. */
export async function loadFiles(context: LoadContext): Promise<SnapshotSource[]> {
  const { plan, workspace, effects, emit } = context;
  const sources: SnapshotSource[] = [];
  const keep = plan.steps.find((step) => step.kind === 'keep');
  if (keep === undefined) {
    await workspace.createRelation({
      layer: 'staging',
      name: RAW_TABLE,
      kind: 'table',
      sql: emptyRawSql(),
      orderBy: [],
    });
  } else {
    await timeStep(keep, effects, emit, async () => ({ rows: await keepRecords(context) }));
    sources.push(...(plan.published?.sources ?? []));
  }
  for (const step of plan.steps.filter((candidate) => candidate.kind === 'load')) {
    const source = await timeStep(step, effects, emit, () => loadFile(step, sources, context));
    if (source.loaded !== undefined) sources.push(source.loaded);
  }
  return sources;
}

/** In the order of loading, so that the table is the same as if all files had been loaded at once. */
function keepRecords({ workspace, signal }: LoadContext): Promise<number> {
  const sql = `select * from ${workspace.previousRelation(RAW_TABLE)}`;
  return workspace.createRelation(
    { layer: 'staging', name: RAW_TABLE, kind: 'table', sql, orderBy: ['load_id', 'source_row'] },
    signal === undefined ? {} : { signal },
  );
}

async function loadFile(
  step: LoadStep,
  before: readonly SnapshotSource[],
  context: LoadContext,
): Promise<{ rows: number; loaded?: SnapshotSource }> {
  const { workspace, emit, tempDir, maxRecordBytes, signal } = context;
  const source = await scanSource(step.path, {
    tempDir,
    maxRecordBytes,
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done, total) => emit({ type: 'step-progress', step, share: total === 0 ? 1 : done / total }),
  });
  const same = before.find(({ sha256 }) => sha256 === source.sha256);
  if (same !== undefined) {
    emit({ type: 'source', source: { status: 'duplicate', source, loadId: same.loadId, sameAs: same.name } });
    emit({
      type: 'notice',
      level: 'info',
      message:
        same.name === source.name
          ? `${source.name} is in the data already; it changes nothing`
          : `${source.name} has the same content as ${same.name}, which is in the data already; it changes nothing`,
    });
    return { rows: 0 };
  }
  for (const warning of source.warnings) {
    emit({ type: 'notice', level: 'warn', message: `${source.name}: ${warning}` });
  }
  const loadId = Math.max(0, ...before.map((known) => known.loadId)) + 1;
  emit({ type: 'step-progress', step, detail: `storing ${source.recordCount.toLocaleString('en-US')} records` });
  const rows = await withProgress(step, workspace, emit, () => loadUnchanged(workspace, source, loadId, signal));
  emit({ type: 'source', source: { status: 'loaded', source, loadId } });
  const { name, sha256, bytes, recordCount, blankCount } = source;
  return { rows, loaded: { loadId, name, sha256, bytes, recordCount, blankCount } };
}

/** Whatever goes wrong with a file that has changed meanwhile, the change is what to say. */
async function loadUnchanged(
  workspace: Workspace,
  source: ScannedSource,
  loadId: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  try {
    return await loadSource(workspace, source, loadId, signal);
  } catch (error) {
    if (!(error instanceof CancelledError)) await assertUnchanged(source.path, source.identity);
    throw error;
  }
}
