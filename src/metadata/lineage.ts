import type { Connection } from './connection.ts';
import type { LineageEntry, LineageRecord } from './records.ts';

/** A relation that the run has already recorded is not stored twice. */
export function insertLineage(connection: Connection, runId: string, lineage: readonly LineageEntry[]): void {
  connection.transaction(() => {
    for (const { sourceTable, targetTable, transformationType } of lineage) {
      connection.execute(
        `insert into table_lineage (run_id, source_table, target_table, transformation_type)
         values (:runId, :sourceTable, :targetTable, :transformationType) on conflict do nothing`,
        { runId, sourceTable, targetTable, transformationType },
      );
    }
  });
}

export function selectLineage(connection: Connection, runId: string): LineageRecord[] {
  const rows = connection.all('select * from table_lineage where run_id = :runId order by lineage_id', { runId });
  return rows.map((row) => ({
    runId: row.text('run_id'),
    sourceTable: row.text('source_table'),
    targetTable: row.text('target_table'),
    transformationType: row.text('transformation_type'),
  }));
}
