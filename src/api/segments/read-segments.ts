import { type RowObject, toObjects, type Value } from '../../engines/result-set.ts';
import type { MetadataReader } from '../../metadata/reader.ts';
import type { PublishedReader } from '../../run/open-published.ts';
import { readObjects } from './read-objects.ts';
import type { SegmentProfile, SegmentReport } from './segment-report.ts';

const LAST_MONTH = `
  select cast(month_end as varchar) as month_end, from_segment, to_segment, customers from business.segment_migration
  where customers > 0 and month_end = (
    select coalesce(max(month_end) filter (where not is_as_of), max(month_end)) from business.segment_migration
  )
  order by from_segment, to_segment`;

/** Reads the segments of a published snapshot, and from the run history who moved since the one before it. */
export async function readSegments(
  { manifest, reader }: PublishedReader,
  history: Pick<MetadataReader, 'segmentMigrationOf'> | undefined,
): Promise<SegmentReport> {
  const objects = async (sql: string) => toObjects(await readObjects(reader, sql));
  const profiles = await objects('select * from business.segment_profiles order by segmentation, position');
  const moves = await objects(LAST_MONTH);
  const [money] = await objects('select max(currency) as currency from staging.stg_sources');
  const of = (segmentation: string) => profiles.filter((row) => row.segmentation === segmentation).map(toProfile);
  const [first] = moves;
  return {
    snapshotId: manifest.snapshotId,
    asOf: manifest.asOf,
    currency: money?.currency === undefined || money.currency === null ? null : String(money.currency),
    five: of('five'),
    rfm: of('rfm'),
    lastMonth: first === undefined ? null : { monthEnd: String(first.month_end), moves: moves.map(toMove) },
    sinceLastRun: history?.segmentMigrationOf(manifest.runId) ?? null,
  };
}

function toMove(row: RowObject) {
  return { from: String(row.from_segment), to: String(row.to_segment), customers: Number(row.customers) };
}

function toProfile(row: RowObject): SegmentProfile {
  return {
    segment: String(row.segment),
    customers: Number(row.customers),
    shareOfBase: Number(row.share_of_base),
    revenue: Number(row.revenue),
    shareOfRevenue: numberOrNull(row.share_of_revenue),
    avgLifetimeValue: numberOrNull(row.avg_lifetime_value),
    avgChurnRisk: numberOrNull(row.avg_churn_risk),
    avgOrderValue: numberOrNull(row.avg_order_value),
    medianDaysBetweenOrders: numberOrNull(row.median_days_between_orders),
    typicalNextSegment: row.typical_next_segment === null ? null : String(row.typical_next_segment),
    typicalNextShare: numberOrNull(row.typical_next_share),
    bootstrapStability: numberOrNull(row.bootstrap_stability),
  };
}

function numberOrNull(value: Value | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
