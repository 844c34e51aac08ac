import type { Effects } from '../effects.ts';
import type { SnapshotSource, Workspace } from '../engines/engine.ts';
import { CancelledError, InputError } from '../errors.ts';
import { withSourcePath } from '../ingest/copied-table.ts';
import { assertUnchanged } from '../ingest/file-identity.ts';
import { loadSource } from '../ingest/load-source.ts';
import { emptySql, RAW_COLUMNS, RAW_TABLE } from '../ingest/raw-table.ts';
import type { ReadingOptions } from '../ingest/reading-options.ts';
import { recordSource } from '../ingest/record-source.ts';
import { type ScannedSource, type ScanOptions, scanSource } from '../ingest/scan-source.ts';
import { refuseDrift, schemaDrift } from '../ingest/schema-drift.ts';
import { SOURCES_COLUMNS, SOURCES_TABLE } from '../ingest/sources-table.ts';
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
  readonly reading: ReadingOptions;
  /** What becomes of an appended file with other columns than any before. */
  readonly schemaDrift: 'refuse' | 'allow';
  readonly signal?: AbortSignal;
}

type LoadStep = Extract<Step, { kind: 'load' }>;

/** Fills the raw table: the records kept from before, then each new file. Returns what the table holds, by file. */
export async function loadFiles(context: LoadContext): Promise<SnapshotSource[]> {
  const { plan, workspace, effects, emit } = context;
  const sources: SnapshotSource[] = [];
  const keep = plan.steps.find((step) => step.kind === 'keep');
  if (keep === undefined) {
    for (const [name, columns] of ingestTables) {
      await workspace.createRelation({ layer: 'staging', name, kind: 'table', sql: emptySql(columns), orderBy: [] });
    }
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

const ingestTables = [
  [RAW_TABLE, RAW_COLUMNS],
  [SOURCES_TABLE, SOURCES_COLUMNS],
] as const;

/** In the order of loading, so that the tables are the same as if all files had been loaded at once. Returns the records. */
async function keepRecords({ workspace, signal }: LoadContext): Promise<number> {
  const cancel = signal === undefined ? {} : { signal };
  const keep = (name: string, orderBy: readonly string[]) => {
    const sql = `select * from ${workspace.previousRelation(name)}`;
    return workspace.createRelation({ layer: 'staging', name, kind: 'table', sql, orderBy }, cancel);
  };
  await keep(SOURCES_TABLE, ['load_id']);
  return keep(RAW_TABLE, ['load_id', 'source_row']);
}

async function loadFile(
  step: LoadStep,
  before: readonly SnapshotSource[],
  context: LoadContext,
): Promise<{ rows: number; loaded?: SnapshotSource }> {
  const { emit, tempDir, maxRecordBytes, reading, signal } = context;
  const options: ScanOptions = {
    ...reading,
    tempDir,
    maxRecordBytes,
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done, total) => emit({ type: 'step-progress', step, share: total === 0 ? 1 : done / total }),
  };
  const onCopied = (bytes: number) =>
    emit({
      type: 'step-progress',
      step,
      detail: `reading, ${Math.floor(bytes / 2 ** 20).toLocaleString('en-US')} MiB`,
    });
  return withSourcePath(
    step,
    options,
    async (path, scanOptions) => loadScanned(step, await scanSource(path, scanOptions), before, context),
    onCopied,
  );
}

async function loadScanned(
  step: LoadStep,
  source: ScannedSource,
  before: readonly SnapshotSource[],
  context: LoadContext,
): Promise<{ rows: number; loaded?: SnapshotSource }> {
  const { plan, workspace, emit, signal } = context;
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
  const drift = plan.append ? schemaDrift(source, plan.published?.sources ?? []) : undefined;
  if (drift !== undefined && context.schemaDrift === 'refuse') refuseDrift(source.name, drift);
  assertSameCurrency(source, before);
  for (const warning of source.warnings) {
    emit({ type: 'notice', level: 'warn', message: `${source.name}: ${warning}` });
  }
  const loadId = Math.max(0, ...before.map((known) => known.loadId)) + 1;
  emit({ type: 'step-progress', step, detail: `storing ${source.recordCount.toLocaleString('en-US')} records` });
  const rows = await withProgress(step, workspace, emit, () => loadUnchanged(workspace, source, loadId, signal));
  const batchNo =
    1 + Math.max(0, ...(plan.append ? (plan.published?.sources ?? []) : []).map((known) => known.batchNo ?? 1));
  await recordSource(workspace, source, loadId);
  emit({ type: 'source', source: { status: 'loaded', source, loadId } });
  return { rows, loaded: describeLoaded(source, loadId, batchNo) };
}

function describeLoaded(source: ScannedSource, loadId: number, batchNo: number): SnapshotSource {
  const { name, sha256, bytes, recordCount, blankCount, columns, understanding } = source;
  const { layout, currency } = understanding;
  const named = currency === undefined ? {} : { currency };
  return { loadId, name, sha256, bytes, recordCount, blankCount, batchNo, columns, layout: layout.title, ...named };
}

/** @throws InputError where a file names another currency than one before. */
function assertSameCurrency(
  { name, understanding: { currency } }: ScannedSource,
  before: readonly SnapshotSource[],
): void {
  const other = before.find((known) => known.currency !== undefined && known.currency !== currency);
  if (currency === undefined || other === undefined) return;
  throw new InputError(`${name} has amounts in ${currency}, but ${other.name} has them in ${other.currency}`, {
    remedy: 'Amounts of several currencies cannot be added up: use a data folder for each (--data-dir).',
  });
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
