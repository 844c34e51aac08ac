import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  customersNeeded,
  powerForLift,
  smallestDetectableDifference,
} from '../../../src/analytics/experiments/power.ts';
import { powerVerdict } from '../../../src/analytics/experiments/power-verdict.ts';
import { normalCdf, normalQuantile } from '../../../src/analytics/numeric/normal.ts';

const split = (customers: number, share: number, baseRate: number) => {
  const controls = Math.round(customers * share);
  return { targets: customers - controls, controls, baseRate };
};

const lists = fc.record({
  targets: fc.integer({ min: 1, max: 1_000_000 }),
  controls: fc.integer({ min: 1, max: 1_000_000 }),
  baseRate: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
});

describe('the normal distribution', () => {
  test('has the values of the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.8)).toBeCloseTo(0.8416212335729143, 12);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 12);
    expect(normalCdf(-3)).toBeCloseTo(0.0013498980316301, 14);
    expect(() => normalQuantile(1)).toThrow('1 is not a probability');
  });

  test('its quantile is the inverse, far out as well, and both are symmetric', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 9);
        expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 5);
      }),
    );
  });
});

describe('what a list can teach', () => {
  test('5 % order anyway, 10 % are left alone: 28,753 customers show +-24 %, 5,000 only +-58 %', () => {
    const lift = (customers: number) => (smallestDetectableDifference(split(customers, 0.1, 0.05)) ?? 0) / 0.05;
    expect(lift(28_753)).toBeCloseTo(0.24, 3);
    expect(Math.round(100 * lift(5_000))).toBe(58);
    expect(powerVerdict(split(5_000, 0.1, 0.05))).toBe(
      'you cannot learn from this list: only effects beyond +-58 % would show',
    );
    expect(powerVerdict(split(28_753, 0.1, 0.05))).toBe(
      'you can learn of large effects only: effects beyond +-24 % would show',
    );
  });

  test('a textbook case: 3,623 a group find a rise from 5 % by 1.45 points', () => {
    // Equal groups: n = 2 p (1 - p) ((1.96 + 0.8416) / d)^2 (Bloom 1995).
    const d = smallestDetectableDifference({ targets: 3_623, controls: 3_623, baseRate: 0.05 }) ?? 0;
    expect(2 * 0.05 * 0.95 * ((1.959964 + 0.841621) / d) ** 2).toBeCloseTo(3_623, 1);
  });

  test('the power at the smallest detectable effect is the power that was demanded', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(0.5, 0.8, 0.9), (groups, power) => {
        const difference = smallestDetectableDifference(groups, { power }) ?? 0;
        expect(powerForLift(groups, difference / groups.baseRate)).toBeCloseTo(power, 3);
      }),
    );
  });

  test('without an effect an alarm comes in 5 % of cases', () => {
    fc.assert(
      fc.property(lists, (groups) => {
        expect(powerForLift(groups, 0)).toBeCloseTo(0.05, 9);
      }),
    );
  });

  test('more customers show smaller effects, and up and down are alike', () => {
    fc.assert(
      fc.property(
        lists,
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        (groups, more, lift) => {
          const larger = { ...groups, controls: groups.controls + more };
          expect(smallestDetectableDifference(larger)).toBeLessThan(smallestDetectableDifference(groups) ?? 0);
          expect(powerForLift(groups, -lift)).toBeCloseTo(powerForLift(groups, lift) ?? 0, 12);
        },
      ),
    );
  });

  test('a list of the size that is needed finds the effect, one customer fewer does not', () => {
    const demand = { baseRate: 0.05, controlShare: 0.1 };
    const needed = customersNeeded(demand, 0.24) ?? 0;
    const power = (customers: number) =>
      powerForLift({ targets: 0.9 * customers, controls: 0.1 * customers, baseRate: 0.05 }, 0.24) ?? 0;
    expect(needed).toBeGreaterThan(28_000);
    expect(needed).toBeLessThan(29_500);
    expect(power(needed)).toBeGreaterThanOrEqual(0.8);
    expect(power(needed - 1)).toBeLessThan(0.8);
  });

  test('groups that really order at other rates are told apart as often as the power says', () => {
    // The normal approximation of both shares, drawn at 1,000 points each.
    const groups = { targets: 9_000, controls: 1_000, baseRate: 0.2 };
    const rate = groups.baseRate * 1.2;
    const error = Math.sqrt((rate * (1 - rate)) / groups.targets + (0.2 * 0.8) / groups.controls);
    const found = Array.from({ length: 1_000 }, (_, i) => normalQuantile((i + 0.5) / 1_000)).filter(
      (z) => Math.abs(rate - 0.2 + z * error) / error > 1.959964,
    ).length;
    expect(Math.abs(found / 1_000 - (powerForLift(groups, 0.2) ?? 0))).toBeLessThan(0.02);
  });

  test('there is nothing to learn without a group, without a base rate, and from certainty', () => {
    const groups = { targets: 900, controls: 100, baseRate: 0.05 };
    expect(smallestDetectableDifference({ ...groups, controls: 0 })).toBeNull();
    expect(powerForLift({ ...groups, targets: 0 }, 0.1)).toBeNull();
    expect(smallestDetectableDifference({ ...groups, baseRate: 0 })).toBeNull();
    expect(customersNeeded({ baseRate: 0.05, controlShare: 0 }, 0.2)).toBeNull();
    expect(powerVerdict({ ...groups, controls: 0 })).toContain('nobody is left alone');
    expect(powerVerdict({ ...groups, targets: 0 })).toContain('nobody is to be addressed');
    expect(powerVerdict({ ...groups, baseRate: null })).toContain('there is no base rate');
    expect(powerVerdict({ ...groups, baseRate: 0 })).toContain('nobody would order anyway');
    expect(powerVerdict({ ...groups, baseRate: 1 })).toContain('everybody would order anyway');
    expect(powerVerdict({ targets: 2, controls: 2, baseRate: 0.5 })).toContain('not even an order of everybody');
    expect(powerVerdict({ targets: 900_000, controls: 100_000, baseRate: 0.05 })).toMatch(
      /^you can learn from this list/,
    );
  });
});
