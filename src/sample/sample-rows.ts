import { dirtForms, type FileRow, formatCents, type PlainRow, plainFields } from './dirt.ts';
import { randomStreams, type Uniform } from './random-streams.ts';
import { type ShopOrder, shopOrders } from './shop.ts';
import type { ShopSettings } from './shop-settings.ts';

/** A row of the sample file together with what is true of it. */
export interface SampleRow extends FileRow {
  readonly kind: 'order' | 'further line' | 'return';
  readonly order: ShopOrder;
  /** What the row adds to the revenue: below 0 for a return, 0 for a row that must be rejected. */
  readonly cents: number;
}

/** The rows of the sample file, sorted by date: order lines, returns, and the dirt that the shop's truth asks for. */
export function* sampleRows(settings: ShopSettings): Generator<SampleRow> {
  const streams = randomStreams(settings.seed);
  const accident = accidents(settings.truth.dirtyOrderShare, streams.dirt);
  const returns: SampleRow[][] = Array.from({ length: settings.dayCount }, () => []);
  let today = 0;
  for (const order of shopOrders(settings, streams)) {
    for (; today < order.day; today++) yield* returns[today + 1] ?? [];
    yield* accident(order) ?? lineRows(order);
    if (order.return) returns[order.return.day]?.push(returnRow(order, order.return));
  }
  for (const rest of returns.slice(today + 1)) yield* rest;
}

function plainRow(order: ShopOrder, date: string, cents: number): PlainRow {
  return { date, customerId: order.customer.id, orderId: order.id, sales: formatCents(cents) };
}

function lineRows(order: ShopOrder): readonly SampleRow[] {
  return order.lineCents.map((cents, index) => ({
    fields: plainFields(plainRow(order, order.date, cents)),
    kind: index === 0 ? 'order' : 'further line',
    order,
    cents,
  }));
}

function returnRow(order: ShopOrder, { date, cents }: { date: string; cents: number }): SampleRow {
  return { fields: plainFields(plainRow(order, date, -cents)), kind: 'return', order, cents: -cents };
}

/**
 * Decides order by order whether it leaves dirt, and which rows it leaves then. Orders with several lines or a return
 * are spared: they would lose only part of their rows. The forms take turns, so that a small shop shows many of them.
 */
function accidents(dirtyOrderShare: number, uniform: Uniform) {
  let count = 0;
  let latestCustomer: ShopOrder['customer'] | undefined;
  return (order: ShopOrder): readonly SampleRow[] | undefined => {
    const other = latestCustomer;
    latestCustomer = order.customer;
    const happens = uniform() < dirtyOrderShare;
    const [cents] = order.lineCents;
    if (!happens || order.return || order.lineCents.length > 1 || cents === undefined) return undefined;
    if (other === undefined || other.number === order.customer.number) return undefined;
    const form = dirtForms[count++ % dirtForms.length];
    return form?.(plainRow(order, order.date, cents), other.id).map((row) => ({
      ...row,
      kind: 'order',
      order,
      cents: row.reason === undefined ? cents : 0,
    }));
  };
}
