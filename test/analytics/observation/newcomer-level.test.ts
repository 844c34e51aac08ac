import { randomPoisson } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { excessOver, newcomerLevel } from '../../../src/analytics/observation/newcomer-level.ts';

const weeksOf = (from: number, to: number, newcomers: (week: number) => number) =>
  Array.from({ length: to - from }, (_, i) => ({
    week: from + i,
    newcomers: newcomers(from + i),
    returned: 0,
    watched: 0,
  }));

describe('known series', () => {
  test('a level without noise is found, noise is at least that of independent customers', () => {
    const level = newcomerLevel(weeksOf(26, 78, () => 100));
    expect([level.usual, level.fall, level.at(0), level.noise]).toEqual([100, 0, 100, 0.1]);
    expect(
      excessOver(
        level,
        weeksOf(0, 4, () => 150),
      ).customers,
    ).toBe(200);
  });

  test('a fall of 1 % a week is followed back to the first week', () => {
    const level = newcomerLevel(weeksOf(26, 78, (week) => 2000 * Math.exp(-0.01 * week)));
    expect(level.fall).toBeCloseTo(-0.01, 10);
    expect(level.at(0)).toBeCloseTo(2000, 6);
  });

  test('a rise is not followed back', () => {
    const level = newcomerLevel(weeksOf(26, 78, (week) => 50 + week));
    expect(level.fall).toBe(0);
    expect(level.at(0)).toBe(level.usual);
    expect(level.usual).toBe(101.5);
  });

  test('campaigns and closed weeks do not move it', () => {
    const level = newcomerLevel(weeksOf(26, 78, (week) => (week % 9 === 0 ? 900 : week % 11 === 0 ? 0 : 100)));
    expect([level.usual, level.fall]).toEqual([100, 0]);
  });

  test('weeks without anybody have the level 0', () => {
    expect(newcomerLevel(weeksOf(6, 12, () => 0)).at(0)).toBe(0);
  });
});

test.each([
  ['a steady shop', 0],
  ['a fading shop', -0.015],
])(
  '%s: 500 times the first weeks are above the level by chance, and not more often than the error says',
  (_, slope) => {
    const generator = xoroshiro128plus(7);
    const poisson = randomPoisson.source(() => uniformFloat64(generator));
    const zs = Array.from({ length: 500 }, () => {
      const weeks = weeksOf(0, 78, (week) => poisson(60 * Math.exp(slope * week))());
      const { customers, standardError } = excessOver(newcomerLevel(weeks.slice(26)), weeks.slice(0, 6));
      return customers / standardError;
    });
    expect(zs.filter((z) => z > 1.645).length / zs.length).toBeLessThan(0.08);
    expect(zs.filter((z) => z > 2.576).length / zs.length).toBeLessThan(0.02);
    expect(Math.sqrt(zs.reduce((sum, z) => sum + z ** 2, 0) / zs.length)).toBeGreaterThan(0.7);
  },
);
