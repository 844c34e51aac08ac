import type { RunSummary } from '../run/summary.ts';
import type { SampleTruth } from '../sample/sample-truth.ts';
import { requireSame, requireThat } from './require-same.ts';

/**
 * Compares a run's figures with what is true of a generated sample, to the row and to the cent.
 * @throws RunError naming the first figure that differs.
 */
export function compareWithTruth({ layers, asOf }: RunSummary, truth: SampleTruth): string {
  const { staging, warehouse, business } = layers;
  const rejected = Object.fromEntries(Object.entries(truth.rejectedRows).filter(([, rows]) => rows > 0));
  const figures: readonly (readonly [string, unknown, unknown])[] = [
    ['raw records', truth.rows, staging.rawRecords],
    ['clean records', truth.cleanRows, staging.cleanRecords],
    ['rejected records', truth.rows - truth.cleanRows, staging.rejectedRecords],
    ['rejected records by reason', sorted(rejected), sorted(staging.rejectedByReason)],
    ['customers', truth.customers, warehouse.customers],
    ['orders', truth.orders, warehouse.orders],
    ['returns', truth.returns, warehouse.returns],
    ['revenue in cents', truth.netRevenueCents, Math.round(100 * warehouse.revenue)],
    ['one-order customers', truth.oneOrderCustomers, business.ordersPerCustomer['1'] ?? 0],
    ['first order date', truth.firstOrderDate, warehouse.firstOrderDate],
  ];
  for (const [what, expected, actual] of figures) requireSame(what, expected, actual);
  requireThat(asOf >= (truth.lastOrderDate ?? ''), `as-of date ${asOf} lies before the last order`);
  return `${figures.length} figures agree to the row and the cent`;
}

function sorted(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}
