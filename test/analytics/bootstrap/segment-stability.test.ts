import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { fixedScore, scoreChances, topChance, topPlaces } from '../../../src/analytics/bootstrap/rank-chances.ts';
import { scoreStability, valueStability } from '../../../src/analytics/bootstrap/segment-stability.ts';
import { binomialAtMost } from '../../../src/analytics/numeric/binomial.ts';

const SAMPLES = 4_000;

/** Draws so many samples of as many customers, with replacement; tells how often each original customer comes. */
function drawSamples(customers: number, seed: number, look: (times: readonly number[]) => void): void {
  const generator = xoroshiro128plus(seed);
  for (let sample = 0; sample < SAMPLES; sample++) {
    const times = Array.from({ length: customers }, () => 0);
    for (let draw = 0; draw < customers; draw++) {
      const who = Math.floor(uniformFloat64(generator) * customers);
      times[who] = (times[who] ?? 0) + 1;
    }
    look(times);
  }
}

const countBelow = (values: readonly number[], value: number) => values.filter((other) => other < value).length;

describe('the closed form of the bootstrap', () => {
  test('the binomial distribution is that of the textbook', () => {
    expect(binomialAtMost(3, 10, 0.5)).toBeCloseTo(176 / 1024, 12);
    expect(binomialAtMost(0, 20, 0.1)).toBeCloseTo(0.9 ** 20, 12);
    expect([
      binomialAtMost(-1, 5, 0.5),
      binomialAtMost(5, 5, 0.5),
      binomialAtMost(2, 5, 0),
      binomialAtMost(2, 5, 1),
    ]).toEqual([0, 1, 1, 0]);
  });

  test('the top share of 29 % of 100 customers is 29 of them', () => {
    expect([topPlaces(0.29, 100), topPlaces(0.2, 7), topPlaces(0.1, 5)]).toEqual([29, 1, 0]);
  });

  test('members of a top share stay in it as often as in drawn samples', () => {
    const customers = 150;
    const places = topPlaces(0.2, customers);
    // Many equal values, and two sides of the cut-off.
    const values = Array.from({ length: customers }, (_, index) => Math.floor((index * index) / 40));
    const above = values.map((value) => values.filter((other) => other > value).length);
    const isTop = above.map((count) => count + 1 <= places);
    const same = values.map(() => 0);
    drawSamples(customers, 11, (times) => {
      values.forEach((value, who) => {
        const drawnAbove = values.reduce((sum, other, index) => sum + (other > value ? (times[index] ?? 0) : 0), 0);
        if (drawnAbove + 1 <= places === isTop[who]) same[who] = (same[who] ?? 0) + 1;
      });
    });
    const cells = above.map((meanAbove, who) => ({ segment: isTop[who] ? 'top' : 'rest', members: 1, meanAbove }));
    const closed = valueStability(cells, { customers, places, top: 'top' });
    for (const segment of ['top', 'rest']) {
      const members = cells.flatMap((cell, who) => (cell.segment === segment ? [(same[who] ?? 0) / SAMPLES] : []));
      const simulated = members.reduce((sum, share) => sum + share, 0) / members.length;
      expect(closed.get(segment), segment).toBeGreaterThan(0.5);
      expect(Math.abs((closed.get(segment) ?? 0) - simulated), segment).toBeLessThan(0.01);
    }
  });

  test('each score comes as often as in drawn samples', () => {
    const customers = 120;
    const values = Array.from({ length: customers }, (_, index) => Math.floor(index / 3));
    for (const value of [0, 7, 8, 16, 39]) {
      const counts = [0, 0, 0, 0, 0];
      drawSamples(customers, 23 + value, (times) => {
        const below = values.reduce((sum, other, index) => sum + (other < value ? (times[index] ?? 0) : 0), 0);
        const score = Math.min(5, 1 + Math.floor((5 * below) / (customers - 1)));
        counts[score - 1] = (counts[score - 1] ?? 0) + 1;
      });
      const chances = scoreChances(countBelow(values, value), customers);
      counts.forEach((count, index) => {
        expect(Math.abs((chances[index] ?? 0) - count / SAMPLES), `${value} ${index}`).toBeLessThan(0.03);
      });
    }
  });

  test('named segments of three scores that have nothing to do with each other stay as in drawn samples', () => {
    const customers = 90;
    const measures = [7, 31, 53].map((factor) => Array.from({ length: customers }, (_, who) => (who * factor) % 89));
    const scoreOf = (below: number) => Math.min(5, 1 + Math.floor((5 * below) / (customers - 1)));
    const name = (scores: readonly number[]) => (scores.reduce((sum, score) => sum + score, 0) >= 10 ? 'good' : 'bad');
    const segmentOf = new Map<string, string>();
    for (const r of [1, 2, 3, 4, 5]) {
      for (const f of [1, 2, 3, 4, 5]) for (const m of [1, 2, 3, 4, 5]) segmentOf.set(`${r}${f}${m}`, name([r, f, m]));
    }
    const below = (who: number, times: readonly number[]) =>
      measures.map((values) =>
        values.reduce((sum, other, index) => sum + (other < (values[who] ?? 0) ? (times[index] ?? 0) : 0), 0),
      );
    const once = Array.from({ length: customers }, () => 1);
    const cells = once.map((_, who) => {
      const [r = 0, f = 0, m = 0] = below(who, once);
      const meanBelow = [r, f, m] as const;
      return { segment: name(meanBelow.map(scoreOf)), members: 1, meanBelow, frequencyScore: undefined };
    });
    const same = { good: 0, bad: 0 };
    const members = { good: 0, bad: 0 };
    drawSamples(customers, 5, (times) => {
      cells.forEach(({ segment }, who) => {
        const key = segment === 'good' ? 'good' : 'bad';
        members[key]++;
        if (name(below(who, times).map(scoreOf)) === segment) same[key]++;
      });
    });
    const closed = scoreStability(cells, customers, segmentOf);
    for (const key of ['good', 'bad'] as const) {
      expect(Math.abs((closed.get(key) ?? 0) - same[key] / members[key]), key).toBeLessThan(0.02);
    }
  });

  test('chances of scores are chances, and a better rank never makes a better score less likely', () => {
    const shops = fc
      .integer({ min: 1, max: 5_000 })
      .chain((customers) =>
        fc.tuple(
          fc.constant(customers),
          fc.integer({ min: 0, max: customers - 1 }),
          fc.integer({ min: 0, max: customers - 1 }),
        ),
      );
    fc.assert(
      fc.property(shops, ([customers, one, other]) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((below) => scoreChances(below, customers));
        const total = (low ?? []).reduce((sum, chance) => sum + chance, 0);
        expect(total).toBeCloseTo(1, 9);
        expect(Math.min(...(low ?? []))).toBeGreaterThanOrEqual(-1e-12);
        let [lowTail, highTail] = [0, 0];
        for (const index of [4, 3, 2, 1, 0]) {
          lowTail += low?.[index] ?? 0;
          highTail += high?.[index] ?? 0;
          expect(highTail).toBeGreaterThanOrEqual(lowTail - 1e-9);
        }
        const [better, worse] = [Math.min(one, other), Math.max(one, other)].map((above) =>
          topChance(above, customers, 7),
        );
        expect(better ?? 0).toBeGreaterThanOrEqual((worse ?? 0) - 1e-9);
        expect(topChance(0, customers, 1)).toBe(1);
      }),
    );
    expect(fixedScore(3)).toEqual([0, 0, 1, 0, 0]);
  });
});
