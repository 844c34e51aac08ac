import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { days } from '../../src/analytics/units.ts';
import { fitChurn, type TrainingDay } from '../../src/predictions/fit-churn.ts';

const horizon = days(90);
const features = ['signal', 'noise'];

/** Days of customers whose ln(odds) of leaving are the offset plus `effect` times the first feature. */
function pastDays(seed: number, effects: readonly number[], customers = 4_000): TrainingDay[] {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  return effects.map((effect, index) => ({
    daysBefore: 90 * (index + 1),
    rows: Array.from({ length: customers }, () => {
      const [signal, noise, offset] = [2 * uniform() - 1, 2 * uniform() - 1, 3 * uniform()];
      const isGone = uniform() < 1 / (1 + Math.exp(-offset - effect * signal));
      return { values: Float64Array.of(signal, noise), offset, events: isGone ? 1 : 0, nonEvents: isGone ? 0 : 1 };
    }),
  }));
}

describe('corrections of the purchase model', () => {
  test('are learned where the model misses something, with its size', () => {
    const { correction, reason } = fitChurn(pastDays(1, [0.8, 0.8, 0.8, 0.8]), features, horizon);
    expect(correction?.coefficients[0]).toBeGreaterThan(0.6);
    expect(correction?.coefficients[0]).toBeLessThan(1);
    expect(Math.abs(correction?.coefficients[1] ?? 9)).toBeLessThan(0.15);
    expect(Math.abs(correction?.intercept ?? 9)).toBeLessThan(0.15);
    expect(reason).toContain('smaller on 3 past days');
  });

  test('are left out where the model misses nothing, in at least 16 of 20 shops', () => {
    const kept = Array.from({ length: 20 }, (_, seed) =>
      fitChurn(pastDays(100 + seed, [0, 0, 0, 0]), features, horizon),
    );
    expect(kept.filter(({ correction }) => correction === null).length).toBeGreaterThanOrEqual(16);
  });

  test('are left out where what held on older days does not hold on newer ones', () => {
    const { correction, reason } = fitChurn(pastDays(3, [-0.8, -0.8, 0.8, 0.8]), features, horizon);
    expect(correction).toBeNull();
    expect(reason).toContain('larger on 3 past days');
  });

  test('need a newer day to be tried on: one day alone corrects nothing', () => {
    expect(fitChurn(pastDays(4, [0.8]), features, horizon)).toEqual({
      correction: null,
      reason: 'the purchase model as it is: no past day is left to try corrections on',
    });
  });

  test('of a day are tried only on days whose own past the horizon lies in', () => {
    // 60 days apart with a horizon of 90: the second day is no past of the first.
    const close = pastDays(5, [0.8, 0.8]).map((day, index) => ({ ...day, daysBefore: 90 + 60 * index }));
    expect(fitChurn(close, features, horizon).correction).toBeNull();
  });
});
