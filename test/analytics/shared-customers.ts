import { readFileSync } from 'node:fs';
import type { PurchaseRow } from '../../src/analytics/purchase-cells.ts';
import type { SpendRow } from '../../src/analytics/spend-cells.ts';
import { weeks } from '../../src/analytics/units.ts';
import { dayOf } from '../support/calendar-days.ts';

/** A customer of a log of orders, seen at a cut date and watched afterwards. */
export interface LoggedCustomer extends PurchaseRow<'week'> {
  readonly id: string;
  /** Amounts of the repeat purchases up to the cut: their number and mean. */
  readonly repeatSpend: SpendRow;
  /** Purchase days after the cut, up to `watchedTo`. */
  readonly later: number;
}

/**
 * Customers in the order of their first line, from a file `,Date,Customer ID,Order ID,Sales`, those who first bought up to
 * `cut`; orders of one day are one purchase.
 */
export function loggedCustomers(path: string, cut: string, watchedTo = cut): LoggedCustomer[] {
  const log = new Map<string, Map<number, number>>();
  for (const line of readFileSync(path, 'utf8').trim().split('\n').slice(1)) {
    const [, date = '', id = '', , amount = ''] = line.split(',');
    const day = dayOf(date);
    if (day > dayOf(watchedTo)) continue;
    const purchases = log.get(id) ?? new Map<number, number>();
    log.set(id, purchases.set(day, (purchases.get(day) ?? 0) + Number(amount)));
  }
  const asOf = dayOf(cut);
  return [...log].flatMap(([id, purchases]) => {
    const all = [...purchases].sort(([a], [b]) => a - b);
    const seen = all.filter(([day]) => day <= asOf);
    const [first, last] = [seen[0]?.[0], seen.at(-1)?.[0]];
    if (first === undefined || last === undefined) return [];
    const frequency = seen.length - 1;
    const repeats = seen.slice(1).reduce((sum, [, amount]) => sum + amount, 0);
    return {
      id,
      frequency,
      recency: weeks((last - first) / 7),
      age: weeks((asOf - first) / 7),
      repeatSpend: { purchases: frequency, mean: frequency === 0 ? 0 : repeats / frequency },
      later: all.length - seen.length,
    };
  });
}

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

export function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const sum = (of: (x: number, y: number) => number) =>
    xs.reduce((total, x, i) => total + of(x - mx, (ys[i] ?? 0) - my), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
}
