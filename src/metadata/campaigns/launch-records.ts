export const CAMPAIGN_GROUPS = ['target', 'control'] as const;
export type CampaignGroup = (typeof CAMPAIGN_GROUPS)[number];

/** One customer of a launch. */
export interface AssignmentEntry {
  readonly customerId: string;
  readonly campaignGroup: CampaignGroup;
  readonly stratum: string;
  /** Predicted revenue in the measurement window, in the currency of the data; null where it was withheld. */
  readonly expectedRevenue: string | null;
  /** What one more order would bring; null where the list says nothing. */
  readonly estimatedValue: string | null;
}

/** An assignment with its launch, as the table `campaign_assignments` has it. */
export interface AssignmentRecord extends AssignmentEntry {
  readonly launchId: string;
  readonly launchedOn: string;
  readonly campaignType: string;
  readonly windowDays: number;
}

/** A launch that is to be recorded. */
export interface LaunchEntry {
  readonly snapshotId: string;
  /** As-of date of the snapshot, YYYY-MM-DD. */
  readonly launchedOn: string;
  readonly campaignType: string;
  /** Length of the measurement window, which begins on the day after `launchedOn`. */
  readonly windowDays: number;
  /** What the list was made with, for those who ask later. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A launch as it was recorded. */
export interface LaunchRecord {
  /** 1 for the first launch of the ledger. */
  readonly launchNumber: number;
  readonly launchId: string;
  readonly snapshotId: string;
  readonly launchedOn: string;
  /** Wall clock, ISO 8601 in UTC. */
  readonly launchedAt: string;
  readonly campaignType: string;
  readonly windowDays: number;
  readonly targets: number;
  readonly controls: number;
  readonly settingsJson: string;
  /** SHA-256 over the assignments in the order of the customer ids. */
  readonly assignmentsHash: string;
  /** Hash of the launch before; empty for the first. */
  readonly previousHash: string;
  /** SHA-256 over all of the above. */
  readonly launchHash: string;
}
