import type { PurchaseRow } from '../purchase-cells.ts';
import type { SpendRow } from '../spend-cells.ts';

/** A customer of a log of orders, seen at a cut date and watched afterwards. Orders of one day are one purchase. */
export interface LoggedCustomer extends PurchaseRow<'week'> {
  readonly id: string;
  /** Amounts of the repeat purchases up to the cut: their number and mean. */
  readonly repeatSpend: SpendRow;
  /** Purchase days after the cut, as far as the customer was watched. */
  readonly later: number;
}

/** The customers of CDNOW as the papers see them, by the day of their first purchase and their id. */
export interface CdnowHistories {
  /** The 1/10 sample up to 1997-09-30, watched to 1998-06-30: 39 weeks and 39 weeks. */
  readonly calibration: readonly LoggedCustomer[];
  /** The same customers up to 1998-06-30. */
  readonly sample: readonly LoggedCustomer[];
  /** All customers up to 1998-06-30. */
  readonly cohort: readonly LoggedCustomer[];
}

/** Dates of the papers. */
export const calibrationEnd = '1997-09-30';
export const lastDay = '1998-06-30';

/** Means of a figure by frequency, those of `last` or more together. */
export function meansByFrequency<C extends PurchaseRow<'week'>>(
  customers: readonly C[],
  last: number,
  figure: (customer: C) => number,
): number[] {
  return Array.from({ length: last + 1 }, (_, x) => {
    const group = customers.filter(({ frequency }) => Math.min(frequency, last) === x);
    return group.reduce((sum, customer) => sum + figure(customer), 0) / group.length;
  });
}

/** Pearson's correlation. */
export function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const sum = (of: (x: number, y: number) => number) =>
    xs.reduce((total, x, i) => total + of(x - mx, (ys[i] ?? 0) - my), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
}
