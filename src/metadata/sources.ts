import type { Connection } from './connection.ts';
import { SOURCE_STATUSES, type SourceEntry, type SourceRecord } from './records.ts';

export function insertSources(connection: Connection, runId: string, sources: readonly SourceEntry[], now: Date): void {
  connection.transaction(() => {
    for (const source of sources) {
      connection.execute(
        `insert into source_files (run_id, load_id, file_name, path, bytes, sha256, record_count, loaded_rows,
           rejected_rows, malformed_count, blank_count, status, loaded_at)
         values (:runId, :loadId, :fileName, :path, :bytes, :sha256, :recordCount, :loadedRows, :rejectedRows,
           :malformedCount, :blankCount, :status, :loadedAt)`,
        {
          runId,
          loadId: source.loadId,
          fileName: source.fileName,
          path: source.path,
          bytes: source.bytes,
          sha256: source.sha256,
          recordCount: source.recordCount,
          loadedRows: source.loadedRows,
          rejectedRows: source.rejectedRows,
          malformedCount: source.malformedCount,
          blankCount: source.blankCount,
          status: source.status,
          loadedAt: source.loadedAt ?? now.toISOString(),
        },
      );
    }
  });
}

export function selectSources(connection: Connection, runId: string): SourceRecord[] {
  return connection
    .all('select * from source_files where run_id = :runId order by source_id', { runId })
    .map((row) => ({
      runId: row.text('run_id'),
      loadId: row.numberOrNull('load_id'),
      fileName: row.text('file_name'),
      path: row.text('path'),
      bytes: row.number('bytes'),
      sha256: row.text('sha256'),
      recordCount: row.number('record_count'),
      loadedRows: row.number('loaded_rows'),
      rejectedRows: row.numberOrNull('rejected_rows'),
      malformedCount: row.number('malformed_count'),
      blankCount: row.number('blank_count'),
      status: row.oneOf('status', SOURCE_STATUSES),
      loadedAt: row.text('loaded_at'),
    }));
}
