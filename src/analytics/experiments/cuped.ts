/** Sums over the customers of one arm: y is what is measured, x what was known of each before. */
export interface ArmSums {
  readonly customers: number;
  readonly y: number;
  readonly x: number;
  readonly xy: number;
  readonly yy: number;
  readonly xx: number;
}

export interface Adjustment {
  /** What one unit of x says of y; 0 where x does not help. */
  readonly theta: number;
  /** Mean of y less theta times x in `a`, less that in `b`. */
  readonly difference: number;
  /** Variance of the difference. */
  readonly variance: number;
  /** By how much smaller it is than without x, in percent, from 0 on. */
  readonly reductionPercent: number;
}

/**
 * CUPED (Deng, Xu, Kohavi, Walker 2013, Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data): what x,
 * known before the customers were divided, says of y is taken off in both arms. That changes no expectation, for both arms have the same x on
 * average, and takes away the part of the variance that x explains. theta is the slope of y on x within the arms. Where x does not make
 * the variance smaller, nothing is taken off.
 */
export function adjustDifference(a: ArmSums, b: ArmSums): Adjustment {
  const [ofA, ofB] = [scatterOf(a), scatterOf(b)];
  const theta = slope(ofA.xy + ofB.xy, ofA.xx + ofB.xx);
  const varianceAt = (times: number) => meanVariance(a, ofA, times) + meanVariance(b, ofB, times);
  const [plain, adjusted] = [varianceAt(0), varianceAt(theta)];
  const used = adjusted < plain ? theta : 0;
  const mean = ({ y, x, customers }: ArmSums) => (y - used * x) / customers;
  return {
    theta: used,
    difference: mean(a) - mean(b),
    variance: used === 0 ? plain : adjusted,
    reductionPercent: used === 0 ? 0 : 100 * (1 - adjusted / plain),
  };
}

/** Sums of products of distances from the means. */
function scatterOf({ customers, y, x, xy, yy, xx }: ArmSums) {
  return { xy: xy - (x * y) / customers, yy: yy - (y * y) / customers, xx: xx - (x * x) / customers };
}

function meanVariance({ customers }: ArmSums, { xy, yy, xx }: ReturnType<typeof scatterOf>, times: number): number {
  return Math.max(0, yy - 2 * times * xy + times * times * xx) / (customers * (customers - 1));
}

function slope(xy: number, xx: number): number {
  return xx > 0 && Number.isFinite(xy / xx) ? xy / xx : 0;
}
