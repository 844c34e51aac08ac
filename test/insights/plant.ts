import { dateOf, dayOf, monthTextOf } from '../support/calendar-days.ts';
import { row, type SaleRow } from '../support/make-shop.ts';

/** Every second order of that month is left out. */
export function badMonth(rows: readonly SaleRow[], month: string): SaleRow[] {
  let number = 0;
  return rows.filter(({ date }) => monthTextOf(date) !== month || number++ % 2 === 0);
}

/** Of the customers who first ordered in that month, every fifth orders once more, 31 days after the first order. */
export function betterCohort(rows: readonly SaleRow[], month: string): SaleRow[] {
  const firsts = new Map<string, SaleRow>();
  for (const one of rows) {
    const known = firsts.get(one.customer);
    if (known === undefined || one.date < known.date) firsts.set(one.customer, one);
  }
  const cohort = [...firsts.values()].filter(({ date }) => monthTextOf(date) === month);
  const extra = cohort
    .filter((_, index) => index % 5 === 0)
    .map(({ date, customer, sales }, index) => row(dateOf(dayOf(date) + 31), customer, `EXTRA${index}`, sales));
  return [...rows, ...extra];
}

/** The tenth of the customers who had spent most by then orders nothing in the last `days` days. */
export function silentTopDecile(rows: readonly SaleRow[], days: number): SaleRow[] {
  const asOf = Math.max(...rows.map(({ date }) => dayOf(date)));
  const before = rows.filter(({ date }) => dayOf(date) <= asOf - days);
  const spent = new Map<string, number>();
  for (const { customer, sales } of before) spent.set(customer, (spent.get(customer) ?? 0) + Number(sales));
  const ranked = [...spent].sort(([, a], [, b]) => b - a).map(([customer]) => customer);
  const top = new Set(ranked.slice(0, Math.floor(0.1 * ranked.length)));
  return rows.filter(({ date, customer }) => !top.has(customer) || dayOf(date) <= asOf - days);
}

/** The amounts of the last `days` days stand in cents. */
export function amountsInCents(rows: readonly SaleRow[], days: number): SaleRow[] {
  const asOf = Math.max(...rows.map(({ date }) => dayOf(date)));
  return rows.map((one) =>
    dayOf(one.date) > asOf - days ? { ...one, sales: String(Math.round(100 * Number(one.sales))) } : one,
  );
}
