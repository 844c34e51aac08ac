import { expect, test } from 'vitest';
import { discountedOrders, weeklyDiscountedOrders } from '../../src/analytics/discount.ts';
import { betaGeometric } from '../../src/analytics/processes/beta-geometric.ts';
import { gammaPoisson } from '../../src/analytics/processes/gamma-poisson.ts';
import type { OrderProcess } from '../../src/analytics/processes/order-process.ts';
import { pareto } from '../../src/analytics/processes/pareto.ts';
import { poissonProcess } from '../../src/analytics/processes/poisson.ts';
import { rate, weeks } from '../../src/analytics/units.ts';
import { relativeError } from './close.ts';

const bg = (r: number, alpha: number, a: number, b: number) => betaGeometric('week', { r, alpha: weeks(alpha), a, b });
const paretoNbd = (r: number, alpha: number, s: number, beta: number) =>
  pareto('week', { r, alpha: weeks(alpha), s, beta: weeks(beta) });

/** Values to 15 digits from an arbitrary-precision library: the textbook form with 80 digits, or an integral over the time of leaving. */
const bgMeans: readonly (readonly [number, number, number, number, number, number])[] = [
  [0.25, 4, 0.8, 2.5, 39, 1.31813272030038],
  [0.25, 4, 0.8, 2.5, 127.9, 2.69341047747691],
  [0.25, 4, 0.8, 2.5, 128.1, 2.69570274741994],
  [0.25, 4, 1, 2.5, 39, 1.19298994157483],
  [0.25, 4, 0.3, 0.4, 52, 1.48117924364169],
  [0.25, 4, 0.8, 2.5, 1e-6, 6.24999976325759e-8],
  [200.25, 44, 0.8, 202.5, 39, 135.797428165722],
  [10_000.25, 104, 0.8, 10_002.5, 52, 4223.81889941462],
  [0.25, 4, 0.8, 2.5, 1e7, 93.0043760876],
  [5, 0.01, 2, 0.05, 500, 1.04999973749834],
  [0.5, 4, 0.01, 0.02, 39, 3.42493891294097],
  [1000, 40_000, 0.001, 50, 39, 0.974990544687417],
];

test.each(bgMeans)('BG: mean orders for r %d, alpha %d, a %d, b %d in %d weeks', (r, alpha, a, b, t, value) => {
  expect(relativeError(bg(r, alpha, a, b).expected(weeks(t)), value)).toBeLessThan(1e-10);
});

const paretoSilences: readonly (readonly [number, number, number, number, number, number])[] = [
  [0.55, 10.6, 0.6, 11.7, 39, 0.593986822694171],
  [0.55, 10.6, 0.6, 11.7, 1e-5, 0.999999481132588],
  [0.55, 10.6, 0.6, 11.7, 1e6, 0.508554775446709],
  [26.5, 41, 0.6, 42, 52, 0.0216424369058233],
  [10_000.5, 110, 0.6, 111, 1, 0.0000594530053184093],
  [0.3, 0.001, 2, 50, 10, 0.0727105264712568],
  [0.3, 50, 2, 0.001, 10, 0.999994001848424],
  [3, 5, 0.01, 1e4, 100, 0.000110462144025364],
];

test.each(paretoSilences)(
  'Pareto: no order for r %d, alpha %d, s %d, beta %d in %d weeks',
  (r, alpha, s, beta, t, value) => {
    expect(relativeError(paretoNbd(r, alpha, s, beta).noOrder(weeks(t)), value)).toBeLessThan(1e-9);
  },
);

test.each([
  [0.55, 10.6, 0.6, 11.7, 0.0027, 3.98283195144483],
  [3.5, 40, 1, 60, 0.002, 9.82342252786282],
  [2, 5, 3, 1, 0.5, 0.146145531624186],
  [0.5, 10, 0.2, 500, 1e-4, 304.004080097664],
])(
  'Pareto: discounted orders for good, r %d, alpha %d, s %d, beta %d, %d a week: the exponential integral',
  (r, alpha, s, beta, discount, value) => {
    const forGood = weeks(Number.POSITIVE_INFINITY);
    const sum = discountedOrders(paretoNbd(r, alpha, s, beta), 'week', forGood, rate(discount, 'week'));
    expect(relativeError(sum, value)).toBeLessThan(1e-10);
  },
);

const processes: readonly (readonly [string, OrderProcess<'week'>])[] = [
  ['NBD', gammaPoisson('week', 0.385, weeks(12.07))],
  ['Poisson', poissonProcess('week', rate(0.0716, 'week'))],
  ['BG', bg(0.243, 4.414, 0.793, 2.426)],
  ['BG of a frequent buyer', bg(26.243, 35.4, 0.793, 28.426)],
  ['BG with nearly certain leaving', bg(3, 4, 0.02, 0.01)],
  ['BG beyond the series', bg(2, 0.5, 0.4, 0.7)],
  ['Pareto', paretoNbd(0.553, 10.578, 0.606, 11.669)],
  ['Pareto of a frequent buyer', paretoNbd(200, 40, 0.606, 50)],
  ['Pareto with s = 1', paretoNbd(2, 10, 1, 20)],
  ['Pareto with s near 1', paretoNbd(2, 10, 1 + 1e-9, 20)],
  ['Pareto with s = 2', paretoNbd(2, 10, 2, 5)],
];

test.each(processes)('%s: probabilities sum to 1 and have the stated mean, pairs and first entry', (_, process) => {
  const horizon = weeks(39);
  const counts = process.orders(horizon, 6_000);
  const moment = (of: (n: number) => number) => counts.reduce((sum, probability, n) => sum + of(n) * probability, 0);
  expect(moment(() => 1)).toBeCloseTo(1, 9);
  expect(counts[0]).toBeCloseTo(process.noOrder(horizon), 10);
  expect(
    relativeError(
      moment((n) => n),
      process.expected(horizon),
    ),
  ).toBeLessThan(1e-8);
  expect(
    relativeError(
      moment((n) => n * (n - 1)),
      process.expectedPairs(horizon),
    ),
  ).toBeLessThan(1e-7);
});

test.each(processes)('%s: the rate is the slope of the mean; with no discount it adds up to the mean', (_, process) => {
  for (const t of [0.5, 17, 150]) {
    const step = 1e-4 * t;
    const slope = (process.expected(weeks(t + step)) - process.expected(weeks(t - step))) / (2 * step);
    expect(relativeError(process.rateAt(weeks(t)), slope)).toBeLessThan(1e-6);
    const sum = discountedOrders(process, 'week', weeks(t), rate(0, 'week'));
    expect(relativeError(sum, process.expected(weeks(t)))).toBeLessThan(1e-9);
  }
});

test.each(processes)('%s: the time of a probability of silence has that probability', (_, process) => {
  for (const share of [0.001, 0.2, 0.5, 0.999]) {
    const silent = process.noOrderEver + share * (1 - process.noOrderEver);
    const time = process.timeOfNoOrder(silent);
    expect(relativeError(process.noOrder(time), silent)).toBeLessThan(1e-8);
  }
  expect(process.timeOfNoOrder(1)).toBeCloseTo(0, 12);
});

test('weekly discounting takes off a little more than continuous, because orders wait for the end of the week', () => {
  const process = gammaPoisson('week', 1, weeks(10));
  const annual = 0.1;
  const weekly = weeklyDiscountedOrders(process, 'week', weeks(52), annual);
  const perWeek = Math.log1p(annual) * (7 / 365.25);
  const continuous = discountedOrders(process, 'week', weeks(52), rate(perWeek, 'week'));
  // 0.1 orders a week, 52 terms of a geometric series.
  const factor = Math.exp(-perWeek);
  expect(weekly).toBeCloseTo((0.1 * factor * (1 - factor ** 52)) / (1 - factor), 10);
  expect(continuous).toBeCloseTo((0.1 * (1 - factor ** 52)) / perWeek, 10);
  expect(weekly).toBeLessThan(continuous);
});
