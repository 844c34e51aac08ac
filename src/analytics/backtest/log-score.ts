import { basePredictor, type Parameterized } from '../customer-outlook.ts';
import type { PurchaseRow } from '../purchase-cells.ts';
import type { Span, TimeUnit } from '../units.ts';

/** Customers of one history and what they did after it. */
export interface HeldOut<U extends TimeUnit> extends PurchaseRow<U> {
  /** Purchase days within the horizon. */
  readonly future: number;
}

export interface HoldoutScore {
  readonly customers: number;
  /** Mean natural logarithm of the probability that the model gave to what came: higher is better. */
  readonly logScore: number;
  /** Purchases per customer, expected and actual. */
  readonly expected: number;
  readonly actual: number;
}

/** No event is so unlikely: one surprise must not decide between models. */
const leastProbability = 1e-12;

/** How well a model foresaw the orders of customers within a horizon: the logarithmic score (Good 1952), proper and in no unit. */
export function scoreHoldout<U extends TimeUnit>(
  fit: Parameterized<U>,
  held: Iterable<HeldOut<U>>,
  horizon: Span<U>,
): HoldoutScore {
  const { of } = basePredictor(fit);
  let [customers, logs, expected, actual] = [0, 0, 0, 0];
  for (const row of held) {
    const count = row.customers ?? 1;
    const outlook = of(row);
    const probability = outlook.orderProbabilities(horizon, row.future)[row.future] ?? 0;
    customers += count;
    logs += count * Math.log(Math.max(probability, leastProbability));
    expected += count * outlook.expectedOrders(horizon);
    actual += count * row.future;
  }
  const mean = (sum: number) => (customers === 0 ? 0 : sum / customers);
  return { customers, logScore: mean(logs), expected: mean(expected), actual: mean(actual) };
}
