import { countersByReason, type DirtReason } from './dirt.ts';
import { type SampleRow, sampleRows } from './sample-rows.ts';
import type { ShopOptions, ShopTruth } from './shop-options.ts';
import { type ShopSettings, shopSettings } from './shop-settings.ts';

/**
 * What the pipeline must find in a sample file, to the row and to the cent. `clean` figures count the rows that must be
 * kept; the dirt is made so that no row has two faults.
 */
export interface SampleTruth {
  /** The parameters from which the orders were drawn. */
  readonly shop: ShopTruth;
  /** Simulated customers that never return (drawn, not estimated), whether or not their order survives the dirt. */
  readonly neverReturnCustomers: number;
  /** Rows of the file without the header: clean and rejected. */
  readonly rows: number;
  readonly cleanRows: number;
  readonly rejectedRows: Readonly<Record<DirtReason, number>>;
  /** Clean orders; lines of one order id count once, returns not at all. */
  readonly orders: number;
  /** Rows that take money back. */
  readonly returns: number;
  /** Customers with at least one clean order. */
  readonly customers: number;
  /** Customers with exactly one clean order. */
  readonly oneOrderCustomers: number;
  /** Sum of all clean amounts, returns taken off. */
  readonly netRevenueCents: number;
  /** Sum of the returns, above 0. */
  readonly returnedCents: number;
  /** Date of the first clean order; undefined when there is none. */
  readonly firstOrderDate: string | undefined;
  /** Date of the last clean order: the as-of date. */
  readonly lastOrderDate: string | undefined;
}

/** Adds rows up while somebody else writes them. */
export interface TruthTally {
  add(row: SampleRow): void;
  total(): SampleTruth;
}

/**
 * The truth of the sample file that `writeSample` makes of the same options.
 * @throws {UsageError} when an option is not possible.
 */
export function sampleTruth(options: ShopOptions = {}): SampleTruth {
  const settings = shopSettings(options);
  const tally = truthTally(settings);
  for (const row of sampleRows(settings)) tally.add(row);
  return tally.total();
}

export function truthTally({ customers, truth }: ShopSettings): TruthTally {
  const rejectedRows = countersByReason();
  const cleanOrders = new Uint32Array(customers);
  const neverReturns = new Uint8Array(customers);
  const sum = { rows: 0, cleanRows: 0, orders: 0, returns: 0, netRevenueCents: 0, returnedCents: 0 };
  let firstOrderDate: string | undefined;
  let lastOrderDate: string | undefined;

  return {
    add({ reason, kind, order, cents }) {
      const { number, ordersPerDay } = order.customer;
      sum.rows++;
      neverReturns[number] = ordersPerDay === 0 ? 1 : 0;
      if (reason !== undefined) {
        rejectedRows[reason]++;
        return;
      }
      sum.cleanRows++;
      sum.netRevenueCents += cents;
      if (kind === 'return') {
        sum.returns++;
        sum.returnedCents -= cents;
      } else if (kind === 'order') {
        sum.orders++;
        cleanOrders[number] = (cleanOrders[number] ?? 0) + 1;
        firstOrderDate ??= order.date;
        lastOrderDate = order.date;
      }
    },
    total: () => ({
      shop: truth,
      neverReturnCustomers: count(neverReturns, (flag) => flag === 1),
      ...sum,
      rejectedRows: { ...rejectedRows },
      customers: count(cleanOrders, (orders) => orders > 0),
      oneOrderCustomers: count(cleanOrders, (orders) => orders === 1),
      firstOrderDate,
      lastOrderDate,
    }),
  };
}

function count(values: Uint8Array | Uint32Array, matches: (value: number) => boolean): number {
  let total = 0;
  for (const value of values) if (matches(value)) total++;
  return total;
}
