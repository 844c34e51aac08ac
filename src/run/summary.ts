import type { Queryable, SnapshotSource } from '../engines/engine.ts';
import type { Layer } from '../engines/layer.ts';
import { type RowObject, toObjects, type Value } from '../engines/result-set.ts';
import type { CheckTotals } from '../quality/check-result.ts';
import { type ForecastFigures, readForecastFigures } from './forecast-figures.ts';
import { type Insight, toInsight } from './insight.ts';
import { type PredictionFigures, readPredictionFigures } from './prediction-figures.ts';

/** `skipped`: taken over from the published data. */
export type LayerStatus = 'success' | 'skipped';

export interface LayerOutcome {
  readonly status: LayerStatus;
  readonly durationSeconds: number;
}

/** As segment_states has them. */
const FIVE_SEGMENTS = ['High Value', 'Regular', 'New', 'At Risk', 'Lost'];

/** What `run --json` prints and `getPipelineReport()` returns. Money is in the shop's currency. */
export interface RunSummary {
  readonly runId: string;
  readonly status: 'success';
  readonly asOf: string;
  readonly durationSeconds: number;
  readonly layers: {
    readonly staging: LayerOutcome & StagingFigures;
    readonly warehouse: LayerOutcome & WarehouseFigures;
    readonly business: LayerOutcome & BusinessFigures;
  };
  readonly quality: CheckTotals;
  readonly insights: readonly Insight[];
  /** Orders and revenue of the months to come. */
  readonly forecast: ForecastFigures;
  /** ISO 4217 code that the input names; null where it names none. */
  readonly currency: string | null;
  /** False where the input held nothing new, so that the published data stays as it is. */
  readonly changed: boolean;
  /** The published snapshot that the figures are of. */
  readonly snapshotId: string;
}

export interface StagingFigures {
  readonly rawRecords: number;
  readonly cleanRecords: number;
  readonly rejectedRecords: number;
  /** Refused records by reason code. */
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** Refused records of orders without a customer, and their money; part of the above. */
  readonly guestRecords: number;
  readonly guestAmount: number;
  /** Records that are understood and do not count: cancelled, details, repeated ... */
  readonly setAsideRecords: number;
  readonly setAsideByKind: Readonly<Record<string, number>>;
  /** Of the files that the last run loaded: orders that no earlier file speaks of, and those that it has changed. */
  readonly newOrders: number;
  readonly changedOrders: number;
  /** Of the files that the last run loaded: records dated before the last day of the files before. */
  readonly lateRecords: number;
}

export interface WarehouseFigures {
  readonly customers: number;
  readonly orders: number;
  readonly revenue: number;
  readonly returns: number;
  readonly firstOrderDate: string;
}

export interface BusinessFigures {
  readonly months: number;
  readonly cohortCells: number;
  readonly campaignTargets: number;
  readonly insights: number;
  /** Comparisons that were tested for insights. */
  readonly comparisonsTried: number;
  /** Customers by segment, the five all named. */
  readonly segments: Readonly<Record<string, number>>;
  readonly campaigns: Readonly<Record<string, number>>;
  readonly ordersPerCustomer: Readonly<Record<string, number>>;
  readonly predictions: PredictionFigures;
}

/** The figures that a person wants to see after a run, read from built or published layers. */
export interface Figures {
  readonly staging: StagingFigures;
  readonly warehouse: WarehouseFigures;
  readonly business: BusinessFigures;
  readonly insights: readonly Insight[];
  readonly forecast: ForecastFigures;
  readonly currency: string | null;
}

/** The files that the last run of those that made the data has loaded. */
export function lastLoads(sources: readonly SnapshotSource[]): number[] {
  const last = Math.max(0, ...sources.map(({ batchNo = 1 }) => batchNo));
  return sources.filter(({ batchNo = 1 }) => batchNo === last).map(({ loadId }) => loadId);
}

/** Reads the figures of a summary. `relation` gives the quoted name of a table, `lastLoadIds` are the files that the last run loaded. */
export async function readFigures(
  database: Queryable,
  relation: (layer: Layer, name: string) => string,
  lastLoadIds: readonly number[],
): Promise<Figures> {
  const staging = (name: string) => relation('staging', name);
  const warehouse = (name: string) => relation('warehouse', name);
  const business = (name: string) => relation('business', name);
  const objects = async (sql: string) => toObjects(await database.query(sql));
  const counts = async (sql: string) => toCounts(await objects(sql));
  const loads = staging('stg_loads');
  const lastLoads = `${loads} where load_id in (${[0, ...lastLoadIds].join(', ')})`;
  const [totals = {}] = await objects(`
    select
      (select count(*) from ${staging('stg_sales_raw')}) as raw_records,
      (select count(*) from ${staging('stg_sales_clean')}) as clean_records,
      (select count(*) from ${staging('stg_sales_rejected')}) as rejected_records,
      (select count(*) from ${staging('stg_sales_set_aside')}) as set_aside_records,
      (select sum(guest_records) from ${loads}) as guest_records,
      (select sum(guest_amount) from ${loads}) as guest_amount,
      (select sum(new_orders) from ${lastLoads}) as new_orders,
      (select sum(changed_orders) from ${lastLoads}) as changed_orders,
      (select sum(late_records) from ${lastLoads}) as late_records,
      (select max(currency) from ${staging('stg_sources')}) as currency,
      (select count(*) from ${warehouse('dim_customer')}) as customers,
      (select count(*) from ${warehouse('dim_order')} where not is_return) as orders,
      (select coalesce(sum(sales_amount), 0) from ${warehouse('fact_sales')}) as revenue,
      (select count(*) from ${warehouse('fact_sales')} where is_return) as returns,
      (select cast(min(first_order_date) as varchar) from ${warehouse('dim_customer')}) as first_order_date,
      (select count(*) from ${business('monthly_metrics')}) as months,
      (select count(*) from ${business('cohort_analysis')}) as cohort_cells,
      (select count(*) from ${business('campaign_targets')}) as campaign_targets,
      (select count(p_value) from ${business('insight_candidates')}) as comparisons_tried`);
  const insights = await objects(`select * from ${business('business_insights')} order by insight_id`);
  return {
    staging: {
      rawRecords: number(totals.raw_records),
      cleanRecords: number(totals.clean_records),
      rejectedRecords: number(totals.rejected_records),
      rejectedByReason: await counts(
        `select reason_code as name, count(*) as n from ${staging('stg_sales_rejected')} group by 1 order by 2 desc, 1`,
      ),
      guestRecords: number(totals.guest_records),
      guestAmount: number(totals.guest_amount),
      setAsideRecords: number(totals.set_aside_records),
      setAsideByKind: await counts(
        `select set_aside_kind as name, count(*) as n from ${staging('stg_sales_set_aside')} group by 1 order by 2 desc, 1`,
      ),
      newOrders: number(totals.new_orders),
      changedOrders: number(totals.changed_orders),
      lateRecords: number(totals.late_records),
    },
    warehouse: {
      customers: number(totals.customers),
      orders: number(totals.orders),
      revenue: number(totals.revenue),
      returns: number(totals.returns),
      firstOrderDate: String(totals.first_order_date ?? ''),
    },
    business: {
      months: number(totals.months),
      cohortCells: number(totals.cohort_cells),
      campaignTargets: number(totals.campaign_targets),
      insights: insights.length,
      comparisonsTried: number(totals.comparisons_tried),
      segments: withEmpty(
        await counts(
          `select customer_segment as name, count(*) as n from ${business('customer_segments')} group by 1 order by 2 desc, 1`,
        ),
      ),
      campaigns: await counts(
        `select campaign_type as name, count(*) as n from ${business('campaign_targets')} group by 1 order by 2 desc, 1`,
      ),
      ordersPerCustomer: await counts(
        `select total_orders as name, count(*) as n from ${warehouse('dim_customer')} group by 1 order by total_orders`,
      ),
      predictions: await readPredictionFigures(objects, business),
    },
    insights: insights.map(toInsight),
    forecast: await readForecastFigures(objects, business),
    currency: totals.currency === null || totals.currency === undefined ? null : String(totals.currency),
  };
}

function number(value: Value | undefined): number {
  return Number(value ?? 0);
}

function toCounts(rows: readonly RowObject[]): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [String(row.name), number(row.n)]));
}

/** A segment that nobody is in is a finding too. */
function withEmpty(counts: Readonly<Record<string, number>>): Record<string, number> {
  const empty = FIVE_SEGMENTS.filter((name) => counts[name] === undefined).map((name) => [name, 0]);
  return { ...counts, ...Object.fromEntries(empty) };
}
