import { betaMean } from '../numeric/beta-mean.ts';
import { hypergeometric2F1 } from '../numeric/hypergeometric.ts';
import { negativeBinomial } from '../numeric/negative-binomial.ts';
import { rate, type Span, span, type TimeUnit } from '../units.ts';
import type { OrderProcess } from './order-process.ts';

export interface BetaGeometric<U extends TimeUnit> {
  readonly r: number;
  readonly alpha: Span<U>;
  readonly a: number;
  readonly b: number;
}

/**
 * Orders at a rate ~ Gamma(`r`, `alpha`) until the customer, after an order, leaves for good, which happens with a
 * probability p ~ Beta(`a`, `b`): the BG/NBD model of a customer who is alive (Fader, Hardie, Lee 2005, "Counting your
 * customers the easy way", equations 8 and 9). Mean and moments are sums of positive terms or an integral over p: the
 * published form with 2F1 divides by a - 1 and subtracts nearly equal numbers.
 */
export function betaGeometric<U extends TimeUnit>(unit: U, parameters: BetaGeometric<U>): OrderProcess<U> {
  const { r, alpha, a, b } = parameters;
  const isSeriesBad = (t: number): boolean => t > 32 * alpha || r * Math.log1p(t / alpha) > 600;
  return {
    expected: (time) => (isSeriesBad(time) ? meanByIntegral(parameters, time) : countMoments(parameters, time).mean),
    expectedPairs: (time) =>
      isSeriesBad(time) ? pairsByIntegral(parameters, time) : countMoments(parameters, time).pairs,
    rateAt: (time) => rate((r / alpha) * hypergeometric2F1(r + 1, a, a + b, time / alpha), unit),
    noOrder: (time) => Math.exp(-r * Math.log1p(time / alpha)),
    noOrderEver: 0,
    orders: (time, upTo) => {
      const counts = negativeBinomial(r, alpha, time, upTo);
      let tail = time <= 0 ? 0 : -Math.expm1(-r * Math.log1p(time / alpha));
      let stayed = 1; // mean of (1 - p)^(n - 1)
      for (let n = 1; n <= upTo; n++) {
        const leaves = a / (a + b + n - 1);
        const count = counts[n] ?? 0;
        const stays = stayed * ((b + n - 1) / (a + b + n - 1));
        counts[n] = stays * count + stayed * leaves * Math.max(0, tail);
        tail -= count;
        stayed = stays;
      }
      return counts;
    },
    timeOfNoOrder: (probability) => span(alpha * Math.expm1(-Math.log(probability) / r), unit),
    timeScale: alpha,
  };
}

/** Sums over the orders k that would have come without leaving, of how many of them come before it. */
function countMoments({ r, alpha, a, b }: BetaGeometric<TimeUnit>, t: number): { mean: number; pairs: number } {
  if (t <= 0) return { mean: 0, pairs: 0 };
  const w = t / (alpha + t);
  let probability = Math.exp(-r * Math.log1p(t / alpha));
  let stayed = 1;
  let meanUpTo = 0;
  let pairsUpTo = 0;
  let mean = 0;
  let pairs = 0;
  for (let k = 1; k < 100_000; k++) {
    const ratio = ((r + k - 1) / k) * w;
    probability *= ratio;
    meanUpTo += stayed;
    pairsUpTo += 2 * (k - 1) * stayed;
    stayed *= (b + k - 1) / (a + b + k - 1);
    mean += probability * meanUpTo;
    pairs += probability * pairsUpTo;
    const growth = Math.max(ratio, w) * (1 + 2 / k);
    const rest = probability / (1 - growth);
    if (growth < 1 && rest * meanUpTo < 1e-16 * mean && rest * pairsUpTo <= 1e-16 * pairs) break;
  }
  return { mean, pairs };
}

function meanByIntegral({ r, alpha, a, b }: BetaGeometric<TimeUnit>, t: number): number {
  const z = t / alpha;
  const at = (p: number): number => (p * z < 1e-12 ? r * z : -Math.expm1(-r * Math.log1p(p * z)) / p);
  return betaMean(a, b, { at, atZero: r * z, atOne: at(1) });
}

function pairsByIntegral({ r, alpha, a, b }: BetaGeometric<TimeUnit>, t: number): number {
  const z = t / alpha;
  const at = (p: number): number => {
    const y = p * z;
    const inner =
      y * (r + 2) < 1e-4
        ? r * (r + 1) * z * z * (1 - (2 * (r + 2) * y) / 3)
        : (2 * (1 - Math.exp(-(r + 1) * Math.log1p(y)) * (1 + (r + 1) * y))) / (p * p);
    return (1 - p) * inner;
  };
  return betaMean(a, b, { at, atZero: r * (r + 1) * z * z, atOne: 0 });
}
