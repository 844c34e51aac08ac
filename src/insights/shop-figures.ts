import type { CodeModelContext } from '../project/model.ts';

/** What several comparisons need to know of the shop. */
export interface ShopFigures {
  /** YYYY-MM-DD, as is the first order's. */
  readonly asOf: string;
  readonly firstDate: string;
  readonly historyDays: number;
  /** Customers first seen up to this day are not all new; null where the data begins with the shop. */
  readonly leftTruncatedUntil: string | null;
  /** Of the last 365 days, net of returns. */
  readonly yearRevenue: number;
  /** What an order of the last 365 days has brought. */
  readonly averageOrder: number;
}

/** Null for a shop without orders. */
export async function readShopFigures({ query, ref }: CodeModelContext): Promise<ShopFigures | null> {
  const [row] = await query(`
    select
      cast(observation.as_of_date as varchar) as as_of, cast(observation.first_order_date as varchar) as first_date,
      observation.history_days, cast(observation.left_truncated_until as varchar) as truncated_until,
      sum(daily.total_sales) as revenue, sum(daily.total_orders) as orders
    from ${ref('observation_window')} as observation
    left join ${ref('agg_sales_daily')} as daily on daily.full_date > observation.as_of_date - 365
    where observation.first_order_date is not null
    group by 1, 2, 3, 4`);
  if (row === undefined) return null;
  const [revenue, orders] = [Number(row.revenue ?? 0), Number(row.orders ?? 0)];
  return {
    asOf: String(row.as_of),
    firstDate: String(row.first_date),
    historyDays: Number(row.history_days),
    leftTruncatedUntil: row.truncated_until === null ? null : String(row.truncated_until),
    yearRevenue: revenue,
    averageOrder: orders > 0 ? Math.max(0, revenue / orders) : 0,
  };
}
