import type { Connection } from './connection.ts';
import { jsonText } from './json-text.ts';
import { SNAPSHOT_STATUSES, type SnapshotEntry, type SnapshotRecord } from './records.ts';
import type { Row } from './row.ts';

/** Recorded again (a crash came between publishing and recording), a snapshot replaces its row. */
export function upsertPublishedSnapshot(connection: Connection, snapshot: SnapshotEntry, now: Date): void {
  connection.transaction(() => {
    connection.execute(
      `insert into snapshots (snapshot_id, run_id, created_at, status, layers_json, row_counts_json)
       values (:snapshotId, :runId, :now, 'retired', :layers, :rowCounts)
       on conflict (snapshot_id) do update set run_id = excluded.run_id, status = 'retired',
         layers_json = excluded.layers_json, row_counts_json = excluded.row_counts_json`,
      {
        snapshotId: snapshot.snapshotId,
        runId: snapshot.runId,
        now: now.toISOString(),
        layers: jsonText(snapshot.layers),
        rowCounts: jsonText(snapshot.rowCounts),
      },
    );
    updatePublishedSnapshot(connection, snapshot.snapshotId, now);
  });
}

/** Makes this snapshot the published one and retires the one that was; false, and no change, if it is not kept. */
export function updatePublishedSnapshot(connection: Connection, snapshotId: string, now: Date): boolean {
  return connection.transaction(() => {
    const changed = connection.execute(
      `update snapshots set status = 'published', published_at = :now, retired_at = null
       where snapshot_id = :snapshotId and status <> 'removed'`,
      { snapshotId, now: now.toISOString() },
    );
    if (changed === 0) return false;
    connection.execute(
      `update snapshots set status = 'retired', retired_at = :now
       where status = 'published' and snapshot_id <> :snapshotId`,
      { snapshotId, now: now.toISOString() },
    );
    return true;
  });
}

/** False, and no change, if there is no retired snapshot of this id. */
export function updateRemovedSnapshot(connection: Connection, snapshotId: string): boolean {
  const changed = connection.execute(
    `update snapshots set status = 'removed' where snapshot_id = :snapshotId and status = 'retired'`,
    { snapshotId },
  );
  return changed === 1;
}

export function selectSnapshots(connection: Connection): SnapshotRecord[] {
  return connection.all('select * from snapshots order by rowid').map(snapshotRecord);
}

export function selectPublishedSnapshot(connection: Connection): SnapshotRecord | undefined {
  const row = connection.first(`select * from snapshots where status = 'published'`);
  return row === undefined ? undefined : snapshotRecord(row);
}

function snapshotRecord(row: Row): SnapshotRecord {
  return {
    snapshotId: row.text('snapshot_id'),
    runId: row.text('run_id'),
    createdAt: row.text('created_at'),
    publishedAt: row.textOrNull('published_at'),
    retiredAt: row.textOrNull('retired_at'),
    status: row.oneOf('status', SNAPSHOT_STATUSES),
    layers: row.jsonObject('layers_json', (value) => typeof value === 'string'),
    rowCounts: row.jsonObject('row_counts_json', (value) => typeof value === 'number'),
  };
}
