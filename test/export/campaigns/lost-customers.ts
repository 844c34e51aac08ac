import { dateOf, dayOf } from '../../support/calendar-days.ts';
import { row, type SaleRow } from '../../support/make-shop.ts';

/** The as-of date of these shops. */
export const AS_OF = '2024-12-31';

/**
 * A shop whose customers of these ids are long silent after two large orders, each a little larger than the one's before:
 * Win-Back targets all. Others order to the last day and are on no list that depends on chance.
 */
export function lostCustomers(ids: readonly string[]): SaleRow[] {
  const start = dayOf('2023-01-02');
  const lost = ids.flatMap((id, position) => [
    row(dateOf(start + (position % 20)), id, `a${position}`, `${1000 + position}.00`),
    row(dateOf(start + 60 + (position % 20)), id, `b${position}`, '500.00'),
  ]);
  const active = Array.from({ length: 40 }, (_, customer) =>
    Array.from({ length: 12 }, (_, month) => month)
      .filter((month) => (customer + month) % 3 === 0)
      .map((month) => {
        const date = dateOf(dayOf('2024-01-01') + 30 * month + (customer % 27));
        return row(date, `active-${customer}`, `c${customer}-${month}`, '20.00');
      }),
  ).flat();
  return [...lost, ...active, row(AS_OF, 'last', 'z', '5.00')];
}
