import type { Probabilities } from '../numeric/negative-binomial.ts';
import type { Rate, Span, TimeUnit } from '../units.ts';

/** How a customer who is alive now will order from now on, seen with what is not known about the customer's rates. */
export interface OrderProcess<U extends TimeUnit> {
  /** Mean number of orders within `time`. */
  expected(time: Span<U>): number;
  /** Mean of N (N - 1), N the number of orders within `time`: what the variance needs. */
  expectedPairs(time: Span<U>): number;
  /** Mean orders per unit of time, at `time` from now. */
  rateAt(time: Span<U>): Rate<U>;
  /** Probability of no order within `time`. */
  noOrder(time: Span<U>): number;
  /** Probability of no order ever. */
  readonly noOrderEver: number;
  /** Probabilities of 0 ... `upTo` orders within `time`. */
  orders(time: Span<U>, upTo: number): Probabilities;
  /** The time within which there is no order with the probability `probability`, above `noOrderEver` and at most 1. */
  timeOfNoOrder(probability: number): Span<U>;
  /** The time on which the rate changes: a hint for integration. */
  readonly timeScale: Span<U>;
}
