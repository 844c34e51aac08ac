import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Grade,
  gradeDate,
  gradeNumber,
  gradeProbability,
  type NumberEvidence,
  type ProbabilityEvidence,
  worseOf,
} from '../../../src/analytics/backtest/grade.ts';

const order: readonly Grade[] = ['A', 'B', 'C', 'D', 'WITHHELD'];
const rank = (grade: Grade) => order.indexOf(grade);

const good: ProbabilityEvidence = {
  ...{ cuts: 4, fewestCuts: 3, horizonDays: 90, logLoss: 0.3, calibrationSlope: 1, cutsWon: 4 },
  auc: { value: 0.85, low: 0.84, high: 0.86 },
  baselines: new Map([
    ['constant', 0.5],
    ['recency', 0.4],
  ]),
};
const auc = (low: number) => ({ value: low + 0.01, low, high: low + 0.02 });

describe('the grade of a probability', () => {
  test.each([
    ['well ordered, calibrated and better than anything plain', {}, 'A'],
    ['an AUC of at least 0.8, just', { auc: auc(0.8) }, 'A'],
    ['an AUC of at least 0.7', { auc: auc(0.799) }, 'B'],
    ['an AUC of at least 0.7, just', { auc: auc(0.7) }, 'B'],
    ['an AUC of at least 0.6, just', { auc: auc(0.6) }, 'C'],
    ['a slope of 0.8, just', { calibrationSlope: 0.8 }, 'A'],
    ['a slope of 1.25, just', { calibrationSlope: 1.25 }, 'A'],
    ['a slope above 1.25', { calibrationSlope: 1.26 }, 'C'],
    ['a slope of 0.5, just', { calibrationSlope: 0.5 }, 'C'],
    ['a slope of 0.25, just', { calibrationSlope: 0.25 }, 'D'],
    ['an AUC of at least 0.6', { auc: auc(0.699) }, 'C'],
    ['an AUC above 0.5', { auc: auc(0.599) }, 'D'],
    ['an AUC that may be 0.5', { auc: auc(0.5) }, 'WITHHELD'],
    ['no AUC', { auc: null }, 'WITHHELD'],
    ['too sure of itself', { calibrationSlope: 0.7 }, 'C'],
    ['far too sure of itself', { calibrationSlope: 0.4 }, 'D'],
    ['so sure that it misleads', { calibrationSlope: 0.2 }, 'WITHHELD'],
    ['far too timid', { calibrationSlope: 2.5 }, 'D'],
    ['no better than the base rate', { logLoss: 0.5 }, 'WITHHELD'],
    ['better than the base rate on half of the days', { cutsWon: 2 }, 'WITHHELD'],
    ['no better than recency alone', { logLoss: 0.4 }, 'D'],
    ['tested on two days', { cuts: 2 }, 'WITHHELD'],
  ] as const)('%s', (_, change, grade) => {
    const graded = gradeProbability({ ...good, ...change });
    expect(graded.grade).toBe(grade);
    expect(graded.reason).not.toBe('');
  });

  test('what orders customers worse never gets a better grade', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.4, max: 0.97, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (low, less) => {
          const better = gradeProbability({ ...good, auc: auc(low) });
          const worse = gradeProbability({ ...good, auc: auc(Math.max(0, low - less)) });
          expect(rank(worse.grade)).toBeGreaterThanOrEqual(rank(better.grade));
        },
      ),
    );
  });

  test('the reason holds the figures', () => {
    const { reason } = gradeProbability(good);
    expect(reason).toContain('AUC 0.850 (0.840 to 0.860) on 4 past days, 90 days ahead');
    expect(reason).toContain('log loss 40.0 % lower');
    expect(gradeProbability({ ...good, logLoss: 0.4 }).reason).toContain('recency alone foretold as well');
  });
});

const near: NumberEvidence = {
  ...{ subject: 'orders', cuts: 4, fewestCuts: 3, horizonDays: 90, ratio: 1.02, correlation: 0.7, cutsWon: 4 },
  rootMeanSquaredError: 1,
  baselines: new Map([
    ['constant', 1.4],
    ['what was paid so far', 1.2],
  ]),
};

describe('the grade of a number', () => {
  test.each([
    ['near, and half of the error gone', {}, 'A'],
    ['a tenth of the error gone', { rootMeanSquaredError: 1.3, baselines: new Map([['constant', 1.4]]) }, 'B'],
    ['a fortieth of the error gone', { rootMeanSquaredError: 1.38, baselines: new Map([['constant', 1.4]]) }, 'C'],
    ['a hundredth of the error gone', { rootMeanSquaredError: 1.393, baselines: new Map([['constant', 1.4]]) }, 'D'],
    ['no error gone', { rootMeanSquaredError: 1.4 }, 'WITHHELD'],
    ['15 % too much in all', { ratio: 1.15 }, 'B'],
    ['a quarter too little in all', { ratio: 0.76 }, 'C'],
    ['half as much again in all', { ratio: 1.5 }, 'D'],
    ['more than twice as much in all', { ratio: 2.1 }, 'WITHHELD'],
    ['nothing to compare with', { ratio: null }, 'WITHHELD'],
    ['what was paid so far comes as near', { rootMeanSquaredError: 1.2 }, 'D'],
    ['tested on two days', { cuts: 2 }, 'WITHHELD'],
    ['better on half of the days', { cutsWon: 2 }, 'WITHHELD'],
  ] as const)('%s', (_, change, grade) => {
    expect(gradeNumber({ ...near, ...change }).grade).toBe(grade);
  });
});

describe('the grade of a date', () => {
  const orders = { grade: 'A', reason: 'good' } as const;
  test.each([
    [0.5, 500, 'A'],
    [0.56, 500, 'B'],
    [0.35, 500, 'C'],
    [0.75, 500, 'WITHHELD'],
    [0.5, 99, 'WITHHELD'],
    [null, 0, 'WITHHELD'],
  ] as const)('%s of %s customers by the median date', (shareByMedian, customers, grade) => {
    expect(gradeDate({ orders, customers, shareByMedian }).grade).toBe(grade);
  });

  test('is never better than that of the orders, and withheld with them', () => {
    const worse = { grade: 'D', reason: 'bad' } as const;
    expect(gradeDate({ orders: worse, customers: 500, shareByMedian: 0.5 }).grade).toBe('D');
    const withheld = { grade: 'WITHHELD', reason: 'no better than the mean of all' } as const;
    expect(gradeDate({ orders: withheld, customers: 500, shareByMedian: 0.5 })).toMatchObject({
      grade: 'WITHHELD',
      reason: 'expected orders are withheld: no better than the mean of all',
    });
  });
});

test('the worse of two grades does not depend on their order', () => {
  for (const a of order) for (const b of order) expect(worseOf(a, b)).toBe(worseOf(b, a));
});
