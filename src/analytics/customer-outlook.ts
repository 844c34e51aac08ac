import { InputError } from '../errors.ts';
import { discountedOrders, weeklyDiscountedOrders } from './discount.ts';
import { type NextOrder, nextOrder } from './next-order.ts';
import type { OrderProcess } from './processes/order-process.ts';
import { sharedProcess } from './processes/shared-process.ts';
import { checkHistory, type History } from './purchase-cells.ts';
import type { CustomerState, PurchaseModel } from './purchase-model.ts';
import { type Rate, type Span, span, type TimeUnit } from './units.ts';

/** What a model says of one customer's future. Every `horizon` counts from the as-of date. */
export interface CustomerOutlook<U extends TimeUnit> {
  /** Probability that the customer has not left for good. */
  readonly pAlive: number;
  /** Probability of no order ever again: left already, or leaving before the next order. */
  readonly pNeverReturns: number;
  pNoOrder(horizon: Span<U>): number;
  expectedOrders(horizon: Span<U>): number;
  orderVariance(horizon: Span<U>): number;
  /** Probabilities of 0 ... `upTo` orders within `horizon`. */
  orderProbabilities(horizon: Span<U>, upTo: number): Float64Array;
  /** Probabilities of 0, 1, ... as far as needed to leave less than `rest` (default 1e-9) out. */
  allOrderProbabilities(horizon: Span<U>, rest?: number): Float64Array;
  readonly nextOrder: NextOrder<U>;
  /** Expected orders within `horizon`, an order at time t counting e^(-discount t): see `continuousDiscount`. */
  discountedOrders(horizon: Span<U>, discount: Rate<U>): number;
  /** The same with the orders of each week counted as if they came at its end. */
  weeklyDiscountedOrders(horizon: Span<U>, annualRate: number): number;
  /**
   * The first for good: DERT.
   * @throws InputError for a discount that is not above 0.
   */
  discountedOrdersForGood(discount: Rate<U>): number;
}

/** Predictions of a model with given parameters, in the unit of their times. */
export interface Predictor<U extends TimeUnit> {
  readonly model: PurchaseModel;
  readonly unit: U;
  readonly values: Float64Array;
  /** @throws InputError for an impossible history. */
  of(history: History<U>): CustomerOutlook<U>;
  /** A customer on the day of the first purchase. */
  ofNewcomer(): CustomerOutlook<U>;
}

/** A fit, or any parameters. */
export interface Parameterized<U extends TimeUnit> {
  readonly model: PurchaseModel;
  readonly unit: U;
  readonly values: Float64Array;
}

export function predictor<U extends TimeUnit>({ model, unit, values }: Parameterized<U>): Predictor<U> {
  const of = (history: History<U>): CustomerOutlook<U> => {
    checkHistory(history);
    return outlook(unit, model.stateOf(unit, values, history));
  };
  const newcomer = { frequency: 0, recency: span(0, unit), age: span(0, unit) };
  return { model, unit, values, of, ofNewcomer: () => of(newcomer) };
}

/**
 * As {@link predictor}, for the histories of a whole base: what depends only on frequency and age, the orders of a customer who
 * is alive, is computed once for all who share them.
 */
export function basePredictor<U extends TimeUnit>({ model, unit, values }: Parameterized<U>): Predictor<U> {
  const shared = new Map<number, Map<number, Alive<U>>>();
  const of = (history: History<U>): CustomerOutlook<U> => {
    checkHistory(history);
    const { pAlive, whenAlive } = model.stateOf(unit, values, history);
    const byAge = shared.get(history.frequency) ?? new Map<number, Alive<U>>();
    if (byAge.size === 0) shared.set(history.frequency, byAge);
    const known = byAge.get(history.age) ?? aliveOf(unit, sharedProcess(whenAlive));
    byAge.set(history.age, known);
    return outlook(unit, { pAlive, whenAlive: known.process }, known.discounted);
  };
  const newcomer = { frequency: 0, recency: span(0, unit), age: span(0, unit) };
  return { model, unit, values, of, ofNewcomer: () => of(newcomer) };
}

/** A process with the discounted orders that it was asked for. */
interface Alive<U extends TimeUnit> {
  readonly process: OrderProcess<U>;
  discounted(horizon: Span<U>, discount: Rate<U>): number;
}

function aliveOf<U extends TimeUnit>(unit: U, process: OrderProcess<U>): Alive<U> {
  const known = new Map<number, Map<number, number>>();
  return {
    process,
    discounted: (horizon, discount) => {
      const byHorizon = known.get(discount) ?? new Map<number, number>();
      if (byHorizon.size === 0) known.set(discount, byHorizon);
      const orders = byHorizon.get(horizon) ?? discountedOrders(process, unit, horizon, discount);
      byHorizon.set(horizon, orders);
      return orders;
    },
  };
}

/** Customers of hundreds of thousands of orders a year are not customers: no list of probabilities is longer than twice this. */
const longestList = 100_000;

function outlook<U extends TimeUnit>(
  unit: U,
  { pAlive, whenAlive }: CustomerState<U>,
  discounted: Alive<U>['discounted'] = (horizon, discount) => discountedOrders(whenAlive, unit, horizon, discount),
): CustomerOutlook<U> {
  const orderProbabilities = (horizon: Span<U>, upTo: number): Float64Array => {
    const probabilities = whenAlive.orders(horizon, upTo).map((probability) => pAlive * probability);
    probabilities[0] = (probabilities[0] ?? 0) + 1 - pAlive;
    return probabilities;
  };
  const expectedOrders = (horizon: Span<U>): number => pAlive * whenAlive.expected(horizon);
  const orderVariance = (horizon: Span<U>): number => {
    const mean = expectedOrders(horizon);
    return pAlive * whenAlive.expectedPairs(horizon) + mean - mean * mean;
  };
  return {
    pAlive,
    get pNeverReturns() {
      return 1 - pAlive + pAlive * whenAlive.noOrderEver;
    },
    pNoOrder: (horizon) => 1 - pAlive + pAlive * whenAlive.noOrder(horizon),
    expectedOrders,
    orderVariance,
    orderProbabilities,
    allOrderProbabilities: (horizon, rest = 1e-9) => {
      const mean = expectedOrders(horizon);
      let upTo = Math.ceil(mean + 6 * Math.sqrt(orderVariance(horizon)) + 4);
      for (;;) {
        const probabilities = orderProbabilities(horizon, upTo);
        const missing = 1 - probabilities.reduce((sum, probability) => sum + probability, 0);
        if (missing < rest || upTo > longestList) return probabilities;
        upTo *= 2;
      }
    },
    get nextOrder() {
      return nextOrder(unit, pAlive, whenAlive);
    },
    discountedOrders: (horizon, discount) => pAlive * discounted(horizon, discount),
    weeklyDiscountedOrders: (horizon, annualRate) =>
      pAlive * weeklyDiscountedOrders(whenAlive, unit, horizon, annualRate),
    discountedOrdersForGood: (discount) => {
      if (!(discount > 0)) throw new InputError(`${discount} as discount: orders for good need one above 0`);
      return pAlive * discounted(span(Number.POSITIVE_INFINITY, unit), discount);
    },
  };
}
