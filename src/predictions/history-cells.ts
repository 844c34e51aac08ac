import { type PurchaseCells, type PurchaseRow, purchaseCells } from '../analytics/purchase-cells.ts';
import { type SpendCells, spendCells } from '../analytics/spend-cells.ts';
import { weeks } from '../analytics/units.ts';
import type { CodeModelContext } from '../project/model.ts';
import type { fitUnit } from './stored-fits.ts';

type Query = Pick<CodeModelContext, 'query' | 'ref'>;

/** A distinct history, in days, as it stands in the tables. */
export interface DayHistory {
  readonly frequency: number;
  readonly recencyDays: number;
  readonly ageDays: number;
}

export function historyOf({ frequency, recencyDays, ageDays }: DayHistory): PurchaseRow<typeof fitUnit> {
  return { frequency, recency: weeks(recencyDays / 7), age: weeks(ageDays / 7) };
}

/** The purchase histories known on a day, of customers whose first purchase was seen. */
export async function readPurchaseCells(
  { query, ref }: Query,
  cutDate: string,
): Promise<PurchaseCells<typeof fitUnit>> {
  const rows = await query(`
    select frequency, cell_recency_days as recency, cell_age_days as age, count(*) as customers
    from ${ref('customer_histories')}
    where cut_date = date '${cutDate}' and not is_left_truncated
    group by 1, 2, 3`);
  return purchaseCells(
    'week',
    rows.map(({ frequency, recency, age, customers }) => ({
      ...historyOf({ frequency: Number(frequency), recencyDays: Number(recency), ageDays: Number(age) }),
      customers: Number(customers),
    })),
  );
}

/** The purchases that a spend model counts: those after the first, as in the papers, or all. */
export type SpendBasis = 'repeats' | 'all';

export const spendColumns: Readonly<Record<SpendBasis, { readonly count: string; readonly amount: string }>> = {
  repeats: { count: 'paid_repeats', amount: 'repeat_amount_to_date' },
  all: { count: 'paid_purchases', amount: 'amount_to_date' },
};

/**
 * Spend of the customers with a paid repeat purchase, as known on a day. Means that agree to half a percent share a cell, so that
 * there are no more cells in larger shops; the likelihood is the same to five digits.
 */
export async function readSpendCells({ query, ref }: Query, cutDate: string, basis: SpendBasis): Promise<SpendCells> {
  const { count, amount } = spendColumns[basis];
  const rows = await query(`
    select
      ${count} as purchases,
      round(200 * ln(cast(${amount} as double precision) / ${count})) as bin,
      sum(${amount}) as amount,
      count(*) as customers
    from ${ref('customer_histories')}
    where cut_date = date '${cutDate}' and paid_repeats > 0 and ${count} > 0 and ${amount} > 0
    group by 1, 2
    order by 1, 2`);
  return spendCells(
    rows.map((row) => {
      const [purchases, customers] = [Number(row.purchases), Number(row.customers)];
      return { purchases, mean: Number(row.amount) / (purchases * customers), customers };
    }),
  );
}

/** Customers of one history and number of paid purchases. */
export interface HistoryCell extends DayHistory {
  readonly spendPurchases: number;
  readonly customers: number;
}

/** The distinct histories of all customers on a day. */
export async function readHistoryCells(
  { query, ref }: Query,
  cutDate: string,
  basis: SpendBasis,
): Promise<HistoryCell[]> {
  const rows = await query(`
    select frequency, cell_recency_days as recency, cell_age_days as age, ${spendColumns[basis].count} as spend_purchases,
      count(*) as customers
    from ${ref('customer_histories')}
    where cut_date = date '${cutDate}'
    group by 1, 2, 3, 4
    order by 1, 3, 2, 4`);
  return rows.map((row) => ({
    ...{ frequency: Number(row.frequency), recencyDays: Number(row.recency), ageDays: Number(row.age) },
    ...{ spendPurchases: Number(row.spend_purchases), customers: Number(row.customers) },
  }));
}
