import type { Connection } from './connection.ts';
import { CHECK_SEVERITIES, CHECK_STATUSES, type CheckCounts, type CheckEntry, type CheckRecord } from './records.ts';

export function insertChecks(connection: Connection, runId: string, checks: readonly CheckEntry[], now: Date): void {
  const checkTime = now.toISOString();
  connection.transaction(() => {
    for (const check of checks) {
      connection.execute(
        `insert into data_quality_checks
           (run_id, layer, table_name, check_type, check_name, severity, expected_value, actual_value, failing_rows,
            status, error_details, check_time)
         values (:runId, :layer, :tableName, :checkType, :checkName, :severity, :expectedValue, :actualValue,
            :failingRows, :status, :errorDetails, :checkTime)`,
        {
          runId,
          layer: check.layer,
          tableName: check.tableName,
          checkType: check.checkType,
          checkName: check.checkName,
          severity: check.severity,
          expectedValue: check.expectedValue,
          actualValue: check.actualValue,
          failingRows: check.failingRows,
          status: check.status,
          errorDetails: check.errorDetails,
          checkTime,
        },
      );
    }
  });
}

export function selectChecks(connection: Connection, runId: string): CheckRecord[] {
  const rows = connection.all('select * from data_quality_checks where run_id = :runId order by check_id', { runId });
  return rows.map((row) => ({
    checkId: row.number('check_id'),
    runId: row.text('run_id'),
    layer: row.text('layer'),
    tableName: row.text('table_name'),
    checkType: row.text('check_type'),
    checkName: row.text('check_name'),
    severity: row.oneOf('severity', CHECK_SEVERITIES),
    expectedValue: row.textOrNull('expected_value'),
    actualValue: row.textOrNull('actual_value'),
    failingRows: row.numberOrNull('failing_rows'),
    status: row.oneOf('status', CHECK_STATUSES),
    errorDetails: row.textOrNull('error_details'),
    checkTime: row.text('check_time'),
  }));
}

export function countChecks(connection: Connection, runId: string): CheckCounts {
  const row = connection.first(
    `select count(*) as total, count(*) filter (where status = 'passed') as passed,
       count(*) filter (where status = 'warned') as warned, count(*) filter (where status = 'failed') as failed
     from data_quality_checks where run_id = :runId`,
    { runId },
  );
  return {
    total: row?.number('total') ?? 0,
    passed: row?.number('passed') ?? 0,
    warned: row?.number('warned') ?? 0,
    failed: row?.number('failed') ?? 0,
  };
}
