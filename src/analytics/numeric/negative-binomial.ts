import gammaln from '@stdlib/math-base-special-gammaln';

/** Probabilities of 0, 1, ... `upTo` events. */
export type Probabilities = Float64Array;

/** Fills probabilities from the largest outwards by their ratios, so that the start never underflows. */
function fromMode(upTo: number, mode: number, logAtMode: number, ratio: (n: number) => number): Probabilities {
  const probabilities = new Float64Array(upTo + 1);
  const start = Math.min(upTo, Math.max(0, mode));
  const first = Math.exp(logAtMode);
  probabilities[start] = first;
  let value = first;
  for (let n = start + 1; n <= upTo && value > 0; n++) probabilities[n] = value *= ratio(n);
  value = first;
  for (let n = start; n > 0 && value > 0; n--) probabilities[n - 1] = value /= ratio(n);
  return probabilities;
}

/**
 * Counts of a Poisson process over a time of length `t` whose rate ~ Gamma(shape `r`, rate `alpha`): the negative binomial
 * distribution (Ehrenberg 1959).
 */
export function negativeBinomial(r: number, alpha: number, t: number, upTo: number): Probabilities {
  if (t <= 0) return certain(upTo);
  const w = t / (alpha + t);
  const mode = Math.min(upTo, Math.max(0, Math.floor(((r - 1) * t) / alpha)));
  const binomial = mode === 0 ? 0 : gammaln(r + mode) - gammaln(r) - gammaln(mode + 1);
  const logAtMode = binomial - r * Math.log1p(t / alpha) + (mode === 0 ? 0 : mode * Math.log(w));
  return fromMode(upTo, mode, logAtMode, (n) => ((r + n - 1) / n) * w);
}

/** Counts of a Poisson process with the mean `mean`. */
export function poisson(mean: number, upTo: number): Probabilities {
  if (mean <= 0) return certain(upTo);
  const mode = Math.min(upTo, Math.floor(mean));
  const logAtMode = mode * Math.log(mean) - mean - gammaln(mode + 1);
  return fromMode(upTo, mode, logAtMode, (n) => mean / n);
}

/** No event for sure. */
export function certain(upTo: number): Probabilities {
  const probabilities = new Float64Array(upTo + 1);
  probabilities[0] = 1;
  return probabilities;
}
