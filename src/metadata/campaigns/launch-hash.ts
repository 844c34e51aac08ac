import { createHash } from 'node:crypto';
import type { AssignmentEntry, LaunchRecord } from './launch-records.ts';

/** SHA-256 over assignments in the order in which they come: one JSON array a line. */
export function openAssignmentsHash() {
  const hash = createHash('sha256');
  return {
    add: ({ customerId, campaignGroup, stratum, expectedRevenue, estimatedValue }: AssignmentEntry): void => {
      hash.update(`${JSON.stringify([customerId, campaignGroup, stratum, expectedRevenue, estimatedValue])}\n`);
    },
    digest: (): string => hash.digest('hex'),
  };
}

/** SHA-256 over everything that a launch says, the hash of the launch before included: the link of the chain. */
export function launchHashOf(launch: Omit<LaunchRecord, 'launchHash'>): string {
  const content = [
    launch.launchNumber,
    launch.launchId,
    launch.snapshotId,
    launch.launchedOn,
    launch.launchedAt,
    launch.campaignType,
    launch.windowDays,
    launch.targets,
    launch.controls,
    launch.settingsJson,
    launch.assignmentsHash,
    launch.previousHash,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
