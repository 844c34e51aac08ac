import { negativeBinomial } from '../numeric/negative-binomial.ts';
import { rate, type Span, span, type TimeUnit } from '../units.ts';
import type { OrderProcess } from './order-process.ts';

/**
 * Orders for ever, at random times, at a rate ~ Gamma(shape `r`, rate `alpha`): the NBD model (Ehrenberg 1959;
 * Morrison and Schmittlein 1988).
 */
export function gammaPoisson<U extends TimeUnit>(unit: U, r: number, alpha: Span<U>): OrderProcess<U> {
  return {
    expected: (time) => (r * time) / alpha,
    expectedPairs: (time) => r * (r + 1) * (time / alpha) ** 2,
    rateAt: () => rate(r / alpha, unit),
    noOrder: (time) => Math.exp(-r * Math.log1p(time / alpha)),
    noOrderEver: 0,
    orders: (time, upTo) => negativeBinomial(r, alpha, time, upTo),
    timeOfNoOrder: (probability) => span(alpha * Math.expm1(-Math.log(probability) / r), unit),
    timeScale: alpha,
  };
}
