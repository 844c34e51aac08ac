import { InputError } from '../errors.ts';

/** Customers with a number of purchases and a mean amount. */
export interface SpendRow {
  /** Purchases of an amount above 0 that `mean` is the mean of. */
  readonly purchases: number;
  /** Their mean amount, in the shop's currency. */
  readonly mean: number;
  /** 1 unless given. */
  readonly customers?: number;
}

/** Distinct (purchases, mean) with counts, sorted by purchases then mean. */
export interface SpendCells {
  readonly size: number;
  readonly customers: number;
  /** Distinct numbers of purchases, ascending. */
  readonly purchases: Float64Array;
  /** As in {@link PurchaseCells}. */
  readonly groupStarts: Int32Array;
  readonly means: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Merges rows with equal spend.
 * @throws InputError for a number of purchases that is no count from 1, or a mean that is not above 0.
 */
export function spendCells(rows: Iterable<SpendRow>): SpendCells {
  const seen = new Map<number, Map<number, number>>();
  let number = 0;
  for (const { purchases, mean, customers = 1 } of rows) {
    number++;
    if (!Number.isSafeInteger(purchases) || purchases < 1) {
      throw new InputError(`${purchases} purchases are no count from 1 (row ${number})`);
    }
    if (!Number.isFinite(mean) || mean <= 0) throw new InputError(`mean amount ${mean} is not above 0 (row ${number})`);
    if (!Number.isFinite(customers) || customers <= 0) throw new InputError(`${customers} customers (row ${number})`);
    const byMean = seen.get(purchases) ?? new Map<number, number>();
    if (byMean.size === 0) seen.set(purchases, byMean);
    byMean.set(mean, (byMean.get(mean) ?? 0) + customers);
  }
  const groups = [...seen].sort(([a], [b]) => a - b);
  const all = groups.flatMap(([, byMean]) => [...byMean].sort(([a], [b]) => a - b));
  const groupStarts = new Int32Array(groups.length + 1);
  for (const [group, [, byMean]] of groups.entries()) groupStarts[group + 1] = (groupStarts[group] ?? 0) + byMean.size;
  const counts = Float64Array.from(all, ([, count]) => count);
  return {
    size: all.length,
    customers: counts.reduce((sum, count) => sum + count, 0),
    purchases: Float64Array.from(groups, ([purchases]) => purchases),
    groupStarts,
    means: Float64Array.from(all, ([mean]) => mean),
    counts,
  };
}
