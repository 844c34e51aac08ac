import type { Connection } from './connection.ts';
import { TABLE_STATUSES, type TableEntry, type TableRecord } from './records.ts';

/** Recording the same table of a run again replaces its row: first `running`, then how it ended. */
export function upsertTable(connection: Connection, runId: string, table: TableEntry): void {
  connection.execute(
    `insert into pipeline_runs
       (run_id, layer, table_name, status, start_time, end_time, duration_seconds, row_count, error_message)
     values (:runId, :layer, :tableName, :status, :startTime, :endTime, :durationSeconds, :rowCount, :errorMessage)
     on conflict (run_id, layer, table_name) do update set
       status = excluded.status, start_time = coalesce(excluded.start_time, start_time), end_time = excluded.end_time,
       duration_seconds = excluded.duration_seconds, row_count = excluded.row_count,
       error_message = excluded.error_message`,
    {
      runId,
      layer: table.layer,
      tableName: table.tableName,
      status: table.status,
      startTime: table.startTime?.toISOString(),
      endTime: table.endTime?.toISOString(),
      durationSeconds: table.durationSeconds,
      rowCount: table.rowCount,
      errorMessage: table.errorMessage,
    },
  );
}

export function selectTables(connection: Connection, runId: string): TableRecord[] {
  return connection.all('select * from pipeline_runs where run_id = :runId order by id', { runId }).map((row) => ({
    runId: row.text('run_id'),
    layer: row.text('layer'),
    tableName: row.text('table_name'),
    status: row.oneOf('status', TABLE_STATUSES),
    startTime: row.textOrNull('start_time'),
    endTime: row.textOrNull('end_time'),
    durationSeconds: row.numberOrNull('duration_seconds'),
    rowCount: row.numberOrNull('row_count'),
    errorMessage: row.textOrNull('error_message'),
  }));
}
