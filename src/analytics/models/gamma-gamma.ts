import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import { InputError } from '../../errors.ts';
import { describeSearch } from '../diagnose.ts';
import type { ParameterDescription } from '../purchase-model.ts';
import { type SearchResult, searchMaximum } from '../search.ts';
import type { SpendCells } from '../spend-cells.ts';

/**
 * What the likelihood is the density of. `mean`: the mean amount z of x purchases; `total`: their sum x z, whose density
 * is smaller by the factor x. The estimates are the same, the log-likelihoods differ by the sum of ln x.
 */
export type SpendConvention = 'mean' | 'total';

export interface SpendValues {
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
}

const parameters: readonly ParameterDescription[] = [
  { name: 'p', kind: 'shape', meaning: 'how alike the amounts of one customer are' },
  { name: 'q', kind: 'shape', meaning: 'how alike the mean amounts of the customers are' },
  { name: 'gamma', kind: 'rate', meaning: 'the size of the amounts: the mean is p gamma / (q - 1)' },
];

/**
 * Log-likelihood of the Gamma-Gamma model of spend: each amount ~ Gamma(p, nu), nu ~ Gamma(q, gamma) per customer, and
 * independent of how often the customer buys. For the mean z of x amounts
 *
 *     ln f = ln Gamma(p x + q) - ln Gamma(p x) - ln Gamma(q) + q ln gamma + (p x - 1) ln z + p x ln x - (p x + q) ln(gamma + x z)
 *
 * (Fader, Hardie, Lee 2005, "RFM and CLV", equation 1; Fader and Hardie 2013, note 025). Values p, q, gamma.
 */
export function spendLogLikelihood(
  { purchases, groupStarts, means, counts }: SpendCells,
  [p = 0, q = 0, gamma = 0]: Float64Array,
  convention: SpendConvention,
  gradient?: Float64Array,
): number {
  let sum = 0;
  let byP = 0;
  let byQ = 0;
  let byGamma = 0;
  const psiQ = digamma(q);
  for (let group = 0; group < purchases.length; group++) {
    const x = purchases[group] ?? 0;
    const px = p * x;
    const constant = gammaln(px + q) - gammaln(px) - gammaln(q) - (convention === 'total' ? Math.log(x) : 0);
    const psiAll = digamma(px + q);
    const psiPx = digamma(px);
    const end = groupStarts[group + 1] ?? 0;
    for (let cell = groupStarts[group] ?? 0; cell < end; cell++) {
      const count = counts[cell] ?? 0;
      const z = means[cell] ?? 0;
      const spent = x * z;
      // Logarithms of spent / (gamma + spent) and gamma / (gamma + spent).
      const logPart = -Math.log1p(gamma / spent);
      const logRest = -Math.log1p(spent / gamma);
      sum += count * (constant - Math.log(z) + px * logPart + q * logRest);
      byP += count * x * (psiAll - psiPx + logPart);
      byQ += count * (psiAll - psiQ + logRest);
      byGamma += count * ((q * (spent / gamma) - px) / (gamma + spent));
    }
  }
  if (gradient !== undefined) gradient.set([byP, byQ, byGamma]);
  return sum;
}

export interface FittedSpend extends SearchResult, SpendValues {
  readonly customers: number;
  readonly convention: SpendConvention;
  readonly diagnosis: readonly string[];
  readonly isUsable: boolean;
}

/**
 * Fits the Gamma-Gamma model to the customers with repeat purchases.
 * @throws InputError without any.
 */
export function fitSpend(cells: SpendCells, convention: SpendConvention = 'mean'): FittedSpend {
  if (cells.size === 0) throw new InputError('no customers with repeat purchases to fit a spend model to');
  const { means, counts, customers } = cells;
  const mean = means.reduce((sum, z, i) => sum + z * (counts[i] ?? 0), 0) / customers;
  const found = searchMaximum({
    parameters,
    logLikelihood: (values, gradient) => spendLogLikelihood(cells, values, convention, gradient),
    observations: customers,
    starts: [Float64Array.of(4, 4, (3 * mean) / 4), Float64Array.of(1, 2, mean)],
    scale: { time: 1, rate: mean },
  });
  const [p = 0, q = 0, gamma = 0] = found.values;
  const grave: string[] = [];
  const isEqual = means.every((z) => Math.abs(z - mean) <= 1e-9 * mean);
  if (customers <= 3) {
    grave.push(
      `${customers} customers with repeat purchases do not determine the 3 parameters of the Gamma-Gamma model`,
    );
  } else if (isEqual) {
    grave.push(`all mean amounts are equal (${Number(mean.toPrecision(6))}): there is no spread to fit`);
  } else if (q <= 1) {
    grave.push(
      `q = ${Number(q.toPrecision(4))} is not above 1: the mean amount of the customers is not finite in the model`,
    );
  }
  if (found.status === 'iteration-limit') grave.push('Gamma-Gamma did not converge');
  const diagnosis = [...grave, ...describeSearch(found)];
  return { ...found, p, q, gamma, customers, convention, diagnosis, isUsable: grave.length === 0 };
}

/** Mean amount over all customers, also for those without repeat spend; null where it is not finite (q at most 1). */
export function meanSpend({ p, q, gamma }: SpendValues): number | null {
  return q > 1 ? (p * gamma) / (q - 1) : null;
}

/**
 * E[M | z, x]: the mean amount of a customer whose x purchases had the mean z, a weighted mean of z and the mean of all; null
 * where it is not finite.
 */
export function expectedSpend(values: SpendValues, purchases: number, mean: number): number | null {
  if (purchases === 0) return meanSpend(values);
  const { p, q, gamma } = values;
  const divisor = p * purchases + q - 1;
  return divisor > 0 ? (p * (gamma + purchases * mean)) / divisor : null;
}

/** The customer's nu after `purchases` of the mean `mean`: a Gamma distribution again, returned as the new q and gamma. */
export function updateSpend({ p, q, gamma }: SpendValues, purchases: number, mean: number): SpendValues {
  return purchases === 0 ? { p, q, gamma } : { p, q: q + p * purchases, gamma: gamma + purchases * mean };
}
