import type { PublishedRow } from './published-row.ts';

/** Who the customer is. */
export interface CustomerProfile {
  readonly customerId: string;
  /** Nothing but returns: no order, so no cohort, no rhythm and no prediction. */
  readonly isReturnsOnly: boolean;
  readonly firstOrderDate: string | null;
  readonly lastOrderDate: string | null;
  readonly daysSinceLastOrder: number | null;
  readonly orders: number;
  /** Days with an order: predictions count several orders of one day as one. */
  readonly purchaseDays: number;
  /** Net of returns. */
  readonly revenue: number;
  /** Revenue per order. */
  readonly averageOrder: number | null;
  /** Month of the first order, YYYY-MM. */
  readonly cohortMonth: string | null;
}

export function customerProfile(customerId: string, row: PublishedRow): CustomerProfile {
  const orders = row.number('total_orders');
  return {
    customerId,
    isReturnsOnly: orders === 0,
    firstOrderDate: row.textOrNull('first_order_date'),
    lastOrderDate: row.textOrNull('last_order_date'),
    daysSinceLastOrder: row.numberOrNull('days_since_last_order'),
    orders,
    purchaseDays: row.number('purchase_days'),
    revenue: row.number('total_spent'),
    averageOrder: row.numberOrNull('avg_order_value'),
    cohortMonth: row.textOrNull('first_order_cohort_month'),
  };
}
