import type { Connection } from './connection.ts';
import type { SegmentEntry, SegmentMigrationRecord } from './records.ts';

/** Replaces what was recorded of the run before. */
export function insertSegments(
  connection: Connection,
  runId: string,
  { memberships, previousRunId, moves }: SegmentEntry,
): void {
  connection.transaction(() => {
    connection.execute('delete from segment_memberships where run_id = :runId', { runId });
    connection.execute('delete from segment_migrations where run_id = :runId', { runId });
    for (const [segment, customers] of Object.entries(memberships)) {
      connection.execute(
        'insert into segment_memberships (run_id, segment, customers) values (:runId, :segment, :customers)',
        { runId, segment, customers },
      );
    }
    for (const { from, to, customers } of previousRunId === undefined ? [] : moves) {
      connection.execute(
        `insert into segment_migrations (run_id, from_segment, to_segment, customers, previous_run_id)
         values (:runId, :from, :to, :customers, :previousRunId)`,
        { runId, from, to, customers, previousRunId },
      );
    }
  });
}

export function selectMemberships(connection: Connection, runId: string): Record<string, number> {
  const rows = connection.all('select * from segment_memberships where run_id = :runId order by segment', { runId });
  return Object.fromEntries(rows.map((row) => [row.text('segment'), row.number('customers')]));
}

export function selectSegmentMigration(connection: Connection, runId: string): SegmentMigrationRecord | undefined {
  const rows = connection.all(
    'select * from segment_migrations where run_id = :runId order by from_segment, to_segment',
    { runId },
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  return {
    runId,
    previousRunId: first.text('previous_run_id'),
    moves: rows.map((row) => ({
      from: row.text('from_segment'),
      to: row.text('to_segment'),
      customers: row.number('customers'),
    })),
  };
}
