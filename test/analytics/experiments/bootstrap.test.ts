import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BucketSums, bootstrapInterval, resample } from '../../../src/analytics/experiments/bootstrap.ts';
import { plainTruth, seeded, simulateCampaign, trueRevenue } from './simulated-campaign.ts';

const buckets = (customers: readonly number[], sums: readonly number[]): BucketSums => ({
  customers: Float64Array.from(customers),
  sums: Float64Array.from(sums),
});

describe('laws', () => {
  const resampling = resample(4, 2, 199, seeded(1));
  const sums = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 6, maxLength: 6 });
  const arms = sums.map((all) => ({
    a: buckets([5, 4, 6, 5], all.slice(0, 4)),
    b: buckets([5, 5], all.slice(4)),
  }));
  const times = ({ customers, sums: all }: BucketSums, factor: number, perCustomer: number): BucketSums => ({
    customers,
    sums: all.map((sum, bucket) => factor * sum + perCustomer * (customers[bucket] ?? 0)),
  });

  test('in another currency it is the same interval; more for everybody in the first arm moves it by that', () => {
    fc.assert(
      fc.property(arms, fc.constantFrom(2, 0.25, 64), fc.integer({ min: -40, max: 40 }), ({ a, b }, factor, more) => {
        const plain = bootstrapInterval(a, b, resampling, 0.9);
        const other = bootstrapInterval(times(a, factor, more), times(b, factor, 0), resampling, 0.9);
        fc.pre(plain !== null && other !== null);
        expect(other?.low).toBeCloseTo(factor * (plain?.low ?? 0) + more, 6);
        expect(other?.high).toBeCloseTo(factor * (plain?.high ?? 0) + more, 6);
      }),
    );
  });

  test('it holds the difference of the means, and a higher level is wider', () => {
    fc.assert(
      fc.property(arms, ({ a, b }) => {
        const [narrow, wide] = [0.5, 0.95].map((level) => bootstrapInterval(a, b, resampling, level));
        fc.pre(narrow !== null && narrow !== undefined && wide !== null && wide !== undefined);
        const mean = ({ customers, sums: all }: BucketSums) =>
          all.reduce((one, two) => one + two) / customers.reduce((one, two) => one + two);
        const difference = mean(a) - mean(b);
        expect(narrow?.low).toBeLessThanOrEqual(difference + 1e-9);
        expect(narrow?.high).toBeGreaterThanOrEqual(difference - 1e-9);
        expect(wide?.low).toBeLessThanOrEqual(narrow?.low ?? 0);
        expect(wide?.high).toBeGreaterThanOrEqual(narrow?.high ?? 0);
      }),
    );
  });

  test('where nobody has ordered there is no interval', () => {
    expect(
      bootstrapInterval(buckets([5, 4, 6, 5], [0, 0, 0, 0]), buckets([5, 5], [0, 0]), resampling, 0.95),
    ).toBeNull();
  });

  test('the same seed gives the same interval, another one nearly the same', () => {
    const [last] = simulateCampaign(plainTruth, seeded(5)).slice(-1);
    if (last === undefined) throw new Error('no look');
    const interval = (seed: number) => {
      const { targets, controls } = last;
      const draws = resample(targets.buckets, controls.buckets, 999, seeded(seed));
      return bootstrapInterval(targets.revenue, controls.revenue, draws, 0.95) ?? { low: 0, high: 0 };
    };
    const [one, again, other] = [interval(1), interval(1), interval(2)];
    expect(again).toEqual(one);
    const width = one.high - one.low;
    expect(other.low).not.toBe(one.low);
    expect(Math.abs(other.low - one.low)).toBeLessThan(0.15 * width);
    expect(Math.abs(other.high - one.high)).toBeLessThan(0.15 * width);
  });
});

describe('coverage for revenue that is mostly zero and skewed, over 400 shops', () => {
  const shops = 400;
  const small = { ...plainTruth, targets: 900, controls: 100, deviation: 1 };
  test.each([
    ['4,500 and 500 customers, no effect', plainTruth],
    ['4,500 and 500 customers, 30 % more orders', { ...plainTruth, uplift: 1.3 }],
    ['900 and 100 customers, of whom some ten order, amounts of a very uneven size', small],
    ['1,500 and 1,500 customers, 20 % fewer orders', { ...plainTruth, targets: 1_500, controls: 1_500, uplift: 0.8 }],
  ])('%s', (_, truth) => {
    let [studentized, normal] = [0, 0];
    const value = trueRevenue(truth);
    for (let seed = 1; seed <= shops; seed++) {
      const { targets, controls } = simulateCampaign(truth, seeded(seed)).at(-1) ?? {};
      if (targets === undefined || controls === undefined) throw new Error('no look');
      const draws = resample(targets.buckets, controls.buckets, 399, seeded(seed + 10_000));
      const interval = bootstrapInterval(targets.revenue, controls.revenue, draws, 0.95);
      if (interval !== null && interval.low <= value && value <= interval.high) studentized++;
      const variance = [targets.sums, controls.sums].reduce(
        (sum, { yy, y, customers }) => sum + (yy - (y * y) / customers) / customers / (customers - 1),
        0,
      );
      const difference = targets.sums.y / targets.customers - controls.sums.y / controls.customers;
      if (Math.abs(difference - value) <= 1.96 * Math.sqrt(variance)) normal++;
    }
    expect(studentized / shops).toBeGreaterThan(0.925);
    expect(studentized / shops).toBeLessThan(0.98);
    // What the normal approximation leaves out: much for the small control group, nothing for the large ones.
    if (truth === small) expect(normal / shops).toBeLessThan(0.91);
  });
});
