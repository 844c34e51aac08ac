import type { Connection } from '../connection.ts';
import { openAssignmentsHash } from './launch-hash.ts';
import { type AssignmentEntry, CAMPAIGN_GROUPS } from './launch-records.ts';

/** A customer on a list that is to be launched. */
export interface ListedCustomer extends AssignmentEntry {
  readonly campaignType: string;
}

/** What a staged list of one campaign type holds. */
export interface StagedCounts {
  readonly targets: number;
  readonly controls: number;
  readonly assignmentsHash: string;
}

/** Makes room for a list in a table of this connection alone: nothing of it outlives the connection. */
export function openStagedList(connection: Connection): void {
  connection.script(`
    create temp table if not exists staged_list (
      campaign_type text not null,
      customer_id text not null,
      campaign_group text not null,
      stratum text not null,
      expected_revenue text,
      estimated_value text,
      primary key (campaign_type, customer_id)
    ) without rowid;
    delete from staged_list;
  `);
}

export function stageCustomers(connection: Connection, customers: readonly ListedCustomer[]): void {
  connection.transaction(() => {
    for (const { campaignType, customerId, campaignGroup, stratum, expectedRevenue, estimatedValue } of customers) {
      connection.execute(
        `insert into staged_list
           (campaign_type, customer_id, campaign_group, stratum, expected_revenue, estimated_value)
         values (:campaignType, :customerId, :campaignGroup, :stratum, :expectedRevenue, :estimatedValue)`,
        { campaignType, customerId, campaignGroup, stratum, expectedRevenue, estimatedValue },
      );
    }
  });
}

/** Counts and hashes the staged customers of one campaign type as the ledger would hold them. */
export function readStaged(connection: Connection, campaignType: string): StagedCounts {
  const hash = openAssignmentsHash();
  const counts = { target: 0, control: 0 };
  const rows = connection.iterate(
    'select * from staged_list where campaign_type = :campaignType order by customer_id',
    { campaignType },
  );
  for (const row of rows) {
    const campaignGroup = row.oneOf('campaign_group', CAMPAIGN_GROUPS);
    counts[campaignGroup] += 1;
    hash.add({
      customerId: row.text('customer_id'),
      campaignGroup,
      stratum: row.text('stratum'),
      expectedRevenue: row.textOrNull('expected_revenue'),
      estimatedValue: row.textOrNull('estimated_value'),
    });
  }
  return { targets: counts.target, controls: counts.control, assignmentsHash: hash.digest() };
}
