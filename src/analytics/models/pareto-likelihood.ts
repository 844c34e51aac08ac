import { risingSums } from '../numeric/rising-sums.ts';
import { addLifetimeIntegrals } from '../processes/pareto-lifetime.ts';
import type { PurchaseCells } from '../purchase-cells.ts';
import type { TimeUnit } from '../units.ts';

/** Integrals from each time to the last one, over f at that time: the five of {@link addLifetimeIntegrals}, in turns of 5. */
function integralsToEnd(
  times: Float64Array,
  logF: Float64Array,
  [r = 0, alpha = 0, s = 0, beta = 0]: readonly number[],
  withGradient: boolean,
): Float64Array {
  const table = new Float64Array(5 * times.length);
  const gap = new Float64Array(5);
  for (let i = times.length - 2; i >= 0; i--) {
    gap.fill(0);
    addLifetimeIntegrals({ r, alpha, s, beta }, times[i] ?? 0, times[i + 1] ?? 0, gap, withGradient);
    const fall = Math.exp((logF[i + 1] ?? 0) - (logF[i] ?? 0));
    for (let k = 0; k < 5; k++) table[5 * i + k] = (gap[k] ?? 0) + fall * (table[5 * (i + 1) + k] ?? 0);
  }
  return table;
}

/**
 * Log-likelihood of the Pareto/NBD, values r, alpha, s, beta:
 *
 *     L = Gamma(r + x) / Gamma(r) alpha^r beta^s [ f(T) (beta + T) + s (integral of f from tx to T) ],
 *     f(u) = (alpha + u)^-(r + x) (beta + u)^-(s + 1)
 *
 * (still alive, or left at u). For one x the integrals from all distinct times are one running sum from the last time
 * backwards, so the work does not grow with the cells. No digit is lost in their difference: the sum above is at
 * least s times the larger one.
 */
export function paretoLogLikelihood<U extends TimeUnit>(
  cells: PurchaseCells<U>,
  [r = 0, alpha = 0, s = 0, beta = 0]: Float64Array,
  gradient?: Float64Array,
): number {
  const { frequencies, groupStarts, recencyIndex, ageIndex, counts, times } = cells;
  const rising = risingSums(r, frequencies);
  const logA = times.map((time) => Math.log(alpha + time));
  const logB = times.map((time) => Math.log(beta + time));
  const logF = new Float64Array(times.length);
  /** Integrals of one cell, and zeros to take off. */
  const own = new Float64Array(10);
  const constant = r * Math.log(alpha) + s * Math.log(beta);
  let sum = 0;
  let byR = 0;
  let byAlpha = 0;
  let byS = 0;
  let byBeta = 0;
  for (let group = 0; group < frequencies.length; group++) {
    const x = frequencies[group] ?? 0;
    const k = r + x;
    for (let i = 0; i < times.length; i++) logF[i] = -k * (logA[i] ?? 0) - (s + 1) * (logB[i] ?? 0);
    const end = groupStarts[group + 1] ?? 0;
    const start = groupStarts[group] ?? 0;
    // Few customers bought so often: their own integrals cost less than a table.
    const isRare = (end - start) * 10 < times.length;
    const table = isRare ? own : integralsToEnd(times, logF, [k, alpha, s, beta], gradient !== undefined);
    const log = constant + (rising.logs[group] ?? 0);
    const slopeR = Math.log(alpha) + (rising.slopes[group] ?? 0);
    for (let cell = start; cell < end; cell++) {
      const count = counts[cell] ?? 0;
      const last = recencyIndex[cell] ?? 0;
      const at = ageIndex[cell] ?? 0;
      const age = times[at] ?? 0;
      // All relative to f(tx), the largest term.
      const fall = Math.exp((logF[at] ?? 0) - (logF[last] ?? 0));
      const alive = fall * (beta + age);
      if (isRare) {
        own.fill(0);
        addLifetimeIntegrals({ r: k, alpha, s, beta }, times[last] ?? 0, age, own, gradient !== undefined);
      }
      const i = isRare ? 0 : 5 * last;
      const j = isRare ? 5 : 5 * at;
      const left = last === at ? 0 : s * ((table[i] ?? 0) - fall * (table[j] ?? 0));
      const total = alive + left;
      sum += count * (log + (logF[last] ?? 0) + Math.log(total));
      if (gradient === undefined) continue;
      const weight = count / total;
      const difference = (of: number): number => (last === at ? 0 : (table[i + of] ?? 0) - fall * (table[j + of] ?? 0));
      byR += count * slopeR - weight * (alive * (logA[at] ?? 0) + s * difference(1));
      byS += count * Math.log(beta) - weight * (alive * (logB[at] ?? 0) + s * difference(2) - left / s);
      byAlpha += count * (r / alpha) - weight * k * (alive / (alpha + age) + s * difference(3));
      byBeta += count * (s / beta) - weight * (s * fall + (s + 1) * s * difference(4));
    }
  }
  if (gradient !== undefined) gradient.set([byR, byAlpha, byS, byBeta]);
  return sum;
}
