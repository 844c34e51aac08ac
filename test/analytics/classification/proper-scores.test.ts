import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brierScore, logLoss, skill } from '../../../src/analytics/classification/proper-scores.ts';
import type { ScoredCell } from '../../../src/analytics/classification/scored-cell.ts';
import { cellsArbitrary } from './random-cells.ts';

const cells: readonly ScoredCell[] = [
  { probability: 0.8, events: 3, nonEvents: 1 },
  { probability: 0.1, events: 1, nonEvents: 5 },
];

test('by hand', () => {
  // 3 * 0.04 + 1 * 0.64 + 1 * 0.81 + 5 * 0.01 = 1.62, over 10 customers.
  expect(brierScore(cells)).toBeCloseTo(0.162, 12);
  expect(logLoss(cells)).toBeCloseTo(-(3 * Math.log(0.8) + Math.log(0.2) + Math.log(0.1) + 5 * Math.log(0.9)) / 10, 12);
});

test('one half for all: 1/4 and ln 2', () => {
  expect(brierScore([{ probability: 0.5, events: 3, nonEvents: 9 }])).toBe(0.25);
  expect(logLoss([{ probability: 0.5, events: 3, nonEvents: 9 }])).toBeCloseTo(Math.LN2, 12);
});

test('without customers there is no score', () => {
  expect(brierScore([])).toBeNull();
  expect(logLoss([{ probability: 0.3, events: 0, nonEvents: 0 }])).toBeNull();
});

test('certain and right costs nothing, certain and wrong 1 and -ln 1e-9', () => {
  const right = [
    { probability: 1, events: 2, nonEvents: 0 },
    { probability: 0, events: 0, nonEvents: 2 },
  ];
  const wrong = [
    { probability: 0, events: 2, nonEvents: 0 },
    { probability: 1, events: 0, nonEvents: 2 },
  ];
  expect(brierScore(right)).toBe(0);
  expect(logLoss(right)).toBeCloseTo(1e-9, 15);
  expect(brierScore(wrong)).toBe(1);
  expect(logLoss(wrong)).toBeCloseTo(9 * Math.LN10, 6);
});

test('Murphy’s decomposition: Brier score = reliability - resolution + uncertainty', () => {
  fc.assert(
    fc.property(cellsArbitrary, (list) => {
      const full = list.filter(({ events, nonEvents }) => events + nonEvents > 0);
      const total = full.reduce((sum, { events, nonEvents }) => sum + events + nonEvents, 0);
      if (total === 0) return;
      const base = full.reduce((sum, { events }) => sum + events, 0) / total;
      const parts = full.reduce(
        (sum, { probability, events, nonEvents }) => {
          const [n, share] = [events + nonEvents, events / (events + nonEvents)];
          return sum + (n * ((probability - share) ** 2 - (share - base) ** 2)) / total;
        },
        base * (1 - base),
      );
      expect(brierScore(list)).toBeCloseTo(parts, 12);
    }),
  );
});

test('both are proper: no other probability for everybody beats the share with the event', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (events, nonEvents, other) => {
        const at = (probability: number) => [{ probability, events, nonEvents }];
        const share = events / (events + nonEvents);
        for (const score of [brierScore, logLoss]) {
          expect(score(at(other))).toBeGreaterThanOrEqual((score(at(share)) ?? 0) - 1e-12);
        }
        expect(brierScore(at(share))).toBeCloseTo(share * (1 - share), 12);
        expect(logLoss(at(share))).toBeCloseTo(-share * Math.log(share) - (1 - share) * Math.log(1 - share), 12);
      },
    ),
  );
});

test('skill: all, half and none of the reference saved, worse than it, no reference', () => {
  expect(skill(0, 0.2)).toBe(1);
  expect(skill(0.1, 0.2)).toBe(0.5);
  expect(skill(0.2, 0.2)).toBe(0);
  expect(skill(0.4, 0.2)).toBe(-1);
  expect(skill(0.1, 0)).toBeNull();
});
