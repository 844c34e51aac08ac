import type { PublishedRow } from './published-row.ts';

/** So many of the newest orders and returns are listed. */
export const HISTORY_LIMIT = 10;

/** The newest orders, and the returns that belong to none. */
export interface OrderHistory {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** How many are older than these. */
  readonly earlierEntries: number;
}

export interface HistoryEntry {
  readonly date: string;
  readonly orderId: string;
  /** `return`: one that belongs to no order of the data. */
  readonly kind: 'order' | 'return';
  /** Before returns; 0 for a return. */
  readonly amount: number;
  /** What was returned of it, 0 or less. */
  readonly returnedAmount: number;
  /** Null for the first order and for returns. */
  readonly daysSincePreviousOrder: number | null;
}

export function orderHistory(rows: readonly PublishedRow[]): OrderHistory {
  return {
    entries: rows.map((row) => ({
      date: row.text('order_date'),
      orderId: row.text('exact_order_id'),
      kind: row.isTrue('is_return') ? 'return' : 'order',
      amount: row.number('order_amount'),
      returnedAmount: row.number('returned_amount'),
      daysSincePreviousOrder: row.numberOrNull('days_since_previous_order'),
    })),
    earlierEntries: (rows[0]?.number('entries') ?? 0) - rows.length,
  };
}
