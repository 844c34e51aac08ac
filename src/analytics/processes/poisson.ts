import { poisson } from '../numeric/negative-binomial.ts';
import { type Rate, span, type TimeUnit } from '../units.ts';
import type { OrderProcess } from './order-process.ts';

/** Orders for ever at a known rate: the limit of {@link gammaPoisson} when customers do not differ. */
export function poissonProcess<U extends TimeUnit>(unit: U, lambda: Rate<U>): OrderProcess<U> {
  return {
    expected: (time) => lambda * time,
    expectedPairs: (time) => (lambda * time) ** 2,
    rateAt: () => lambda,
    noOrder: (time) => Math.exp(-lambda * time),
    noOrderEver: 0,
    orders: (time, upTo) => poisson(lambda * time, upTo),
    timeOfNoOrder: (probability) => span(-Math.log(probability) / lambda, unit),
    timeScale: span(1 / lambda, unit),
  };
}
