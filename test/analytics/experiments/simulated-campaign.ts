import { randomExponential, randomGamma, randomNormal } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Arm, armOf, type Bucket } from '../../../src/analytics/experiments/arm.ts';
import type { Uniform } from '../../../src/analytics/simulate-customers.ts';

export function seeded(seed: number): Uniform {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** A shop whose customers differ in how often they order, and what a campaign does to them. */
export interface CampaignTruth {
  readonly targets: number;
  readonly controls: number;
  /** Orders per customer in the whole window, on average; the rates are Gamma with `shape`. */
  readonly meanOrders: number;
  readonly shape: number;
  /** Amounts are log-normal with this mean and deviation of the logarithm. */
  readonly meanAmount: number;
  readonly deviation: number;
  /** By what the campaign multiplies the rate of the targets. */
  readonly uplift: number;
}

export const plainTruth: CampaignTruth = {
  ...{ targets: 4_500, controls: 500, meanOrders: 0.15, shape: 0.7, meanAmount: 50, deviation: 0.8, uplift: 1 },
};

/** Difference of the shares who order within this share of the window. */
export function trueConversion({ meanOrders, shape, uplift }: CampaignTruth, window = 1): number {
  const ordering = (times: number) => 1 - (1 + (times * window * meanOrders) / shape) ** -shape;
  return ordering(uplift) - ordering(1);
}

export function trueRevenue({ meanOrders, meanAmount, uplift }: CampaignTruth): number {
  return meanOrders * meanAmount * (uplift - 1);
}

/** Looks at a quarter, half, three quarters and all of the window. */
export const windows = [0.25, 0.5, 0.75, 1];

interface Arms {
  readonly targets: Arm;
  readonly controls: Arm;
}

/** The arms as they are seen at each of the four looks; orders come at random times, amounts are independent of them. */
export function simulateCampaign(truth: CampaignTruth, uniform: Uniform): Arms[] {
  const buckets = (customers: number) =>
    Math.max(1, Math.round((100 * customers) / Math.max(truth.targets, truth.controls)));
  const targets = simulateArm(truth, truth.targets, truth.uplift, buckets(truth.targets), uniform);
  const controls = simulateArm(truth, truth.controls, 1, buckets(truth.controls), uniform);
  return windows.map((_, look) => {
    const of = (arms: readonly Arm[]): Arm => arms[look] ?? armOf([], 1);
    return { targets: of(targets), controls: of(controls) };
  });
}

type Sums = { -readonly [Key in keyof Bucket]: number };

function simulateArm(
  { meanOrders, shape, meanAmount, deviation }: CampaignTruth,
  customers: number,
  times: number,
  buckets: number,
  uniform: Uniform,
): Arm[] {
  const rates = randomGamma.source(uniform)(shape, meanOrders / shape);
  const waits = randomExponential.source(uniform)(1);
  const normal = randomNormal.source(uniform)(0, 1);
  const empty = (bucket: number): Sums => ({
    ...{ bucket, customers: 0, converters: 0, revenue: 0, revenueSquares: 0 },
    ...{ expected: 0, expectedSquares: 0, products: 0 },
  });
  const looks = windows.map(() => Array.from({ length: buckets }, (_, bucket) => empty(bucket)));
  for (let customer = 0; customer < customers; customer++) {
    const rate = rates();
    const bucket = Math.floor(uniform() * buckets);
    const expected = rate * meanAmount;
    const revenue = windows.map(() => 0);
    for (let at = waits(); at < rate * times; at += waits()) {
      const amount = meanAmount * Math.exp(deviation * normal() - deviation ** 2 / 2);
      for (const [look, window] of windows.entries()) {
        if (at < window * rate * times) revenue[look] = (revenue[look] ?? 0) + amount;
      }
    }
    for (const [look, spent] of revenue.entries()) {
      const sums = looks[look]?.[bucket];
      if (sums === undefined) continue;
      sums.customers++;
      sums.converters += spent > 0 ? 1 : 0;
      sums.revenue += spent;
      sums.revenueSquares += spent * spent;
      sums.expected += expected;
      sums.expectedSquares += expected * expected;
      sums.products += spent * expected;
    }
  }
  return looks.map((sums) => armOf(sums, buckets));
}
