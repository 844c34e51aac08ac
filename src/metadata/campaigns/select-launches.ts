import type { Connection } from '../connection.ts';
import type { Row } from '../row.ts';
import { type AssignmentEntry, type AssignmentRecord, CAMPAIGN_GROUPS, type LaunchRecord } from './launch-records.ts';

/** In the order in which they were recorded. */
export function selectLaunches(connection: Connection): LaunchRecord[] {
  return connection.all('select * from campaign_launches order by launch_number').map((row) => ({
    launchNumber: row.number('launch_number'),
    launchId: row.text('launch_id'),
    snapshotId: row.text('snapshot_id'),
    launchedOn: row.text('launched_on'),
    launchedAt: row.text('launched_at'),
    campaignType: row.text('campaign_type'),
    windowDays: row.number('window_days'),
    targets: row.number('targets'),
    controls: row.number('controls'),
    settingsJson: row.text('settings_json'),
    assignmentsHash: row.text('assignments_hash'),
    previousHash: row.text('previous_hash'),
    launchHash: row.text('launch_hash'),
  }));
}

/** The assignments of one launch by customer id, row by row. */
export function* iterateAssignments(connection: Connection, launchNumber: number): Generator<AssignmentEntry> {
  const rows = connection.iterate(
    'select * from campaign_assignments where launch_number = :launchNumber order by customer_id',
    { launchNumber },
  );
  for (const row of rows) yield assignmentOf(row);
}

/** All assignments of launches before a day, by launch and customer id, row by row. */
export function* iterateAssignmentsBefore(connection: Connection, day: string): Generator<AssignmentRecord> {
  const rows = connection.iterate(
    `select launch_id, launched_on, campaign_type, window_days, campaign_assignments.*
     from campaign_launches inner join campaign_assignments using (launch_number)
     where launched_on < :day order by launch_number, customer_id`,
    { day },
  );
  for (const row of rows) {
    yield {
      ...assignmentOf(row),
      launchId: row.text('launch_id'),
      launchedOn: row.text('launched_on'),
      campaignType: row.text('campaign_type'),
      windowDays: row.number('window_days'),
    };
  }
}

function assignmentOf(row: Row): AssignmentEntry {
  return {
    customerId: row.text('customer_id'),
    campaignGroup: row.oneOf('campaign_group', CAMPAIGN_GROUPS),
    stratum: row.text('stratum'),
    expectedRevenue: row.textOrNull('expected_revenue'),
    estimatedValue: row.textOrNull('estimated_value'),
  };
}
