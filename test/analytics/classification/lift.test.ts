import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liftByPart } from '../../../src/analytics/classification/lift.ts';
import type { ScoredCell } from '../../../src/analytics/classification/scored-cell.ts';
import { cellsArbitrary } from './random-cells.ts';

test('by hand: twelve customers in three parts, the middle cell straddles both borders', () => {
  const cells: readonly ScoredCell[] = [
    { probability: 0.1, events: 0, nonEvents: 3 },
    { probability: 0.9, events: 3, nonEvents: 0 },
    { probability: 0.5, events: 3, nonEvents: 3 },
  ];
  const parts = liftByPart(cells, 3);
  expect(parts.map(({ part, customers }) => [part, customers])).toEqual([
    [1, 4],
    [2, 4],
    [3, 4],
  ]);
  expect(parts.map(({ predicted }) => predicted)).toEqual([(2.7 + 0.5) / 4, 0.5, (0.3 + 0.5) / 4]);
  expect(parts.map(({ actual }) => actual)).toEqual([3.5 / 4, 0.5, 0.5 / 4]);
  expect(parts.map(({ lift }) => lift)).toEqual([1.75, 1, 0.25]);
});

test('a perfect order: the base rate of 20 % fills two of ten parts', () => {
  const parts = liftByPart([
    { probability: 0.2, events: 0, nonEvents: 80 },
    { probability: 0.8, events: 20, nonEvents: 0 },
  ]);
  expect(parts.map(({ lift }) => Math.round((lift ?? 0) * 1e9) / 1e9)).toEqual([5, 5, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('one score for all: every part is like the whole', () => {
  for (const { predicted, actual, lift } of liftByPart([{ probability: 0.3, events: 1, nonEvents: 6 }], 4)) {
    expect(predicted).toBeCloseTo(0.3, 12);
    expect(actual).toBeCloseTo(1 / 7, 12);
    expect(lift).toBeCloseTo(1, 12);
  }
});

test('nobody: no parts; nobody with the event: no lift', () => {
  expect(liftByPart([])).toEqual([]);
  expect(liftByPart([{ probability: 0.3, events: 0, nonEvents: 0 }])).toEqual([]);
  expect(liftByPart([{ probability: 0.3, events: 0, nonEvents: 4 }], 2)).toEqual([
    { part: 1, customers: 2, predicted: 0.3, actual: 0, lift: null },
    { part: 2, customers: 2, predicted: 0.3, actual: 0, lift: null },
  ]);
});

test('the parts sum to the whole, fall in probability, and do not depend on the order or division of cells', () => {
  fc.assert(
    fc.property(cellsArbitrary, fc.integer({ min: 1, max: 12 }), (cells, count) => {
      const parts = liftByPart(cells, count);
      const sum = (of: (one: ScoredCell) => number) => cells.reduce((all, one) => all + of(one), 0);
      const total = sum(({ events, nonEvents }) => events + nonEvents);
      if (total === 0) return;
      const over = (key: 'predicted' | 'actual') => parts.reduce((all, one) => all + one.customers * one[key], 0);
      expect(parts).toHaveLength(count);
      expect(parts.reduce((all, { customers }) => all + customers, 0)).toBeCloseTo(total, 9);
      expect(over('actual')).toBeCloseTo(
        sum(({ events }) => events),
        9,
      );
      expect(over('predicted')).toBeCloseTo(
        sum((one) => one.probability * (one.events + one.nonEvents)),
        9,
      );
      for (const [i, part] of parts.entries()) {
        expect(part.predicted).toBeLessThanOrEqual((parts[i - 1]?.predicted ?? 1) + 1e-12);
        expect(part.actual).toBeLessThanOrEqual(1 + 1e-12);
      }
      const other = cells.toReversed().flatMap(({ probability, events, nonEvents }) => [
        { probability, events: 0, nonEvents },
        { probability, events, nonEvents: 0 },
      ]);
      for (const [i, part] of liftByPart(other, count).entries()) {
        expect(part.actual).toBeCloseTo(parts[i]?.actual ?? Number.NaN, 9);
        expect(part.predicted).toBeCloseTo(parts[i]?.predicted ?? Number.NaN, 9);
      }
    }),
    { numRuns: 300 },
  );
});
