import { risingSums } from '../numeric/rising-sums.ts';
import type { PurchaseCells } from '../purchase-cells.ts';
import type { TimeUnit } from '../units.ts';

/**
 * Log-likelihood of the BG/NBD family, values r, alpha, a, b. `chances` is how often a customer could have left besides
 * the repeat purchases: 0 in the BG/NBD, 1 in the MBG/NBD, where one may leave after the first purchase. With n = x +
 * chances and B the beta function
 *
 *     L = Gamma(r + x) / Gamma(r) alpha^r (alpha + T)^-(r + x) B(a, b + n) / B(a, b) (1 + e^z),
 *     z = ln(a / (b + n - 1)) + (r + x) ln((alpha + T) / (alpha + tx)), without the e^z where n = 0
 *
 * (Fader, Hardie, Lee 2005, equation 6, as rewritten in their note 027 against overflow; Batislam et al. 2007).
 */
export function betaGeometricLogLikelihood<U extends TimeUnit>(
  cells: PurchaseCells<U>,
  [r = 0, alpha = 0, a = 0, b = 0]: Float64Array,
  chances: 0 | 1,
  gradient?: Float64Array,
): number {
  const { frequencies, groupStarts, recencyIndex, ageIndex, counts, times } = cells;
  const rising = risingSums(r, frequencies);
  const trials = frequencies.map((x) => x + chances);
  const stays = risingSums(b, trials);
  const all = risingSums(a + b, trials);
  const logGrowth = times.map((time) => Math.log1p(time / alpha));
  const reciprocal = times.map((time) => 1 / (alpha + time));
  let sum = 0;
  let byR = 0;
  let byAlpha = 0;
  let byA = 0;
  let byB = 0;
  for (let group = 0; group < frequencies.length; group++) {
    const x = frequencies[group] ?? 0;
    const trial = trials[group] ?? 0;
    const k = r + x;
    const log = (rising.logs[group] ?? 0) - x * Math.log(alpha) + (stays.logs[group] ?? 0) - (all.logs[group] ?? 0);
    const slopeR = rising.slopes[group] ?? 0;
    const slopeA = -(all.slopes[group] ?? 0);
    const slopeB = (stays.slopes[group] ?? 0) + slopeA;
    const logOdds = trial === 0 ? Number.NEGATIVE_INFINITY : Math.log(a / (b + trial - 1));
    const end = groupStarts[group + 1] ?? 0;
    for (let cell = groupStarts[group] ?? 0; cell < end; cell++) {
      const count = counts[cell] ?? 0;
      const last = recencyIndex[cell] ?? 0;
      const at = ageIndex[cell] ?? 0;
      const growth = logGrowth[at] ?? 0;
      const silence = growth - (logGrowth[last] ?? 0);
      const z = logOdds + k * silence;
      // ln(1 + e^z) and e^z / (1 + e^z) from one exponential.
      const small = Math.exp(-Math.abs(z));
      const left = z > 0 ? 1 / (1 + small) : small / (1 + small);
      sum += count * (log - k * growth + Math.max(z, 0) + Math.log1p(small));
      byR += count * (slopeR - growth + left * silence);
      const byAge = reciprocal[at] ?? 0;
      const age = times[at] ?? 0;
      byAlpha += count * (((r / alpha) * age - x) * byAge + left * k * (byAge - (reciprocal[last] ?? 0)));
      byA += count * (slopeA + left / a);
      byB += count * (slopeB - (trial === 0 ? 0 : left / (b + trial - 1)));
    }
  }
  if (gradient !== undefined) gradient.set([byR, byAlpha, byA, byB]);
  return sum;
}
