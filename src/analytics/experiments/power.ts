import { normalCdf, normalQuantile } from '../numeric/normal.ts';

/** A campaign list that is to be compared: so many are addressed, so many are left alone. */
export interface ComparedGroups {
  readonly targets: number;
  readonly controls: number;
  /** Share of customers who order in the measurement window without the campaign, from 0 to 1. */
  readonly baseRate: number;
}

export interface TestDemands {
  /** Probability of an alarm where there is no effect, both directions together. Default 0.05. */
  readonly significance?: number;
  /** Probability of finding an effect that is there. Default 0.8. */
  readonly power?: number;
}

/** Standard error of the difference of two shares where both groups order at the base rate. */
function standardError({ targets, controls, baseRate }: ComparedGroups): number {
  return Math.sqrt(baseRate * (1 - baseRate) * (1 / targets + 1 / controls));
}

function isComparable({ targets, controls, baseRate }: ComparedGroups): boolean {
  return targets > 0 && controls > 0 && baseRate > 0 && baseRate < 1;
}

/**
 * The smallest difference of two shares that a two-sided comparison of these groups finds with the demanded power, as a share:
 * 0.01 is one customer in a hundred. Null where there is no group to compare with, and where the rate is 0 or 1.
 *
 * Both groups are given the variance of the base rate (Bloom 1995, Minimum detectable effects, Evaluation Review 19(5)); with
 * few orders in the control group the true figure is larger.
 */
export function smallestDetectableDifference(
  groups: ComparedGroups,
  { significance = 0.05, power = 0.8 }: TestDemands = {},
): number | null {
  if (!isComparable(groups)) return null;
  return (normalQuantile(1 - significance / 2) + normalQuantile(power)) * standardError(groups);
}

/**
 * Probability that a two-sided comparison of these groups finds a lift: 0.1 is ten per cent more orders than the base rate. Under
 * the same approximation as `smallestDetectableDifference`; null likewise.
 */
export function powerForLift(
  groups: ComparedGroups,
  lift: number,
  { significance = 0.05 }: Pick<TestDemands, 'significance'> = {},
): number | null {
  if (!isComparable(groups)) return null;
  const limit = normalQuantile(1 - significance / 2);
  const shift = (lift * groups.baseRate) / standardError(groups);
  return normalCdf(shift - limit) + normalCdf(-shift - limit);
}

/**
 * How many customers a list must have, both groups together, for a lift to be found with the demanded power. Null where no list is
 * large enough: no control group, or a base rate of 0 or 1.
 */
export function customersNeeded(
  { baseRate, controlShare }: { readonly baseRate: number; readonly controlShare: number },
  lift: number,
  { significance = 0.05, power = 0.8 }: TestDemands = {},
): number | null {
  if (!(baseRate > 0 && baseRate < 1 && controlShare > 0 && controlShare < 1) || lift === 0) return null;
  const distance = normalQuantile(1 - significance / 2) + normalQuantile(power);
  const variance = (1 - baseRate) / baseRate / (controlShare * (1 - controlShare));
  return Math.ceil(variance * (distance / lift) ** 2);
}
