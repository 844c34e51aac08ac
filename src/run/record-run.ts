import type { Effects } from '../effects.ts';
import { LAYERS } from '../engines/layer.ts';
import { CancelledError } from '../errors.ts';
import { RAW_TABLE } from '../ingest/raw-table.ts';
import { SOURCES_TABLE } from '../ingest/sources-table.ts';
import type { MetadataStore } from '../metadata/store.ts';
import type { CheckResult } from '../quality/check-result.ts';
import { describeFailure } from '../quality/describe-failure.ts';
import type { RunListener, SourceEvent } from './events.ts';
import type { Plan, Step } from './plan.ts';

/** Writes what happens in a run into the run history, as it happens. */
export function recordRun(store: MetadataStore, runId: string, effects: Effects): RunListener {
  const started = new Map<Step, Date>();
  const waiting = new Set<Step>();
  let rawRows = 0;
  let files = 0;
  let buildsStaging = false;
  return (event) => {
    switch (event.type) {
      case 'run-started':
        buildsStaging = event.plan.carried.staging === undefined;
        if (event.plan.append) files = event.plan.published?.sources.length ?? 0;
        for (const step of event.plan.steps) waiting.add(step);
        store.transaction(() => recordPlan(store, runId, event.plan));
        break;
      case 'step-started':
        started.set(event.step, effects.now());
        waiting.delete(event.step);
        break;
      case 'source':
        recordSource(store, runId, event.source);
        if (event.source.status !== 'loaded') break;
        rawRows += event.source.source.recordCount;
        files++;
        break;
      case 'as-of':
        if (!buildsStaging) break;
        store.recordTable(runId, { layer: 'staging', tableName: RAW_TABLE, status: 'success', rowCount: rawRows });
        store.recordTable(runId, { layer: 'staging', tableName: SOURCES_TABLE, status: 'success', rowCount: files });
        break;
      case 'step-finished':
      case 'step-failed':
        if (event.step.kind === 'keep' && event.type === 'step-finished') rawRows += event.rows ?? 0;
        if (event.type === 'step-failed') recordSkipped(store, runId, waiting);
        if (event.step.kind === 'build') {
          const { layer, name } = event.step.model;
          store.recordTable(runId, {
            layer,
            tableName: name,
            status: event.type === 'step-finished' ? 'success' : failureOf(event.error),
            startTime: started.get(event.step),
            endTime: effects.now(),
            durationSeconds: event.durationSeconds,
            ...(event.type === 'step-finished' ? { rowCount: event.rows } : { errorMessage: messageOf(event.error) }),
          });
        }
        break;
      case 'checked':
        store.recordChecks(runId, event.results.map(toCheckEntry));
        break;
      case 'segments':
        store.recordSegments(runId, event.segments);
        break;
      case 'reconciled':
        store.recordLedger(runId, event.lines);
        break;
      default:
        break;
    }
  };
}

function recordPlan(store: MetadataStore, runId: string, plan: Plan): void {
  for (const layer of LAYERS.filter((candidate) => plan.carried[candidate] !== undefined)) {
    for (const [table, rowCount] of Object.entries(plan.published?.rowCounts ?? {})) {
      const [tableLayer = '', tableName = ''] = table.split('.');
      if (tableLayer === layer) store.recordTable(runId, { layer, tableName, status: 'carried', rowCount });
    }
  }
  recordCarriedSources(store, runId, plan);
  store.recordLineage(
    runId,
    plan.steps.flatMap((step) => {
      if (step.kind !== 'build') return [];
      const { model } = step;
      const models = model.dependsOn.map((name) => `${plan.project.models.get(name)?.layer}.${name}`);
      const sources = model.kind === 'sql' ? model.sources.map((name) => `staging.${name}`) : [];
      return [...sources, ...models].map((sourceTable) => ({
        sourceTable,
        targetTable: `${model.layer}.${model.name}`,
        transformationType: model.kind === 'sql' ? 'sql' : 'code',
      }));
    }),
  );
}

/** After a failure nothing new begins. */
function recordSkipped(store: MetadataStore, runId: string, waiting: Set<Step>): void {
  for (const step of waiting) {
    if (step.kind !== 'build') continue;
    store.recordTable(runId, { layer: step.model.layer, tableName: step.model.name, status: 'skipped' });
  }
  waiting.clear();
}

/** The files of the published data that this run takes over, as they were recorded when they were loaded. */
function recordCarriedSources(store: MetadataStore, runId: string, { published, steps }: Plan): void {
  const takesOver = steps.some((step) => step.kind === 'keep' || (step.kind === 'carry' && step.layer === 'staging'));
  if (published === undefined || !takesOver) return;
  const known = [...store.knownHashesOf(published.runId).values()];
  const entries = known.map(({ loadId, rejectedRows, ...source }) => ({
    ...source,
    ...(loadId === null ? {} : { loadId }),
    ...(rejectedRows === null ? {} : { rejectedRows }),
    status: 'carried' as const,
  }));
  store.recordSources(runId, entries);
}

function recordSource(store: MetadataStore, runId: string, { status, source, loadId }: SourceEvent): void {
  const { name, origin, bytes, sha256, recordCount, malformedCount, blankCount } = source;
  const entry = {
    fileName: name,
    path: origin,
    bytes,
    sha256,
    recordCount,
    malformedCount,
    blankCount,
    status,
    loadId,
  };
  store.recordSources(runId, [{ ...entry, loadedRows: status === 'loaded' ? recordCount : 0 }]);
  if (status === 'duplicate') return;
  store.recordLineage(
    runId,
    [RAW_TABLE, SOURCES_TABLE].map((table) => ({
      sourceTable: name,
      targetTable: `staging.${table}`,
      transformationType: 'load',
    })),
  );
}

/** Example rows stay out: they may hold personal data, and the run's error shows them. */
function toCheckEntry(result: CheckResult) {
  const { layer, table, kind, name, severity, status, expected, failingRows } = result;
  const [summary] = describeFailure(result);
  return {
    layer,
    tableName: table,
    checkType: kind,
    checkName: name,
    severity,
    status,
    expectedValue: expected,
    actualValue: failingRows === 0 ? 'all rows' : failingRows === 1 ? '1 row differs' : `${failingRows} rows differ`,
    failingRows,
    ...(failingRows === 0 ? {} : { errorDetails: summary }),
  };
}

function failureOf(error: unknown): 'failed' | 'cancelled' {
  return error instanceof CancelledError ? 'cancelled' : 'failed';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
