import betaln from '@stdlib/math-base-special-betaln';

/** A smooth, monotone function of a probability p, with its limits at both ends. */
export interface OfProbability {
  readonly at: (p: number) => number;
  readonly atZero: number;
  readonly atOne: number;
}

/**
 * The mean of a function of p when p ~ Beta(a, b), by the trapezoidal rule in the logit of p, which converges
 * exponentially (Trefethen and Weideman 2014, "The exponentially convergent trapezoidal rule"). The straight line
 * between the function's ends has a known mean and is taken off first where a or b is small: what remains is zero at
 * both ends, so the integrand falls fast although the density does not.
 */
export function betaMean(a: number, b: number, { at, atZero, atOne }: OfProbability): number {
  const offZero = a < 1 ? atZero : 0;
  const slope = a < 1 || b < 1 ? (b < 1 ? atOne : 0) - offZero : 0;
  const known = a < 1 || b < 1 ? offZero + (slope * a) / (a + b) : 0;
  const fallLeft = a < 1 ? a + 1 : a;
  const fallRight = b < 1 ? b + 1 : b;
  const logBeta = betaln(a, b);
  const peak = Math.log(fallLeft / fallRight);
  const step = Math.min(0.22, 0.4 * Math.sqrt(1 / fallLeft + 1 / fallRight));
  const term = (y: number): number => {
    const p = 1 / (1 + Math.exp(-y));
    const logDensity = -a * Math.log1p(Math.exp(-y)) - b * (y > 700 ? y : Math.log1p(Math.exp(y))) - logBeta;
    const value = at(p) - offZero - slope * p;
    return value === 0 ? 0 : Math.exp(logDensity) * value;
  };
  let sum = 0;
  for (const direction of [-1, 1]) {
    let silent = 0;
    for (let k = direction === 1 ? 0 : 1; k < 20_000 && silent < 12; k++) {
      const y = peak + direction * k * step;
      if (y < -690 || y > 690) break;
      const part = term(y);
      sum += part;
      silent = Math.abs(part) <= 1e-18 * Math.abs(sum + known / step) ? silent + 1 : 0;
    }
  }
  return known + sum * step;
}
