import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { dateOf, dayOf } from './calendar-days.ts';
import { amountText, row, type SaleRow } from './make-shop.ts';
import type { Sale } from './reference-shop.ts';

/** The shape of a random shop. */
export interface SalesShape {
  readonly seed: number;
  /** Orders to begin with; lines and returns come on top. */
  readonly orders: number;
  readonly customers: number;
  readonly firstDate: string;
  readonly days: number;
  /** Largest amount of a line, in cents; a small one makes many equal amounts. */
  readonly maxCents: number;
  readonly zeroAmounts?: boolean;
  /** Distinguishes the ids of shops that are put together. */
  readonly prefix?: string;
}

/** Orders of one to three lines, some on the customer's last order day, some returned in part, in whole, or without an order. */
export function randomSales(shape: SalesShape): Sale[] {
  const { seed, orders, customers, firstDate, days, maxCents, zeroAmounts = false, prefix = '' } = shape;
  const generator = xoroshiro128plus(seed);
  const below = (limit: number) => Math.floor(uniformFloat64(generator) * limit);
  const start = dayOf(firstDate);
  const sales: Sale[] = [];
  const lastDayOf = new Map<string, number>();
  for (let number = 1; number <= orders; number++) {
    // The square makes a few customers order often and most of them once.
    const customer = `${prefix}C${String(Math.floor((below(1000) / 1000) ** 2 * customers)).padStart(4, '0')}`;
    const day = below(8) === 0 ? (lastDayOf.get(customer) ?? below(days)) : below(days);
    lastDayOf.set(customer, day);
    const order = `${prefix}${number}`;
    const add = (offset: number, id: string, cents: number, who = customer) =>
      sales.push({ date: dateOf(start + Math.min(days - 1, Math.max(0, offset))), customer: who, order: id, cents });
    const lines = Array.from({ length: below(4) === 0 ? 1 + below(3) : 1 }, () =>
      zeroAmounts && below(10) === 0 ? 0 : 1 + below(maxCents),
    );
    lines.forEach((cents, index) => {
      add(day + (index === 2 ? below(3) : 0), order, cents);
    });
    const total = lines.reduce((sum, cents) => sum + cents, 0);
    const fate = below(20);
    if (fate === 0 && total > 0) add(day + below(40), order, -total);
    if (fate === 1) add(day + below(40), order, -(1 + below(maxCents)));
    if (fate === 2) add(day - 20 + below(40), `${prefix}R${number}`, -(1 + below(maxCents)));
    if (fate === 3) add(day, `${prefix}R${number}`, -(1 + below(maxCents)), `${prefix}X${number % 7}`);
  }
  const distinct = new Map(sales.map((sale) => [JSON.stringify(sale), sale]));
  return [...distinct.values()];
}

export function toRows(sales: readonly Sale[]): SaleRow[] {
  return sales.map(({ date, customer, order, cents }) => row(date, customer, order, amountText(cents)));
}
