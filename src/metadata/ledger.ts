import type { Connection } from './connection.ts';
import { LEDGER_MEASURES, LEDGER_STATUSES, type LedgerEntry, type LedgerRecord } from './records.ts';

/** Lines recorded later go on counting after the run's earlier ones. */
export function insertLedger(connection: Connection, runId: string, lines: readonly LedgerEntry[]): void {
  connection.transaction(() => {
    const last = connection.first(
      'select coalesce(max(position), 0) as position from reconciliation_ledger where run_id = :runId',
      { runId },
    );
    let position = last?.number('position') ?? 0;
    for (const { stage, measure, expected, actual, difference, status } of lines) {
      position += 1;
      connection.execute(
        `insert into reconciliation_ledger (run_id, position, stage, measure, expected, actual, difference, status)
         values (:runId, :position, :stage, :measure, :expected, :actual, :difference, :status)`,
        { runId, position, stage, measure, expected, actual, difference, status },
      );
    }
  });
}

export function selectLedger(connection: Connection, runId: string): LedgerRecord[] {
  const rows = connection.all('select * from reconciliation_ledger where run_id = :runId order by position', { runId });
  return rows.map((row) => ({
    runId: row.text('run_id'),
    position: row.number('position'),
    stage: row.text('stage'),
    measure: row.oneOf('measure', LEDGER_MEASURES),
    expected: row.text('expected'),
    actual: row.text('actual'),
    difference: row.text('difference'),
    status: row.oneOf('status', LEDGER_STATUSES),
  }));
}
