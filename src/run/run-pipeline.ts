import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import type { Effects } from '../effects.ts';
import type { Engine } from '../engines/engine.ts';
import type { Layer } from '../engines/layer.ts';
import type { SourceTable } from '../engines/source-table.ts';
import { explained } from '../engines/system-error.ts';
import { CancelledError, QualityError } from '../errors.ts';
import { type MetadataStore, openMetadata } from '../metadata/store.ts';
import type { Project } from '../project/load-project.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { type RunListener, toAll } from './events.ts';
import { exclusively } from './exclusive.ts';
import type { LockInfo } from './lock.ts';
import { logRun } from './log-run.ts';
import { openLogger, type RunLogger } from './logger.ts';
import { recordRun } from './record-run.ts';
import { recoverFromCrash } from './recover.ts';
import { makeRunId } from './run-id.ts';
import type { RunSummary } from './summary.ts';

export interface RunRequest {
  /** Real paths, resolved. */
  readonly files: readonly string[];
  readonly tables: readonly SourceTable[];
  readonly append: boolean;
  readonly skipLayers: readonly Layer[];
}

export interface RunContext {
  readonly config: Config;
  readonly engine: Engine;
  readonly effects: Effects;
  readonly version: string;
  /** What the run is called in the history and the lock. */
  readonly command: string;
  loadProject(): Promise<Project>;
  readonly listener?: RunListener;
  readonly signal?: AbortSignal;
}

/** A run under way. */
export interface Running {
  readonly runId: string;
  readonly store: MetadataStore;
  readonly emit: RunListener;
  /** Seconds since the run began. */
  elapsedSeconds(): number;
}

/**
 * Runs the pipeline: one run at a time, built apart, checked, and published as a whole or not at all.
 * @throws RunError, InputError, ProjectError, QualityError or CancelledError; published data is untouched then.
 */
export async function runPipeline(request: RunRequest, context: RunContext): Promise<RunSummary> {
  const { config, engine, effects, command } = context;
  const start = effects.monotonicMs();
  const runId = makeRunId(effects);
  try {
    return await exclusively({ dataDir: config.dataDir, engine, runId, command, effects }, (stale) =>
      loggedRun(runId, context, (log) => recordedRun(request, context, { runId, log, stale, start })),
    );
  } catch (error) {
    throw explained(error);
  }
}

async function loggedRun(
  runId: string,
  { config, effects }: RunContext,
  run: (log: RunLogger) => Promise<RunSummary>,
): Promise<RunSummary> {
  const file = join(config.dataDir, 'logs', 'pipeline.log');
  const log = await openLogger({ file, level: config.logLevel, runId, effects });
  try {
    const summary = await run(log);
    log.info('run finished', { durationSeconds: summary.durationSeconds, changed: summary.changed });
    return summary;
  } catch (error) {
    log.error('run failed', { err: error });
    throw error;
  } finally {
    log.close();
  }
}

interface Recording {
  readonly runId: string;
  readonly log: RunLogger;
  readonly stale: LockInfo | undefined;
  /** From `Effects.monotonicMs`. */
  readonly start: number;
}

async function recordedRun(request: RunRequest, context: RunContext, recording: Recording): Promise<RunSummary> {
  const { config, engine, effects, command, version } = context;
  const { runId, log, stale, start } = recording;
  const store = openMetadata(join(config.dataDir, 'metadata.db'), effects);
  try {
    const listeners = [logRun(log), recordRun(store, runId, effects), ...(context.listener ? [context.listener] : [])];
    const elapsedSeconds = () => (effects.monotonicMs() - start) / 1000;
    const running: Running = { runId, store, emit: toAll(listeners), elapsedSeconds };
    const asOf = config.asOf ?? undefined;
    store.beginRun({ runId, command, engine: engine.name, pid: process.pid, version, config, asOf });
    try {
      await recoverFromCrash(engine, store, stale, running);
      const summary = await buildSnapshot(request, context, running);
      const end = { asOf: summary.asOf, snapshotId: summary.snapshotId, summary };
      store.finishRun(runId, { status: 'success', durationSeconds: elapsedSeconds(), ...end });
      return summary;
    } catch (error) {
      recordFailure(running, error);
      throw error;
    }
  } finally {
    store.close();
  }
}

/** A history that cannot be written (a full disk) must not hide why the run failed; the next run marks it as crashed. */
function recordFailure({ runId, store, emit, elapsedSeconds }: Running, error: unknown): void {
  const errorMessage = error instanceof Error ? error.message : String(error);
  try {
    store.finishRun(runId, { status: statusOf(error), durationSeconds: elapsedSeconds(), errorMessage });
  } catch (second) {
    const message = second instanceof Error ? second.message : String(second);
    emit({ type: 'notice', level: 'warn', message: `the end of the run could not be recorded: ${message}` });
  }
}

function statusOf(error: unknown): 'failed' | 'cancelled' | 'blocked' {
  if (error instanceof CancelledError) return 'cancelled';
  return error instanceof QualityError ? 'blocked' : 'failed';
}
