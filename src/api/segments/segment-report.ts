import type { SegmentMigrationRecord, SegmentMove } from '../../metadata/records.ts';

/** A row of segment_profiles. Money is in the shop's currency, shares are percent, stability is 0 to 1. */
export interface SegmentProfile {
  readonly segment: string;
  readonly customers: number;
  readonly shareOfBase: number;
  readonly revenue: number;
  readonly shareOfRevenue: number | null;
  readonly avgLifetimeValue: number | null;
  readonly avgChurnRisk: number | null;
  readonly avgOrderValue: number | null;
  readonly medianDaysBetweenOrders: number | null;
  readonly typicalNextSegment: string | null;
  readonly typicalNextShare: number | null;
  readonly bootstrapStability: number | null;
}

/** What `segments` prints. */
export interface SegmentReport {
  readonly snapshotId: string;
  readonly asOf: string;
  /** ISO 4217 code that the input names; null where it names none. */
  readonly currency: string | null;
  readonly five: readonly SegmentProfile[];
  readonly rfm: readonly SegmentProfile[];
  /** Moves of the last month that is over, or to the as-of date where no month is. */
  readonly lastMonth: { readonly monthEnd: string; readonly moves: readonly SegmentMove[] } | null;
  /** Moves against the snapshot that was published before; null for a first run, and where they were not recorded. */
  readonly sinceLastRun: SegmentMigrationRecord | null;
}
