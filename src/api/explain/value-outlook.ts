import type { Outlook } from './outlook.ts';
import { foreseen } from './outlook.ts';
import type { PublishedRow } from './published-row.ts';

/** What the next 365 days will bring: revenue, or margin where the setting `grossMargin` is set; discounted, net of returns. */
export interface ExpectedValue {
  readonly days: 365;
  readonly predictedValue: number;
  /** Ends of the 80 % interval; null where hardly an order is expected. */
  readonly low: number | null;
  readonly high: number | null;
  /** Value so far and predicted value together. */
  readonly lifetimeValue: number;
  /** All orders to come, however far away; null without a discount. */
  readonly residualValue: number | null;
  /** A purchase of this customer, before returns. */
  readonly expectedSpend: number;
}

export interface ValueOutlook extends Outlook<ExpectedValue> {
  /** Value so far: revenue net of returns, or margin. */
  readonly historicValue: number;
}

export function expectedValue(row: PublishedRow): ExpectedValue | null {
  return foreseen(row, 'predicted_value', (predictedValue) => ({
    days: 365,
    predictedValue,
    low: row.numberOrNull('predicted_value_low'),
    high: row.numberOrNull('predicted_value_high'),
    lifetimeValue: row.number('lifetime_value'),
    residualValue: row.numberOrNull('residual_value'),
    expectedSpend: row.number('expected_spend'),
  }));
}

/** How often the customer will order: days with an order, in the next 365. */
export interface ExpectedOrders {
  readonly days: 365;
  readonly orders: number;
  /** Ends of the 80 % interval. */
  readonly low: number;
  readonly high: number;
  readonly probabilityOfNone: number;
  /** That the customer has not left for good. */
  readonly probabilityAlive: number;
  /** That there is no order ever again. */
  readonly probabilityOfNeverReturning: number;
}

export function expectedOrders(row: PublishedRow): ExpectedOrders | null {
  return foreseen(row, 'expected_orders_365', (orders) => ({
    days: 365,
    orders,
    low: row.number('orders_low_365'),
    high: row.number('orders_high_365'),
    probabilityOfNone: row.number('p_no_order_365'),
    probabilityAlive: row.number('p_alive'),
    probabilityOfNeverReturning: row.number('p_never_returns'),
  }));
}
