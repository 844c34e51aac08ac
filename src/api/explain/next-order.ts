import type { PublishedRow } from './published-row.ts';

/** When the customer will order next. */
export interface NextOrder {
  /** As likely as not there is an order by this day. */
  readonly date: string;
  /** First day of the 80 % window, should there be an order at all. */
  readonly from: string;
  /** Last day of it; null where that is more than a lifetime away. */
  readonly until: string | null;
}

export function nextOrder(row: PublishedRow): NextOrder | null {
  const date = row.textOrNull('next_order_date');
  return date === null ? null : { date, from: row.text('next_order_from'), until: row.textOrNull('next_order_until') };
}
