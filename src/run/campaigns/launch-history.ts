import type { MetadataReader } from '../../metadata/reader.ts';

/** A launch as the ledger has it. */
export interface Launch {
  readonly launchId: string;
  readonly campaignType: string;
  /** As-of date of the snapshot whose list was launched. */
  readonly launchedOn: string;
  /** Wall clock, ISO 8601 in UTC. */
  readonly launchedAt: string;
  readonly targets: number;
  readonly controls: number;
  readonly windowDays: number;
  /** Last day of the measurement window. */
  readonly windowEnds: string;
  readonly snapshotId: string;
  /** SHA-256 that seals the launch and all before it. */
  readonly launchHash: string;
}

/** Newest first. */
export function launchHistory(history: MetadataReader | undefined): Launch[] {
  return (history?.launches() ?? [])
    .map(
      ({ launchId, campaignType, launchedOn, launchedAt, targets, controls, windowDays, snapshotId, launchHash }) => ({
        launchId,
        campaignType,
        launchedOn,
        launchedAt,
        targets,
        controls,
        windowDays,
        windowEnds: daysAfter(launchedOn, windowDays),
        snapshotId,
        launchHash,
      }),
    )
    .reverse();
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
