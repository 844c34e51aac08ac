import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrationLine } from '../../../src/analytics/classification/calibration-line.ts';
import { byRisingProbability, type ScoredCell } from '../../../src/analytics/classification/scored-cell.ts';
import { logistic } from '../../../src/analytics/numeric/log-sum.ts';
import { cellsArbitrary, dice } from './random-cells.ts';

const logit = (p: number): number => Math.log(p / (1 - p));

const predictions = [0.02, 0.05, 0.1, 0.3, 0.45, 0.8, 0.97];

/** As many events as the line says, so that it solves the equations of the estimate exactly. */
function onLine(intercept: number, slope: number): ScoredCell[] {
  return predictions.map((probability, i) => {
    const customers = 40 + 13 * i;
    const events = customers * logistic(intercept + slope * logit(probability));
    return { probability, events, nonEvents: customers - events };
  });
}

describe('known lines', () => {
  test('calibrated cells have the intercept 0 and the slope 1', () => {
    const calibrated = predictions.map((probability, i) => {
      const customers = 100 * (i + 1);
      return { probability, events: customers * probability, nonEvents: customers * (1 - probability) };
    });
    const line = calibrationLine(calibrated);
    expect(line?.intercept).toBeCloseTo(0, 10);
    expect(line?.slope).toBeCloseTo(1, 10);
  });

  test('cells on a line give that line', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -1.5, max: 3, noNaN: true }),
        (intercept, slope) => {
          const line = calibrationLine(onLine(intercept, slope));
          expect(line?.intercept).toBeCloseTo(intercept, 7);
          expect(line?.slope).toBeCloseTo(slope, 7);
        },
      ),
    );
  });

  test('two cells: the line through their observed logits, with the standard error of a log odds ratio', () => {
    const line = calibrationLine([
      { probability: 0.2, events: 10, nonEvents: 90 },
      { probability: 0.6, events: 30, nonEvents: 20 },
    ]);
    const run = logit(0.6) - logit(0.2);
    const slope = (Math.log(30 / 20) - Math.log(10 / 90)) / run;
    expect(line?.slope).toBeCloseTo(slope, 10);
    expect(line?.intercept).toBeCloseTo(Math.log(10 / 90) - slope * logit(0.2), 10);
    expect(line?.slopeStandardError).toBeCloseTo(Math.sqrt(1 / 10 + 1 / 90 + 1 / 30 + 1 / 20) / run, 10);
  });
});

test('1.96 standard errors cover the true slope in 92 to 98 % of 400 samples of 500 customers', () => {
  const { uniform, normal } = dice(5);
  let covered = 0;
  let sum = 0;
  for (let sample = 0; sample < 400; sample++) {
    const cells = Array.from({ length: 500 }, () => {
      const score = normal() - 1;
      const hasEvent = uniform() < logistic(0.3 + 0.7 * score);
      return { probability: logistic(score), events: hasEvent ? 1 : 0, nonEvents: hasEvent ? 0 : 1 };
    });
    const { slope = 0, slopeStandardError = 0 } = calibrationLine(cells) ?? {};
    if (Math.abs(slope - 0.7) < 1.96 * slopeStandardError) covered++;
    sum += slope;
  }
  expect(covered / 400).toBeGreaterThan(0.92);
  expect(covered / 400).toBeLessThan(0.98);
  expect(sum / 400).toBeCloseTo(0.7, 1);
});

describe('no line', () => {
  const cell = (probability: number, events: number, nonEvents: number) => ({ probability, events, nonEvents });

  test.each<[string, ScoredCell[]]>([
    ['nobody', []],
    ['one probability', [cell(0.3, 2, 5), cell(0.3, 1, 1)]],
    ['two probabilities that are both certain', [cell(0, 2, 5), cell(1e-12, 1, 1)]],
    ['nobody with the event', [cell(0.3, 0, 5), cell(0.4, 0, 1)]],
    ['everybody with the event', [cell(0.3, 3, 0), cell(0.4, 2, 0)]],
    ['separated', [cell(0.3, 0, 5), cell(0.4, 2, 0)]],
    ['separated the wrong way around', [cell(0.3, 5, 0), cell(0.4, 0, 2)]],
    ['separated but for a common border', [cell(0.3, 0, 5), cell(0.4, 2, 3), cell(0.6, 9, 0)]],
  ])('%s', (_, cells) => {
    expect(calibrationLine(cells)).toBeNull();
  });

  test('a single customer in the wrong place is enough for one', () => {
    const line = calibrationLine([cell(0.2, 1, 99), cell(0.4, 0, 100), cell(0.6, 100, 0)]);
    expect(line?.slope).toBeGreaterThan(1);
    expect(Number.isFinite(line?.slopeStandardError)).toBe(true);
  });
});

test('probabilities of 0 and 1 count as 1e-9 and 1 - 1e-9', () => {
  const near = [0, 0.4, 1].map((probability) => ({ probability, events: 3, nonEvents: 2 }));
  const clipped = near.map((one) => ({ ...one, probability: Math.min(1 - 1e-9, Math.max(1e-9, one.probability)) }));
  expect(calibrationLine(near)).toEqual(calibrationLine(clipped));
});

test('the mean of the recalibrated probabilities is the share with the event, and so for those times the logit', () => {
  fc.assert(
    fc.property(cellsArbitrary, (cells) => {
      const line = calibrationLine(cells);
      if (line === null) return;
      let [sum, weighted] = [0, 0];
      for (const { probability, events, nonEvents } of byRisingProbability(cells)) {
        const left = events - (events + nonEvents) * logistic(line.intercept + line.slope * logit(probability));
        sum += left;
        weighted += left * logit(probability);
      }
      expect(sum).toBeCloseTo(0, 6);
      expect(weighted).toBeCloseTo(0, 6);
    }),
    { numRuns: 300 },
  );
});
