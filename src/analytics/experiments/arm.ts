import type { BucketSums } from './bootstrap.ts';
import type { ArmSums } from './cuped.ts';

/** Sums over the customers of one arm who are in one bucket. */
export interface Bucket {
  /** Number of the bucket, from 0. */
  readonly bucket: number;
  readonly customers: number;
  /** Those with an order. */
  readonly converters: number;
  readonly revenue: number;
  readonly revenueSquares: number;
  /** Revenue as it was predicted at the launch. */
  readonly expected: number;
  readonly expectedSquares: number;
  /** Revenue times predicted revenue. */
  readonly products: number;
}

/** One arm of an experiment: those who were to be contacted, or those who were to be left alone. */
export interface Arm {
  readonly buckets: number;
  readonly customers: number;
  readonly converters: number;
  readonly sums: ArmSums;
  readonly revenue: BucketSums;
  readonly expected: BucketSums;
}

/** Buckets that are not given are empty. */
export function armOf(filled: readonly Bucket[], buckets: number): Arm {
  const total = (of: (bucket: Bucket) => number) => filled.reduce((sum, bucket) => sum + of(bucket), 0);
  const byBucket = (of: (bucket: Bucket) => number) => {
    const sums = new Float64Array(buckets);
    for (const one of filled) sums[one.bucket] = (sums[one.bucket] ?? 0) + of(one);
    return sums;
  };
  const customers = total((bucket) => bucket.customers);
  const customersByBucket = byBucket((bucket) => bucket.customers);
  return {
    buckets,
    customers,
    converters: total((bucket) => bucket.converters),
    sums: {
      customers,
      y: total((bucket) => bucket.revenue),
      x: total((bucket) => bucket.expected),
      xy: total((bucket) => bucket.products),
      yy: total((bucket) => bucket.revenueSquares),
      xx: total((bucket) => bucket.expectedSquares),
    },
    revenue: { customers: customersByBucket, sums: byBucket((bucket) => bucket.revenue) },
    expected: { customers: customersByBucket, sums: byBucket((bucket) => bucket.expected) },
  };
}
