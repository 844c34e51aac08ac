import type { Interval } from '../intervals.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { shareOf } from '../observation/share-difference.ts';
import type { Arm } from './arm.ts';
import { type BucketSums, bootstrapInterval, type Resampling } from './bootstrap.ts';
import { adjustDifference } from './cuped.ts';
import { newcombeInterval } from './newcombe.ts';

/** A difference, targets less controls; the interval is null where an arm is too small to have one. */
export interface Difference {
  readonly value: number;
  readonly interval: Interval | null;
}

/** What an experiment says at one look. */
export interface Readout {
  /** Of the shares who ordered. The verdict rests on it alone. */
  readonly conversion: { readonly value: number; readonly interval: Interval };
  /** Of the revenue per customer. */
  readonly revenue: Difference;
  /** The same, with what the prediction explains taken off. */
  readonly adjusted: Difference;
  readonly theta: number;
  /** By how much the prediction makes the variance of the revenue difference smaller, from 0 on. */
  readonly varianceReductionPercent: number;
}

const singleLookLevel = 0.95;

/**
 * Compares the arms by intention to treat at a look with this boundary. All intervals are repeated confidence intervals (Jennison and Turnbull
 * 1989): those of all looks together hold the truth with the probability that was planned, and that of the conversion leaves zero out just
 * when the boundary is crossed. Those of money are bootstrapped for a single look and stretched by the boundary over that of a single one.
 */
export function readOut(targets: Arm, controls: Arm, criticalZ: number, resampling: Resampling): Readout {
  const [a, b] = [conversionOf(targets), conversionOf(controls)];
  const adjustment = adjustDifference(targets.sums, controls.sums);
  const stretch = criticalZ / normalQuantile((1 + singleLookLevel) / 2);
  const differenceAt = (theta: number): Difference => {
    const value = meanAt(targets, theta) - meanAt(controls, theta);
    const single = bootstrapInterval(sumsAt(targets, theta), sumsAt(controls, theta), resampling, singleLookLevel);
    return { value, interval: single === null ? null : stretched(single, value, stretch) };
  };
  const revenue = differenceAt(0);
  return {
    conversion: { value: shareOf(a) - shareOf(b), interval: newcombeInterval(a, b, criticalZ) },
    revenue,
    adjusted: adjustment.theta === 0 ? revenue : differenceAt(adjustment.theta),
    theta: adjustment.theta,
    varianceReductionPercent: adjustment.reductionPercent,
  };
}

const conversionOf = ({ converters, customers }: Arm) => ({ successes: converters, total: customers });

const meanAt = ({ sums }: Arm, theta: number): number => (sums.y - theta * sums.x) / sums.customers;

function sumsAt({ revenue, expected }: Arm, theta: number): BucketSums {
  return { ...revenue, sums: revenue.sums.map((sum, bucket) => sum - theta * (expected.sums[bucket] ?? 0)) };
}

function stretched({ low, high }: Interval, center: number, factor: number): Interval {
  return { low: center - factor * (center - low), high: center + factor * (high - center) };
}
