import type { Interval } from '../intervals.ts';
import type { Uniform } from '../simulate-customers.ts';

/** The customers of one arm, put at random into buckets: how many are in each, and the sum of a figure over them. */
export interface BucketSums {
  readonly customers: Float64Array;
  readonly sums: Float64Array;
}

/** Which buckets of both arms together are drawn for each arm, draw after draw. One serves for all arms with so many buckets. */
export interface Resampling {
  readonly draws: number;
  readonly forA: Uint8Array;
  readonly forB: Uint8Array;
}

/** Draws with replacement; at most 256 buckets together. The same numbers from `uniform` give the same draws. */
export function resample(bucketsA: number, bucketsB: number, draws: number, uniform: Uniform): Resampling {
  const all = bucketsA + bucketsB;
  const drawn = (buckets: number) => Uint8Array.from({ length: draws * buckets }, () => Math.floor(uniform() * all));
  return { draws, forA: drawn(bucketsA), forB: drawn(bucketsB) };
}

/**
 * Interval that holds the difference of two means, `a` less `b`, with the probability `level`, by the studentized bootstrap (Efron and
 * Tibshirani 1993, An Introduction to the Bootstrap, section 12.5): each draw's difference is measured in its own standard errors, so that
 * the interval leans to the side to which skewed amounts lean. Both arms are drawn from the distances of all customers from the mean of
 * their arm (their chapter 16): a small arm has seen too few large amounts to tell by itself how far off its mean may be. Buckets of both arms
 * are to hold equally many customers on average. Null where nothing varies, for then nothing is known of how far off the difference may be.
 */
export function bootstrapInterval(
  a: BucketSums,
  b: BucketSums,
  resampling: Resampling,
  level: number,
): Interval | null {
  const [meanA, meanB] = [ratioOf(a), ratioOf(b)];
  const pool = new Pool([
    [a, meanA],
    [b, meanB],
  ]);
  const [sizeA, sizeB] = [a.customers.length, b.customers.length];
  const own = Uint8Array.from({ length: sizeA + sizeB }, (_, bucket) => bucket);
  const error = pool.compare(own.subarray(0, sizeA), own.subarray(sizeA)).error;
  if (!(error > 0)) return null;
  const scores = new Float64Array(resampling.draws);
  for (let draw = 0; draw < scores.length; draw++) {
    const again = pool.compare(
      resampling.forA.subarray(draw * sizeA, (draw + 1) * sizeA),
      resampling.forB.subarray(draw * sizeB, (draw + 1) * sizeB),
    );
    // Draws of nobody, or of customers who are all alike, say nothing.
    scores[draw] = again.error > 0 ? again.difference / again.error : 0;
  }
  scores.sort();
  const tail = (1 - level) / 2;
  return {
    low: meanA - meanB - error * Math.max(0, quantile(scores, 1 - tail)),
    high: meanA - meanB - error * Math.min(0, quantile(scores, tail)),
  };
}

function ratioOf({ customers, sums }: BucketSums): number {
  const add = (total: number, one: number) => total + one;
  return sums.reduce(add, 0) / customers.reduce(add, 0);
}

interface ArmSums {
  readonly customers: number;
  readonly mean: number;
  /** Sum over the buckets of their squared distances from what the mean makes of their customers. */
  readonly scatter: number;
}

/** The buckets of both arms, with the sums of their customers' distances from the mean of their arm. */
class Pool {
  readonly #customers: Float64Array;
  readonly #distances: Float64Array;

  constructor(arms: readonly (readonly [BucketSums, number])[]) {
    this.#customers = Float64Array.from(arms.flatMap(([{ customers }]) => [...customers]));
    this.#distances = Float64Array.from(
      arms.flatMap(([{ customers, sums }, mean]) => [...sums.map((sum, at) => sum - mean * (customers[at] ?? 0))]),
    );
  }

  /** Difference of the means of arms made of these buckets, with its standard error if both arms vary alike. */
  compare(bucketsA: Uint8Array, bucketsB: Uint8Array): { readonly difference: number; readonly error: number } {
    const [a, b] = [this.#arm(bucketsA), this.#arm(bucketsB)];
    const perBucket = (a.scatter + b.scatter) / (bucketsA.length + bucketsB.length - 2);
    const variance = perBucket * (bucketsA.length / a.customers ** 2 + bucketsB.length / b.customers ** 2);
    return { difference: a.mean - b.mean, error: Math.sqrt(variance) };
  }

  #arm(buckets: Uint8Array): ArmSums {
    const [allCustomers, allDistances] = [this.#customers, this.#distances];
    let customers = 0;
    let sum = 0;
    let squares = 0;
    let cross = 0;
    let customerSquares = 0;
    for (let at = 0; at < buckets.length; at++) {
      const bucket = buckets[at] ?? 0;
      const n = allCustomers[bucket] ?? 0;
      const distance = allDistances[bucket] ?? 0;
      customers += n;
      sum += distance;
      squares += distance * distance;
      cross += distance * n;
      customerSquares += n * n;
    }
    const mean = sum / customers;
    const scatter = squares - 2 * mean * cross + mean * mean * customerSquares;
    // What buckets that are all alike leave is rounding.
    return { customers, mean, scatter: scatter < 1e-10 * squares ? 0 : scatter };
  }
}

/** Of sorted numbers, interpolated. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? 0;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}
