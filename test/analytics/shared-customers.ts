import { readFileSync } from 'node:fs';
import type { LoggedCustomer } from '../../src/analytics/published/logged-customer.ts';
import { weeks } from '../../src/analytics/units.ts';
import { dayOf } from '../support/calendar-days.ts';

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
