import { gaussLegendre } from '../numeric/gauss-legendre.ts';

/** A customer base with rates ~ Gamma(r, alpha) and lifetimes of mean 1 / mu, mu ~ Gamma(s, beta). */
export interface GammaRates {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

const wide = gaussLegendre(12);
const middle = gaussLegendre(7);
const narrow = gaussLegendre(4);

/** The integral f and its means of ln(alpha + u), ln(beta + u), 1 / (alpha + u), 1 / (beta + u), in this order. */
export type LifetimeIntegrals = Float64Array;

/**
 * The integral from `from` to `to` of f(u) = (alpha + u)^-r (beta + u)^-(s + 1), over f(`from`), and the same with the
 * factors that a gradient needs, added to `into`: the chance to have left in between. The textbook
 * writes it as a difference of two 2F1, which cancels when the times are near each other and overflows for many
 * purchases; all terms here are positive and at most 1. Panels are so short that f falls by less than e^4 in each.
 */
export function addLifetimeIntegrals(
  { r, alpha, s, beta }: GammaRates,
  from: number,
  to: number,
  into: LifetimeIntegrals,
  withGradient: boolean,
): void {
  const steepness = r + s + 1;
  const logAtStart = r * Math.log(alpha + from) + (s + 1) * Math.log(beta + from);
  const base = Math.min(alpha, beta);
  for (let start = from; start < to; ) {
    const longest = Math.min(0.5, 4 / steepness) * (base + start);
    const end = Math.min(to, start + longest);
    if (!(end > start)) return;
    const width = end - start;
    const { nodes, weights } = width < 0.06 * longest ? narrow : width < 0.3 * longest ? middle : wide;
    let part = 0;
    for (let i = 0; i < nodes.length; i++) {
      const u = start + width * (nodes[i] ?? 0);
      const logA = Math.log(alpha + u);
      const logB = Math.log(beta + u);
      const f = width * (weights[i] ?? 0) * Math.exp(logAtStart - r * logA - (s + 1) * logB);
      part += f;
      if (withGradient) {
        into[1] = (into[1] ?? 0) + f * logA;
        into[2] = (into[2] ?? 0) + f * logB;
        into[3] = (into[3] ?? 0) + f / (alpha + u);
        into[4] = (into[4] ?? 0) + f / (beta + u);
      }
    }
    into[0] = (into[0] ?? 0) + part;
    // f falls at least like (base + u)^-steepness of either kind, so what is left is below part times a constant.
    if (part < 1e-18 * (into[0] ?? 0)) return;
    start = end;
  }
}

/** The integral alone, over f(`from`); `to` may be infinite. */
export function lifetimeIntegral(rates: GammaRates, from: number, to: number): number {
  const { r, alpha, s, beta } = rates;
  // So far out f is a power of u to the last digit, and the rest is known.
  const far = 1e17 * Math.max(alpha, beta, from);
  const into = new Float64Array(5);
  addLifetimeIntegrals(rates, from, Math.min(to, far), into, false);
  if (to <= far) return into[0] ?? 0;
  const logFall = r * Math.log((alpha + from) / far) + (s + 1) * Math.log((beta + from) / far);
  const rest = to === Number.POSITIVE_INFINITY ? 1 : -Math.expm1(-(r + s) * Math.log(to / far));
  return (into[0] ?? 0) + (rest * far * Math.exp(logFall)) / (r + s);
}
