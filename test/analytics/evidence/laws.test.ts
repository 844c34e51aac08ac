import { randomLogNormal, randomNormal } from 'd3-random';
import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { adjustedPValues } from '../../../src/analytics/evidence/adjusted-p-values.ts';
import { type SpendSums, topShare } from '../../../src/analytics/evidence/concentration-shift.ts';
import { countExcess, excessPValue } from '../../../src/analytics/evidence/count-excess.ts';
import { seriesSurprise } from '../../../src/analytics/evidence/series-surprise.ts';
import { shareShift } from '../../../src/analytics/evidence/share-shift.ts';
import { stratifiedShift } from '../../../src/analytics/evidence/stratified-shift.ts';

function uniformOf(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

describe('the correction for many comparisons', () => {
  const pValue = fc.double({ min: 0, max: 1, noNaN: true });

  test('makes none smaller, keeps their order, and does not depend on the order they come in', () => {
    fc.assert(
      fc.property(fc.array(pValue, { minLength: 1, maxLength: 40 }), (pValues) => {
        const adjusted = adjustedPValues(pValues);
        pValues.forEach((one, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(one - 1e-15);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          pValues.forEach((other, j) => {
            if (one < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
          });
        });
        expect(adjustedPValues(pValues.toReversed())).toEqual(adjusted.toReversed());
      }),
    );
  });
});

/** Twice the smaller tail of the hypergeometric distribution, added up term by term (Fisher's exact test). */
function exactPValue(a: number, n: number, b: number, m: number): number {
  const choose = (all: number, k: number): number => {
    if (k < 0 || k > all) return Number.NEGATIVE_INFINITY;
    let logarithm = 0;
    for (let i = 1; i <= k; i++) logarithm += Math.log((all - k + i) / i);
    return logarithm;
  };
  const at = (k: number) => Math.exp(choose(n, k) + choose(m, a + b - k) - choose(n + m, a + b));
  const sum = (from: number, to: number) => {
    let total = 0;
    for (let k = from; k <= to; k++) total += at(k);
    return total;
  };
  return Math.min(1, 2 * Math.min(sum(0, a), sum(a, n)));
}

test('p-values of one table are those of the exact test: never half as large, and larger only where they are tiny', () => {
  const size = fc.integer({ min: 20, max: 400 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(size, size, share, share, (n, m, s, t) => {
      const [a, b] = [Math.round(s * n), Math.round(t * m)];
      fc.pre(a + b >= 8 && a + b <= n + m - 8);
      const exact = exactPValue(a, n, b, m);
      const ours = excessPValue(countExcess([{ events: a, members: n, otherEvents: b, otherMembers: m }]));
      if (exact > 1e-3) expect(ours / exact).toBeLessThan(4);
      if (exact > 1e-5) expect(ours / exact).toBeGreaterThan(0.5);
      else expect(ours).toBeLessThan(1e-3);
    }),
    { numRuns: 2_000 },
  );
});

test('groups that differ among themselves make a difference less certain, and its interval wider', () => {
  const last = { successes: 60, total: 400 };
  const alike = Array.from({ length: 8 }, () => ({ successes: 40, total: 400 }));
  const various = alike.map(({ total }, index) => ({ successes: index % 2 === 0 ? 20 : 60, total }));
  const [calm, wild] = [shareShift(last, alike), shareShift(last, various)];
  expect(calm?.pValue).toBeLessThan(0.01);
  expect(wild?.pValue).toBeGreaterThan(0.1);
  expect(wild?.effect).toBeCloseTo(calm?.effect ?? 0, 10);
  expect((wild?.high ?? 0) - (wild?.low ?? 0)).toBeGreaterThan(2 * ((calm?.high ?? 0) - (calm?.low ?? 0)));
});

test('like is compared with like: a group of other members, each as active as such members before, is no surprise', () => {
  const cells = (regular: number, seldom: number) => [
    { kind: 'regular', members: regular, events: Math.round(0.5 * regular) },
    { kind: 'seldom', members: seldom, events: Math.round(0.1 * seldom) },
  ];
  const earlier = [cells(100, 400), cells(110, 390), cells(90, 410)];
  const other = stratifiedShift(cells(400, 100), earlier);
  expect(other?.pValue).toBeGreaterThan(0.8);
  // Without the kinds it would be one: 210 events instead of 90.
  const all = cells(400, 100).reduce((sum, { events }) => sum + events, 0);
  expect(shareShift({ successes: all, total: 500 }, [{ successes: 270, total: 1_500 }])?.pValue).toBeLessThan(1e-6);
});

describe('a series', () => {
  const normal = (seed: number) => randomNormal.source(uniformOf(seed))(0, 1);

  test('the tested value has no part in what is expected of it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 10, maxLength: 40 }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (before, one, other) => {
          const [a, b] = [one, other].map((last) => seriesSurprise([...before, last], { season: true }));
          expect([a?.expected, a?.expectedLow, a?.expectedHigh]).toEqual([
            b?.expected,
            b?.expectedLow,
            b?.expectedHigh,
          ]);
        },
      ),
    );
  });

  test.each([
    ['a level', (t: number, noise: number) => 0.05 * noise + 0 * t],
    ['growth of 3 % a month', (t: number, noise: number) => 0.03 * t + 0.05 * noise],
    ['the year', (t: number, noise: number) => 0.3 * Math.cos((Math.PI * t) / 6) + 0.01 * t + 0.05 * noise],
  ])('%s with noise: 5 in 100 are surprises at 0.05, give or take', (_, logarithm) => {
    const draw = normal(5);
    for (const length of [15, 30, 40]) {
      let below = 0;
      for (let run = 0; run < 400; run++) {
        const values = Array.from({ length }, (_, t) => Math.exp(logarithm(t, draw())));
        if ((seriesSurprise(values, { season: true })?.pValue ?? 1) < 0.05) below++;
      }
      expect(below, `${length} values`).toBeLessThanOrEqual(0.08 * 400);
    }
  });

  test('a walk that goes on from where it is: the last value is carried on', () => {
    const draw = normal(9);
    let below = 0;
    for (let run = 0; run < 400; run++) {
      let level = 0;
      const values = Array.from({ length: 24 }, () => {
        level += 0.1 * draw();
        return Math.exp(level);
      });
      if ((seriesSurprise(values)?.pValue ?? 1) < 0.05) below++;
    }
    expect(below).toBeLessThanOrEqual(0.08 * 400);
  });

  test('December is no surprise after two Decembers', () => {
    const month = (t: number) => (t % 12 === 11 ? 200 : 100) * (1 + 0.01 * Math.sin(7 * t));
    const values = Array.from({ length: 36 }, (_, t) => month(t));
    const december = seriesSurprise(values, { season: true });
    expect(december?.method).toBe('season');
    expect(december?.pValue).toBeGreaterThan(0.05);
    const flat = seriesSurprise([...values.slice(0, 35), 100], { season: true });
    expect(flat?.pValue).toBeLessThan(0.01);
    expect(flat?.relative).toBeCloseTo(-0.5, 1);
  });

  test('nothing is said of ten values', () => {
    expect(seriesSurprise(Array(10).fill(5))).toBeNull();
    expect(seriesSurprise([...Array(10).fill(0), 5])).toBeNull();
  });
});

test('the share of the top fifth and its error are those of repeated samples', () => {
  const uniform = uniformOf(3);
  const draw = randomLogNormal.source(uniform)(3, 1);
  const estimates = Array.from({ length: 400 }, () => topShare(sumsOf(Array.from({ length: 500 }, draw), 0.2), 0.2));
  const mean = estimates.reduce((sum, { value }) => sum + value, 0) / estimates.length;
  const spread = Math.sqrt(estimates.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / estimates.length);
  const error = Math.sqrt(estimates.reduce((sum, { variance }) => sum + variance, 0) / estimates.length);
  // Of a log-normal distribution the top fifth has the part 1 - Phi(z - sigma) of the sum, z the quantile of 0.8.
  expect(Math.abs(mean - 0.5628)).toBeLessThan(0.01);
  expect(error / spread).toBeGreaterThan(0.85);
  expect(error / spread).toBeLessThan(1.15);
});

function sumsOf(amounts: readonly number[], share: number): SpendSums {
  const sorted = amounts.toSorted((a, b) => a - b);
  const limit = sorted[Math.floor((1 - share) * sorted.length)] ?? 0;
  const above = amounts.map((amount) => Math.max(0, amount - limit));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    ...{ buyers: amounts.length, limit, amount: sum(amounts), above: sum(above) },
    amountSquares: sum(amounts.map((amount) => amount * amount)),
    aboveSquares: sum(above.map((one) => one * one)),
    products: sum(amounts.map((amount, i) => amount * (above[i] ?? 0))),
  };
}
