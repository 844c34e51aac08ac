import type { SaleRow } from './make-shop.ts';
import { randomSales, toRows } from './random-sales.ts';

/** Orders of a shop that has customers on several campaign lists; too few for predictions. */
export function campaignOrders(seed = 3): SaleRow[] {
  const shape = { seed, orders: 900, customers: 900, firstDate: '2022-01-15', days: 600, maxCents: 60_000 };
  return toRows(randomSales(shape));
}

/** An order of a new customer, which moves the as-of date on. */
export function laterOrder(date: string): SaleRow {
  return { date, customer: `later ${date}`, order: `later ${date}`, sales: '1.00' };
}
