import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contributions,
  fitLogistic,
  type LogisticFit,
  type LogisticRow,
  predictLogistic,
} from '../../../src/analytics/classification/logistic-regression.ts';
import { logistic } from '../../../src/analytics/numeric/log-sum.ts';
import { dice } from './random-cells.ts';

function row(values: readonly number[], events: number, nonEvents: number): LogisticRow {
  return { values: Float64Array.from(values), events, nonEvents };
}

function fitRows(rows: readonly LogisticRow[], ridge = 0): LogisticFit {
  return fitLogistic({ features: Array.from(rows[0]?.values ?? [], (_, j) => `x${j}`), rows, ridge });
}

function numbersOf({ interceptStandardError, standardErrors, ...one }: LogisticFit): number[] {
  const errors = [interceptStandardError ?? 0, ...(standardErrors ?? [])];
  return [one.intercept, ...one.coefficients, ...errors, ...one.means, one.logLikelihood, one.iterations];
}

/** Shuttle flights before the Challenger: temperature in Fahrenheit, damaged O-rings of six (OpenIntro Statistics). */
const flights: readonly (readonly [temperature: number, rings: number])[] = [
  ...[66, 67, 67, 67, 68, 69, 70, 70, 72, 73, 75, 76, 76, 78, 79, 81].map((temperature) => [temperature, 0] as const),
  ...[57, 58, 63, 70, 70, 75].map((temperature) => [temperature, 1] as const),
  [53, 5],
];

/** Finney 1947: volume/rate of breaths after which the vessels in the finger narrowed, and of the others. */
const narrowed =
  '3.7/0.83 3.5/1.09 1.25/2.5 0.75/1.5 0.8/3.2 0.7/3.5 1.4/2.33 0.75/3.75 2.3/1.64 3.2/1.6 0.85/1.42 1.8/1.8 ' +
  '1.6/1.78 1.8/1.5 1.9/0.95 2.7/0.75 1.1/2.2 1.2/2 0.8/3.33 1.3/1.63';
const stayedWide =
  '0.6/0.75 1.1/1.7 0.9/0.75 0.9/0.45 0.8/0.57 0.55/2.75 0.6/3 1.7/1.06 0.4/2 0.95/1.36 1.35/1.35 1.5/1.36 ' +
  '0.6/1.5 0.95/1.9 1.6/0.4 2.35/0.03 1.1/1.83 0.95/1.9 0.75/1.9';
const breaths = [narrowed, stayedWide].flatMap((text, i) =>
  text.split(' ').map((breath) => row(breath.split('/').map(Number), 1 - i, i)),
);

describe('published coefficients', () => {
  test('23 shuttle flights, any damage by temperature: 15.0429 (7.3786) and -0.2322 (0.1082), deviance 20.315', () => {
    const one = fitRows(
      flights.map(([temperature, rings]) => row([temperature], rings > 0 ? 1 : 0, rings > 0 ? 0 : 1)),
    );
    expect(one.converged).toBe(true);
    expect(one.intercept).toBeCloseTo(15.0429, 4);
    expect(one.coefficients[0]).toBeCloseTo(-0.2322, 4);
    expect(one.interceptStandardError).toBeCloseTo(7.3786, 4);
    expect(one.standardErrors?.[0]).toBeCloseTo(0.1082, 4);
    expect(-2 * one.logLikelihood).toBeCloseTo(20.315, 3);
  });

  test('138 O-rings by temperature: 11.6630 (3.2963) and -0.2162 (0.0532) (OpenIntro Statistics)', () => {
    const one = fitRows(flights.map(([temperature, rings]) => row([temperature], rings, 6 - rings)));
    expect(one.intercept).toBeCloseTo(11.663, 4);
    expect(one.coefficients[0]).toBeCloseTo(-0.2162, 4);
    expect(one.interceptStandardError).toBeCloseTo(3.2963, 4);
    expect(one.standardErrors?.[0]).toBeCloseTo(0.0532, 4);
  });

  test('39 breaths by volume and rate: the output of R’s glm (rpubs.com/1284849)', () => {
    const one = fitRows(breaths);
    expect(breaths).toHaveLength(39);
    expect(one.intercept).toBeCloseTo(-9.5536, 4);
    expect(one.coefficients[0]).toBeCloseTo(3.8907, 4);
    expect(one.coefficients[1]).toBeCloseTo(2.6561, 4);
    expect(one.interceptStandardError).toBeCloseTo(3.2419, 4);
    expect(one.standardErrors?.[0]).toBeCloseTo(1.4319, 4);
    expect(one.standardErrors?.[1]).toBeCloseTo(0.9166, 4);
    expect(-2 * one.logLikelihood).toBeCloseTo(29.733, 3);
  });
});

/** Small counts as often as large ones: where shares differ most, a whole Newton step goes much too far. */
const positive = fc.integer({ min: 0, max: 80 }).map((tenths) => Math.floor(10 ** (tenths / 10)));

test('a table of two by two: the log odds ratio and the root of the sum of 1 / n', () => {
  fc.assert(
    fc.property(positive, positive, positive, positive, (a, b, c, d) => {
      const one = fitRows([row([0], a, b), row([1], c, d)]);
      expect(one.converged).toBe(true);
      expect(one.intercept).toBeCloseTo(Math.log(a / b), 8);
      expect(one.coefficients[0]).toBeCloseTo(Math.log((c * b) / (d * a)), 8);
      expect(one.interceptStandardError).toBeCloseTo(Math.sqrt(1 / a + 1 / b), 7);
      expect(one.standardErrors?.[0]).toBeCloseTo(Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d), 7);
    }),
    { numRuns: 2_000 },
  );
});

/** Rows of three features on very different scales. */
const rowsArbitrary = fc.array(
  fc
    .tuple(fc.integer({ min: -4, max: 4 }), fc.nat(9), fc.integer({ min: 0, max: 3 }), fc.nat(5), fc.nat(5))
    .map(([x, y, z, events, nonEvents]) => row([x / 100, 1_000 + 50 * y, z], events, nonEvents)),
  { minLength: 1, maxLength: 12 },
);
const ridgeArbitrary = fc.constantFrom(0.01, 1, 30);

/** Standard deviations over customers. */
function deviationsOf(rows: readonly LogisticRow[], means: readonly number[]): number[] {
  const total = rows.reduce((sum, { events, nonEvents }) => sum + events + nonEvents, 0);
  return means.map((mean, j) =>
    Math.sqrt(
      rows.reduce((sum, one) => sum + (one.events + one.nonEvents) * ((one.values[j] ?? 0) - mean) ** 2, 0) / total,
    ),
  );
}

describe('laws', () => {
  test('at the optimum no derivative of the penalized likelihood is left', () => {
    fc.assert(
      fc.property(rowsArbitrary, ridgeArbitrary, (rows, ridge) => {
        const one = fitRows(rows, ridge);
        if (rows.every(({ events }) => events === 0) || rows.every(({ nonEvents }) => nonEvents === 0)) return;
        expect(one.converged).toBe(true);
        const deviations = deviationsOf(rows, one.means);
        const left = rows.map(
          (each) => each.events - (each.events + each.nonEvents) * predictLogistic(one, each.values),
        );
        expect(left.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 7);
        for (const [j, coefficient] of one.coefficients.entries()) {
          const deviation = deviations[j] ?? 0;
          if (deviation < 1e-9) {
            expect(coefficient).toBe(0);
            continue;
          }
          const slope = rows.reduce(
            (sum, { values }, i) => sum + ((left[i] ?? 0) * ((values[j] ?? 0) - (one.means[j] ?? 0))) / deviation,
            0,
          );
          expect(slope).toBeCloseTo(ridge * coefficient * deviation, 6);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('units and zero points of features, their order, and how customers are put into rows do not matter', () => {
    fc.assert(
      fc.property(rowsArbitrary, ridgeArbitrary, (rows, ridge) => {
        const one = fitRows(rows, ridge);
        const scaled = fitRows(
          rows.map(({ values: [x = 0, y = 0, z = 0], events, nonEvents }) =>
            row([z, 1e4 * x + 3, y / 7], events, nonEvents),
          ),
          ridge,
        );
        const split = fitRows(
          rows
            .toReversed()
            .flatMap(({ values, events, nonEvents }) => [row([...values], 0, nonEvents), row([...values], events, 0)]),
          ridge,
        );
        for (const { values } of rows) {
          const [x = 0, y = 0, z = 0] = values;
          expect(predictLogistic(scaled, [z, 1e4 * x + 3, y / 7])).toBeCloseTo(predictLogistic(one, values), 7);
          expect(predictLogistic(split, values)).toBeCloseTo(predictLogistic(one, values), 7);
        }
        expect(scaled.coefficients[1] ?? 0).toBeCloseTo((one.coefficients[0] ?? 0) / 1e4, 7);
      }),
    );
  });

  test('more ridge, smaller coefficients; very much leaves the share with the event', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const size = (ridge: number) => {
          const one = fitRows(rows, ridge);
          const deviations = deviationsOf(rows, one.means);
          return one.coefficients.reduce((sum, each, j) => sum + (each * (deviations[j] || 0)) ** 2, 0);
        };
        expect(size(1)).toBeLessThanOrEqual(size(0.1) + 1e-12);
        expect(size(10)).toBeLessThanOrEqual(size(1) + 1e-12);
      }),
    );
    expect(predictLogistic(fitRows(breaths, 1e9), [3.7, 0.83])).toBeCloseTo(20 / 39, 6);
  });

  test('the contributions and the score at the means sum to the score', () => {
    fc.assert(
      fc.property(rowsArbitrary, ridgeArbitrary, (rows, ridge) => {
        const one = fitRows(rows, ridge);
        const atMeans = one.coefficients.reduce((sum, each, j) => sum + each * (one.means[j] ?? 0), one.intercept);
        for (const { values } of rows) {
          const parts = contributions(one, values);
          expect(parts).toHaveLength(3);
          const score = parts.reduce((sum, part) => sum + part, atMeans);
          expect(logistic(score)).toBeCloseTo(predictLogistic(one, values), 9);
        }
        expect(contributions(one, one.means)).toEqual([0, 0, 0].map((zero) => expect.closeTo(zero, 12)));
      }),
    );
  });
});

test('1.96 standard errors cover the true coefficients in 92 to 98 % of 400 samples of 400 customers', () => {
  const { uniform, normal } = dice(8);
  const covered = [0, 0];
  for (let sample = 0; sample < 400; sample++) {
    const rows = Array.from({ length: 400 }, () => {
      const first = normal();
      const second = 0.6 * first + 5 * normal();
      const hasEvent = uniform() < logistic(-1 + 0.8 * first - 0.1 * second);
      return row([first, second], hasEvent ? 1 : 0, hasEvent ? 0 : 1);
    });
    const { coefficients, standardErrors } = fitRows(rows);
    for (const [j, truth] of [0.8, -0.1].entries()) {
      if (Math.abs((coefficients[j] ?? 0) - truth) < 1.96 * (standardErrors?.[j] ?? 0))
        covered[j] = (covered[j] ?? 0) + 1;
    }
  }
  for (const count of covered) {
    expect(count / 400).toBeGreaterThan(0.92);
    expect(count / 400).toBeLessThan(0.98);
  }
});

describe('problems without a best answer', () => {
  test('separation: all numbers are finite, the event is predicted, and it says that it has not converged', () => {
    for (const rows of [
      [row([1], 5, 0), row([2], 0, 5)],
      [row([1], 5, 0), row([2], 3, 5)],
      [row([1, 3], 0, 2), row([2, 1], 4, 4), row([3, 9], 7, 0), row([4, 2], 1, 0)],
      [row([1], 1, 1e7), row([2], 1e-6, 0)],
      [row([2], 1e-6, 1e7), row([0], 1e-6, 0)],
    ]) {
      const one = fitRows(rows);
      expect(numbersOf(one).every(Number.isFinite)).toBe(true);
      expect(one.converged).toBe(false);
      expect(one.standardErrors).toBeNull();
      for (const { values, events, nonEvents } of rows) {
        expect(predictLogistic(one, values)).toBeCloseTo(events / (events + nonEvents), 4);
      }
      expect(fitRows(rows, 1).converged).toBe(true);
      expect(fitRows(rows, 1).standardErrors?.every((error) => error > 0)).toBe(true);
    }
  });

  test('two features that say the same share the effect of one', () => {
    const rows = [row([1, 2], 5, 2), row([2, 4], 3, 5), row([4, 8], 2, 7)];
    const single = fitRows(rows.map(({ values, events, nonEvents }) => row([values[0] ?? 0], events, nonEvents)));
    const both = fitRows(rows);
    expect(both.converged).toBe(false);
    expect(both.coefficients[0]).toBeCloseTo((single.coefficients[0] ?? 0) / 2, 8);
    expect(both.coefficients[1]).toBeCloseTo((single.coefficients[0] ?? 0) / 4, 8);
    expect(both.logLikelihood).toBeCloseTo(single.logLikelihood, 10);
    expect(fitRows(rows, 0.01).converged).toBe(true);
  });

  test('a feature that is the same for all has the coefficient 0, also where its mean is rounded', () => {
    const one = fitRows([row([0.1, 1], 1, 1), row([0.1, 2], 3, 1), row([0.1, 3], 1, 2)]);
    expect(one.coefficients[0]).toBe(0);
    expect(one.standardErrors?.[0]).toBe(0);
    expect(one.means[0]).toBe(0.1);
    expect(one.converged).toBe(true);
  });

  test('rows without customers do not matter, not even for which features vary', () => {
    const rows = [row([0.1, 1], 1, 1), row([0.1, 2], 3, 1), row([0.1, 3], 1, 2)];
    expect(fitRows([row([8, 9], 0, 0), ...rows])).toEqual(fitRows(rows));
    expect(fitRows([row([3], 0, 0), row([4], 0, 0)])).toMatchObject({ means: [0], coefficients: [0] });
  });

  test('nobody or everybody with the event: as if half a customer of the other kind had been seen', () => {
    const rows = (events: number, nonEvents: number) => [
      row([1], events, nonEvents),
      row([2], 2 * events, 2 * nonEvents),
    ];
    for (const ridge of [0, 1]) {
      expect(predictLogistic(fitRows(rows(0, 10), ridge), [1])).toBeCloseTo(0.5 / 31, 12);
      expect(predictLogistic(fitRows(rows(10, 0), ridge), [9])).toBeCloseTo(30.5 / 31, 12);
      expect(fitRows(rows(0, 10), ridge)).toMatchObject({ coefficients: [0], standardErrors: null, converged: false });
    }
  });

  test('no rows, no customers, one row, no features', () => {
    const none = fitLogistic({ features: ['a'], rows: [], ridge: 1 });
    expect(none).toMatchObject({ intercept: 0, coefficients: [0], means: [0], logLikelihood: 0 });
    expect(predictLogistic(none, [7])).toBe(0.5);
    expect(predictLogistic(fitRows([row([3], 0, 0)]), [3])).toBe(0.5);
    const single = fitRows([row([3], 1, 3)]);
    expect(single).toMatchObject({ coefficients: [0], means: [3], converged: true });
    expect(single.intercept).toBeCloseTo(Math.log(1 / 3), 12);
    expect(fitRows([row([], 1, 3)]).interceptStandardError).toBeCloseTo(Math.sqrt(1 + 1 / 3), 10);
  });

  test('whatever the numbers, the result is finite and not worse than the share with the event alone', () => {
    const number = fc.oneof(
      fc.double({ min: -1e100, max: 1e100, noNaN: true }),
      fc.constantFrom(0, 1e-9, 1, 1e9),
      fc.integer({ min: -3, max: 3 }),
    );
    const weight = fc.oneof(fc.constantFrom(0, 1, 1e-6, 1e7), fc.nat(3));
    const rows = fc.array(
      fc
        .tuple(number, number, number, weight, weight)
        .map(([x, y, z, events, nonEvents]) => row([x, y, z], events, nonEvents)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom(0, 1e-6, 1), (list, ridge) => {
        const one = fitLogistic({ features: ['x', 'y', 'z'], rows: list, ridge });
        expect(numbersOf(one).filter((value) => !Number.isFinite(value))).toEqual([]);
        for (const { values } of list) expect(predictLogistic(one, values)).not.toBeNaN();
        const alone = fitLogistic({ features: [], rows: list, ridge });
        expect(one.logLikelihood).toBeGreaterThanOrEqual(alone.logLikelihood - 1e-9 * Math.abs(alone.logLikelihood));
      }),
      { numRuns: 1_000 },
    );
  });
});
