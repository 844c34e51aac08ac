import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSums, meanErrors, sumCells } from '../../../src/analytics/backtest/mean-errors.ts';

interface Pair {
  readonly predicted: number;
  readonly actual: number;
}

const pairs = fc.array(
  fc.record({ predicted: fc.double({ min: 0, max: 50, noNaN: true }), actual: fc.integer({ min: 0, max: 40 }) }),
  { minLength: 1, maxLength: 60 },
);

const sumsOf = (all: readonly Pair[]) =>
  sumCells(all.map(({ predicted, actual }) => ({ customers: 1, predicted, actual, actualSquares: actual * actual })));

test('mean, ratio and squared error are those of the customers one by one', () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const errors = meanErrors(sumsOf(all));
      const squares = all.reduce((sum, { predicted, actual }) => sum + (predicted - actual) ** 2, 0) / all.length;
      expect((errors?.rootMeanSquaredError ?? 0) ** 2).toBeCloseTo(squares, 8);
      const [predicted, actual] = [
        all.reduce((sum, one) => sum + one.predicted, 0),
        all.reduce((sum, one) => sum + one.actual, 0),
      ];
      expect(errors?.meanPredicted).toBeCloseTo(predicted / all.length, 10);
      if (actual === 0) expect(errors?.ratio).toBeNull();
      else expect(errors?.ratio).toBeCloseTo(predicted / actual, 10);
    }),
  );
});

test('a correlation is Pearson’s by its definition, and null where one side does not vary', () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const mean = (of: (pair: Pair) => number) => all.reduce((sum, pair) => sum + of(pair), 0) / all.length;
      const [x, y] = [mean((pair) => pair.predicted), mean((pair) => pair.actual)];
      const sxy = mean((pair) => (pair.predicted - x) * (pair.actual - y));
      const [sx, sy] = [mean((pair) => (pair.predicted - x) ** 2), mean((pair) => (pair.actual - y) ** 2)];
      const correlation = meanErrors(sumsOf(all))?.correlation ?? null;
      if (sx * sy > 1e-6) expect(correlation).toBeCloseTo(sxy / Math.sqrt(sx * sy), 6);
      if (sx === 0 || sy === 0) expect(correlation).toBeNull();
    }),
  );
  expect(
    meanErrors(
      sumsOf([
        { predicted: 1, actual: 2 },
        { predicted: 1, actual: 5 },
      ]),
    )?.correlation,
  ).toBeNull();
  expect(meanErrors(sumsOf([]))).toBeNull();
});

test('sums of two groups are the sums of both together', () => {
  fc.assert(
    fc.property(pairs, pairs, (one, other) => {
      const [joined, together] = [addSums([sumsOf(one), sumsOf(other)]), sumsOf([...one, ...other])];
      for (const [name, value] of Object.entries(together)) {
        expect(joined[name as keyof typeof joined]).toBeCloseTo(value, 6);
      }
    }),
  );
});
