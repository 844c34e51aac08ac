import { gaussLegendre } from '../numeric/gauss-legendre.ts';
import { integrateGrowing } from '../numeric/integrate.ts';
import { certain, negativeBinomial } from '../numeric/negative-binomial.ts';
import { rate, type Span, span, type TimeUnit } from '../units.ts';
import type { OrderProcess } from './order-process.ts';
import { lifetimeIntegral } from './pareto-lifetime.ts';

export interface ParetoRates<U extends TimeUnit> {
  readonly r: number;
  readonly alpha: Span<U>;
  readonly s: number;
  readonly beta: Span<U>;
}

const { nodes, weights } = gaussLegendre(12);

/**
 * Orders at a rate ~ Gamma(`r`, `alpha`) until the customer leaves at a random time, at a rate ~ Gamma(`s`, `beta`):
 * the Pareto/NBD model of a customer who is alive (Schmittlein, Morrison, Colombo 1987; Fader and Hardie 2005,
 * "A note on deriving the Pareto/NBD model").
 */
export function pareto<U extends TimeUnit>(unit: U, rates: ParetoRates<U>): OrderProcess<U> {
  const { r, alpha, s, beta } = rates;
  const stays = (u: number): number => Math.exp(-s * Math.log1p(u / beta));
  const none = (time: number): number => {
    const alive = time === Number.POSITIVE_INFINITY ? 0 : Math.exp(-r * Math.log1p(time / alpha)) * stays(time);
    return Math.min(1, alive + (s / beta) * lifetimeIntegral(rates, 0, time));
  };
  return {
    expected: (time) => {
      const length = Math.log1p(time / beta);
      const power = s - 1;
      // (1 - (1 + t / beta)^-power) / power, which is a logarithm where power is 0.
      const years = Math.abs(power * length) < 1e-12 ? length : -Math.expm1(-power * length) / power;
      return ((r * beta) / alpha) * years;
    },
    expectedPairs: (time) =>
      ((2 * r * (r + 1)) / alpha ** 2) *
      integrateGrowing((u) => u * stays(u), { to: time, origin: beta, growth: Math.min(0.5, 4 / (s + 1)) }),
    rateAt: (time) => rate((r / alpha) * stays(time), unit),
    noOrder: none,
    get noOrderEver() {
      return none(Number.POSITIVE_INFINITY);
    },
    orders: (time, upTo) => paretoOrders(rates, time, upTo),
    timeOfNoOrder: (probability) => span(solveNone(rates, none, probability), unit),
    timeScale: beta,
  };
}

/** Counts up to now of those who stayed, and up to when they left of those who did not. */
function paretoOrders({ r, alpha, s, beta }: ParetoRates<TimeUnit>, time: number, upTo: number): Float64Array {
  if (time <= 0) return certain(upTo);
  const stayed = Math.exp(-s * Math.log1p(time / beta));
  const total = negativeBinomial(r, alpha, time, upTo).map((probability) => probability * stayed);
  const most = Math.min(upTo, (r * time) / alpha);
  const growth = Math.min(0.5, 3 / Math.sqrt(1 + r + most), 4 / (s + 1));
  for (let start = 0; start < time; ) {
    // At first the counts change on the scale of the mean time between orders.
    const gradual = Math.max((4 * alpha) / (r + 1), start);
    const end = Math.min(time, start + Math.min(gradual, growth * (Math.min(alpha, beta) + start)));
    const width = end - start;
    if (!(width > 0)) break;
    const left = (u: number): number => (s / (beta + u)) * Math.exp(-s * Math.log1p(u / beta));
    for (let i = 0; i < nodes.length; i++) {
      const u = start + width * (nodes[i] ?? 0);
      const share = width * (weights[i] ?? 0) * left(u);
      const counts = negativeBinomial(r, alpha, u, upTo);
      for (let n = 0; n <= upTo; n++) total[n] = (total[n] ?? 0) + share * (counts[n] ?? 0);
    }
    start = end;
  }
  return total;
}

/** Newton's method for ln(time), kept between bounds: the probability falls with time and its slope is known. */
function solveNone(
  { r, alpha, s, beta }: ParetoRates<TimeUnit>,
  none: (time: number) => number,
  probability: number,
): number {
  if (probability >= 1) return 0;
  let low = -700;
  let high = 700;
  // As if nobody left: the true time is later.
  let at = Math.log(alpha * Math.expm1(-Math.log(probability) / r));
  for (let round = 0; round < 100; round++) {
    const time = Math.exp(at);
    const excess = none(time) - probability;
    if (excess > 0) low = at;
    else high = at;
    const slope = (r / (alpha + time)) * Math.exp(-r * Math.log1p(time / alpha) - s * Math.log1p(time / beta)) * time;
    const next = at + excess / slope;
    const isInside = next > low && next < high;
    const to = isInside ? Math.min(next, at + 2) : (low + high) / 2;
    if (Math.abs(to - at) < 1e-9 || high - low < 1e-9) return Math.exp(to);
    at = to;
  }
  return Math.exp(at);
}
