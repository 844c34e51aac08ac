import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backtestForecasts } from '../../../src/analytics/forecast/backtest.ts';
import { forecastComponents } from '../../../src/analytics/forecast/component-forecast.ts';
import { firstMonths, type ShopMonths } from '../../../src/analytics/forecast/shop-months.ts';
import { simulateMonths } from './simulated-months.ts';

const truth = { months: 40, newCustomers: 100, noise: 0.1, season: 0.2 };

/** The same shop, with other figures in all months after the first `known`. */
function changedAfter(shop: ShopMonths, known: number, factor: number): ShopMonths {
  const change = (values: readonly number[]) =>
    values.map((value, month) => (month < known ? value : factor * value + 3));
  return {
    ...shop,
    newCustomers: change(shop.newCustomers),
    firstOrders: change(shop.firstOrders),
    firstRevenue: change(shop.firstRevenue),
    laterRevenue: change(shop.laterRevenue),
    ordersByAge: shop.ordersByAge.map((orders, cohort) =>
      orders.map((value, age) => (cohort + age < known ? value : factor * value + 1)),
    ),
  };
}

test('what happens after an origin does not change what was forecast at it, nor its interval', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 25, max: 39 }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      (seed, known, factor) => {
        const shop = simulateMonths(truth, seed);
        const said = (of: ShopMonths) =>
          backtestForecasts(of)
            .filter(({ origin }) => origin < known)
            .map(({ actual: _, ...rest }) => rest);
        expect(said(changedAfter(shop, known, factor))).toEqual(said(shop));
      },
    ),
    { numRuns: 15 },
  );
});

test('the backtest forecasts with the method that is shown: at each origin, what would have been shown then', () => {
  const shop = simulateMonths(truth, 11);
  for (const origin of [24, 30, 36]) {
    const [first] = forecastComponents(firstMonths(shop, origin + 1), 1).months;
    const tested = backtestForecasts(shop).find(
      (one) => one.origin === origin && one.lead === 1 && one.measure === 'orders' && one.method === 'components',
    );
    expect(tested?.forecast).toBe((first?.existingOrders ?? 0) + (first?.newOrders ?? 0));
  }
});

test('equal shops give equal forecasts', () => {
  const once = () => backtestForecasts(simulateMonths(truth, 5));
  expect(once()).toEqual(once());
});
