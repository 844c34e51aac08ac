import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaUnderCurve } from '../../../src/analytics/classification/area-under-curve.ts';
import type { ScoredCell } from '../../../src/analytics/classification/scored-cell.ts';
import { logistic } from '../../../src/analytics/numeric/log-sum.ts';
import { cellsArbitrary, dice } from './random-cells.ts';

function cell(probability: number, events: number, nonEvents: number): ScoredCell {
  return { probability, events, nonEvents };
}

/** Ratings of 109 CT images, Hanley and McNeil 1982, table I: from definitely normal to definitely abnormal. */
const ratings = [cell(0.1, 3, 33), cell(0.3, 2, 6), cell(0.5, 2, 6), cell(0.7, 11, 11), cell(0.9, 33, 2)];

/** One number per customer: the area, and DeLong's variance by its definition over all pairs. */
function overPairs(cells: readonly ScoredCell[]): { area: number; variance: number } {
  const each = (count: 'events' | 'nonEvents') =>
    cells.flatMap((one) => Array.from({ length: one[count] }, () => one.probability));
  const [withEvent, without] = [each('events'), each('nonEvents')];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const order = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
  const v10 = withEvent.map((x) => mean(without.map((y) => order(x, y))));
  const v01 = without.map((y) => mean(withEvent.map((x) => order(x, y))));
  const area = mean(v10);
  const spread = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + (value - area) ** 2, 0) / (values.length - 1) / values.length;
  return { area, variance: spread(v10) + spread(v01) };
}

describe('known values', () => {
  test('the ratings of Hanley and McNeil: area 0.8932, DeLong’s standard error 0.0307 (Stata manual, roctab)', () => {
    const area = areaUnderCurve(ratings);
    expect(area?.value).toBeCloseTo(0.8932, 4);
    expect(area?.standardError).toBeCloseTo(0.0307, 4);
  });

  test('the interval is symmetric in the logit, 1.96 standard errors at 95 % and 1.2816 at 80 %', () => {
    for (const [level, quantile] of [
      [0.95, 1.959964],
      [0.8, 1.281552],
    ] as const) {
      const { value = 0, standardError = 0, low = 0, high = 0 } = areaUnderCurve(ratings, level) ?? {};
      const logit = (p: number) => Math.log(p / (1 - p));
      const half = (quantile * standardError) / (value * (1 - value));
      expect(logit(high) - logit(value)).toBeCloseTo(half, 5);
      expect(logit(value) - logit(low)).toBeCloseTo(half, 5);
    }
  });

  test('without events or without anybody else there is no area', () => {
    expect(areaUnderCurve([])).toBeNull();
    expect(areaUnderCurve([cell(0.3, 0, 4)])).toBeNull();
    expect(areaUnderCurve([cell(0.3, 4, 0), cell(0.4, 1, 0)])).toBeNull();
  });

  test('one score for all: 1/2', () => {
    expect(areaUnderCurve([cell(0.2, 10, 40)])).toMatchObject({ value: 0.5, low: 0.5, high: 0.5 });
  });

  test('all in order or none: the bound is where so many independent pairs are in order in 2.5 % of cases', () => {
    const low = expect.closeTo(0.025 ** (1 / 3), 12);
    expect(areaUnderCurve([cell(0.2, 0, 8), cell(0.7, 1, 0), cell(0.8, 2, 0)])).toEqual({
      value: 1,
      standardError: 0,
      low,
      high: 1,
    });
    expect(areaUnderCurve([cell(0.2, 3, 0), cell(0.7, 0, 8)])).toEqual({
      value: 0,
      standardError: 0,
      low: 0,
      high: expect.closeTo(1 - 0.025 ** (1 / 3), 12),
    });
    expect(areaUnderCurve([cell(0.1, 0, 0.1), cell(0.2, 0, 0.2), cell(0.9, 0.3, 0)])?.value).toBe(1);
  });

  test('a single customer with the event shows no spread: the interval is wide, not empty', () => {
    const area = areaUnderCurve([cell(0.1, 0, 30), cell(0.5, 1, 0), cell(0.9, 0, 10)]);
    expect(area?.value).toBe(0.75);
    expect(area?.standardError).toBeGreaterThan(Math.sqrt(0.75 * 0.25));
    expect((area?.high ?? 0) - (area?.low ?? 0)).toBeGreaterThan(0.8);
    const two = areaUnderCurve([cell(0.5, 1, 1)]);
    expect(two?.low).toBeLessThan(0.01);
    expect(two?.high).toBeGreaterThan(0.99);
  });
});

describe('laws', () => {
  test('the area is the share of pairs in order and the standard error DeLong’s over all pairs', () => {
    fc.assert(
      fc.property(cellsArbitrary, (cells) => {
        const result = areaUnderCurve(cells);
        const { area, variance } = overPairs(cells);
        if (result === null) {
          expect(area).toBeNaN();
          return;
        }
        expect(result.value).toBeCloseTo(area, 12);
        expect(result.low).toBeGreaterThanOrEqual(0);
        expect(result.low).toBeLessThanOrEqual(result.value + 1e-12);
        expect(result.high).toBeGreaterThanOrEqual(result.value - 1e-12);
        expect(result.high).toBeLessThanOrEqual(1);
        // Not a number for a single customer with or without the event.
        if (!Number.isNaN(variance)) expect(result.standardError).toBeCloseTo(Math.sqrt(variance), 10);
      }),
      { numRuns: 500 },
    );
  });

  const close = (actual: ReturnType<typeof areaUnderCurve>, expected: ReturnType<typeof areaUnderCurve>) => {
    expect(actual === null).toBe(expected === null);
    for (const key of ['value', 'standardError', 'low', 'high'] as const) {
      expect(actual?.[key] ?? 0).toBeCloseTo(expected?.[key] ?? 0, 10);
    }
  };

  test('neither a rising change of the scores nor splitting and shuffling cells matters', () => {
    fc.assert(
      fc.property(cellsArbitrary, (cells) => {
        const expected = areaUnderCurve(cells);
        close(areaUnderCurve(cells.map((one) => ({ ...one, probability: one.probability ** 3 / 2 }))), expected);
        const split = cells.flatMap(({ probability, events, nonEvents }) => [
          cell(probability, events, 0),
          cell(probability, 0, nonEvents / 4),
          cell(probability, 0, (nonEvents * 3) / 4),
        ]);
        close(areaUnderCurve(split.toReversed()), expected);
      }),
      { numRuns: 300 },
    );
  });

  test('turning the scores around, or the event, turns the area around', () => {
    fc.assert(
      fc.property(cellsArbitrary, (cells) => {
        const area = areaUnderCurve(cells);
        const turned = area && { ...area, value: 1 - area.value, low: 1 - area.high, high: 1 - area.low };
        close(areaUnderCurve(cells.map((one) => ({ ...one, probability: 1 - one.probability }))), turned);
        close(areaUnderCurve(cells.map((one) => cell(one.probability, one.nonEvents, one.events))), turned);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  // The area of two normal distributions is Phi(difference / sqrt(1 + sd^2)).
  { difference: 1, deviation: 1, events: 40, nonEvents: 160, area: 0.7602499389065 },
  { difference: 2, deviation: 0.75, events: 60, nonEvents: 60, area: 0.9452007083 },
])('the 95 % interval covers the true area $area in 92 to 98 % of 400 samples', (binormal) => {
  const { normal } = dice(11);
  const [standardErrors, values]: [number[], number[]] = [[], []];
  let covered = 0;
  for (let sample = 0; sample < 400; sample++) {
    const cells = Array.from({ length: binormal.events + binormal.nonEvents }, (_, i) =>
      i < binormal.events
        ? cell(logistic(binormal.difference + binormal.deviation * normal()), 1, 0)
        : cell(logistic(normal()), 0, 1),
    );
    const { value = 0, standardError = 0, low = 1, high = 0 } = areaUnderCurve(cells) ?? {};
    if (low <= binormal.area && binormal.area <= high) covered++;
    values.push(value);
    standardErrors.push(standardError);
  }
  expect(covered / 400).toBeGreaterThan(0.92);
  expect(covered / 400).toBeLessThan(0.98);
  const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const spread = Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
  expect(mean(values)).toBeCloseTo(binormal.area, 2);
  expect(mean(standardErrors) / spread).toBeGreaterThan(0.9);
  expect(mean(standardErrors) / spread).toBeLessThan(1.1);
});

test('a hundred thousand cells take a moment: the work does not grow with the square', () => {
  const { uniform } = dice(3);
  const cells = Array.from({ length: 100_000 }, () => cell(uniform(), uniform(), uniform()));
  const start = performance.now();
  expect(areaUnderCurve(cells)?.value).toBeCloseTo(0.5, 2);
  expect(performance.now() - start).toBeLessThan(5_000);
});
