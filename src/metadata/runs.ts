import type { Connection } from './connection.ts';
import { jsonText } from './json-text.ts';
import { RUN_STATUSES, type RunEnd, type RunRecord, type RunStart } from './records.ts';
import type { Row } from './row.ts';

export function insertRun(connection: Connection, run: RunStart, now: Date): number {
  const row = connection.first(
    `insert into runs (run_id, command, status, started_at, as_of, engine, config_json, pid, version)
     values (:runId, :command, 'running', :now, :asOf, :engine, :config, :pid, :version) returning run_number`,
    {
      runId: run.runId,
      command: run.command,
      now: now.toISOString(),
      asOf: run.asOf,
      engine: run.engine,
      config: jsonText(run.config),
      pid: run.pid,
      version: run.version,
    },
  );
  if (row === undefined) throw new Error(`run ${run.runId} was not stored`);
  return row.number('run_number');
}

export function updateRunEnd(connection: Connection, runId: string, end: RunEnd, now: Date): void {
  const changed = connection.execute(
    `update runs set status = :status, ended_at = :now, duration_seconds = :durationSeconds,
       as_of = coalesce(:asOf, as_of), snapshot_id = :snapshotId, error_message = :errorMessage, summary_json = :summary
     where run_id = :runId and status = 'running'`,
    {
      runId,
      now: now.toISOString(),
      status: end.status,
      durationSeconds: end.durationSeconds,
      asOf: end.asOf,
      snapshotId: end.snapshotId,
      errorMessage: end.errorMessage,
      summary: jsonText(end.summary),
    },
  );
  if (changed === 0) throw new Error(`run ${runId} is not under way`);
}

export function updateRunModels(connection: Connection, runId: string, sha256: string): void {
  connection.execute('update runs set models_sha256 = :sha256 where run_id = :runId', { runId, sha256 });
}

export function updateRunCrashed(connection: Connection, runId: string, note: string): boolean {
  return connection.transaction(() => {
    const changed = connection.execute(
      `update runs set status = 'crashed', error_message = :note where run_id = :runId and status = 'running'`,
      { runId, note },
    );
    if (changed === 0) return false;
    connection.execute(
      `update pipeline_runs set status = 'crashed', error_message = :note where run_id = :runId and status = 'running'`,
      { runId, note },
    );
    return true;
  });
}

export function selectLastRuns(connection: Connection, limit: number): RunRecord[] {
  return connection.all('select * from runs order by run_number desc limit :limit', { limit }).map(runRecord);
}

export function selectUnfinishedRuns(connection: Connection): RunRecord[] {
  return connection.all(`select * from runs where status = 'running' order by run_number`).map(runRecord);
}

export function selectRun(connection: Connection, runId: string): RunRecord | undefined {
  const row = connection.first('select * from runs where run_id = :runId', { runId });
  return row === undefined ? undefined : runRecord(row);
}

function runRecord(row: Row): RunRecord {
  return {
    runNumber: row.number('run_number'),
    runId: row.text('run_id'),
    command: row.text('command'),
    status: row.oneOf('status', RUN_STATUSES),
    startedAt: row.text('started_at'),
    endedAt: row.textOrNull('ended_at'),
    durationSeconds: row.numberOrNull('duration_seconds'),
    asOf: row.textOrNull('as_of'),
    engine: row.textOrNull('engine'),
    snapshotId: row.textOrNull('snapshot_id'),
    errorMessage: row.textOrNull('error_message'),
    config: row.json('config_json'),
    summary: row.json('summary_json'),
    pid: row.numberOrNull('pid'),
    version: row.textOrNull('version'),
    modelsSha256: row.textOrNull('models_sha256'),
  };
}
