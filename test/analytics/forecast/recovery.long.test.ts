import { describe, expect, test } from 'vitest';
import {
  backtestForecasts,
  errorsOf,
  limits,
  mostLeads,
  ordersOf,
  revenueOf,
} from '../../../src/analytics/forecast/backtest.ts';
import { forecastComponents } from '../../../src/analytics/forecast/component-forecast.ts';
import { errorSpread } from '../../../src/analytics/forecast/error-spread.ts';
import { firstMonths, type Measure, monthlyTotals } from '../../../src/analytics/forecast/shop-months.ts';
import { judgeForecast } from '../../../src/analytics/forecast/verdict.ts';
import { type MonthlyTruth, simulateMonths } from './simulated-months.ts';

const seedsTo = (count: number) => Array.from({ length: count }, (_, seed) => seed + 1);

/** What is foreseen of a shop after `months`, and what then came. */
function outcome(truth: Omit<MonthlyTruth, 'months'>, months: number, seed: number, measure: Measure) {
  const all = simulateMonths({ ...truth, months: months + mostLeads }, seed);
  const past = firstMonths(all, months);
  const backtest = backtestForecasts(past).filter((one) => one.measure === measure);
  const spread = errorSpread(errorsOf(backtest.filter(({ method }) => method === 'components')));
  const actual = monthlyTotals(all, measure);
  return {
    backtest,
    months: forecastComponents(past, mostLeads).months.map((month) => {
      const orders = ordersOf(month);
      const forecast = measure === 'orders' ? orders : revenueOf(month);
      return {
        forecast,
        actual: actual[months + month.lead - 1] ?? 0,
        ...limits(spread, { ...month, forecast, orders }),
      };
    }),
  };
}

const shops: Readonly<Record<string, readonly [truth: Omit<MonthlyTruth, 'months'>, months: number]>> = {
  'a level': [{ newCustomers: 300, noise: 0.05 }, 22],
  'a trend': [{ newCustomers: 200, growth: 0.02, noise: 0.05 }, 48],
  'a season': [{ newCustomers: 300, season: 0.3, noise: 0.05 }, 72],
  'a season known for half a year': [{ newCustomers: 300, season: 0.3, noise: 0.05 }, 30],
  'a random walk': [{ newCustomers: 300, walk: 0.1, ordersByAge: () => 0.005 }, 60],
};

describe('shops whose truth is known', () => {
  test.each(Object.keys(shops))(
    '%s: 80 percent intervals hold in 72 to 88 percent of months, orders and revenue',
    (name) => {
      const [truth, months] = shops[name] ?? [];
      if (truth === undefined || months === undefined) throw new Error(name);
      for (const measure of ['orders', 'revenue'] as const) {
        const all = seedsTo(60).flatMap((seed) => outcome(truth, months, seed, measure).months);
        const held = all.filter(({ low, high, actual }) => (low ?? 0) <= actual && actual <= (high ?? 0)).length;
        expect(held / all.length, measure).toBeGreaterThan(0.72);
        expect(held / all.length, measure).toBeLessThan(0.88);
      }
    },
  );

  test.each([
    ['a level', 0.07],
    ['a trend', 0.1],
    ['a season', 0.07],
  ])(
    '%s: the twelve months together are met, on the mean of 60 shops within 3 percent, half of them within a share of %d',
    (name, median) => {
      const [truth, months] = shops[name] ?? [];
      if (truth === undefined || months === undefined) throw new Error(name);
      const ratios = seedsTo(60).map((seed) => {
        const next = outcome(truth, months, seed, 'orders').months;
        const sum = (of: 'forecast' | 'actual') => next.reduce((total, month) => total + month[of], 0);
        return Math.log(sum('forecast') / sum('actual'));
      });
      expect(Math.abs(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length)).toBeLessThan(0.03);
      const sizes = ratios.map(Math.abs).sort((a, b) => a - b);
      expect(sizes[30]).toBeLessThan(median);
    },
  );

  test('the season of new customers is that of the truth, within 5 %', () => {
    const shop = simulateMonths({ months: 72, newCustomers: 1000, season: 0.3, noise: 0.03 }, 7);
    for (const { lead, newSeason } of forecastComponents(shop, 12).months) {
      const truth = Math.exp(0.3 * Math.cos((2 * Math.PI * (lead - 1 - 11)) / 12));
      // The factors have a mean logarithm of 0, as the truth has.
      expect(Math.abs(newSeason / truth - 1)).toBeLessThan(0.05);
    }
  });

  test('repeat orders follow the true curve by age: existing customers bring what they will', () => {
    const ordersByAge = (age: number) => (age <= 2 ? 0.2 : age <= 12 ? 0.08 : 0.03);
    const shop = simulateMonths({ months: 60, newCustomers: 2000, ordersByAge }, 3);
    const [first] = forecastComponents(shop, 1).months;
    const truth = shop.newCustomers.reduce((sum, customers, cohort) => sum + customers * ordersByAge(60 - cohort), 0);
    expect(Math.abs((first?.existingOrders ?? 0) / (truth * (31 / (365.25 / 12))) - 1)).toBeLessThan(0.02);
  });
});

describe('what the backtest says', () => {
  const verdictsOf = (truth: MonthlyTruth, count: number) =>
    seedsTo(count).map((seed) => {
      const records = backtestForecasts(simulateMonths(truth, seed)).filter(({ measure }) => measure === 'orders');
      return judgeForecast(records);
    });

  test('of a random walk without repeat orders it is not better than last month, in 95 of 100 shops', () => {
    const verdicts = verdictsOf({ months: 40, newCustomers: 3000, walk: 0.2, ordersByAge: () => 0 }, 100);
    const beaten = verdicts.filter((one) => one?.comparisons[0] !== undefined && one.verdict === 'better').length;
    expect(beaten).toBeLessThanOrEqual(5);
    const last = verdicts.map((one) => one?.comparisons.find(({ naive }) => naive === 'last_month')?.ratio ?? 0);
    expect(last.filter((ratio) => ratio > 0.95).length).toBeGreaterThan(80);
  });

  test('of shops with a season it is better than both naive forecasts, in 95 of 100 shops', () => {
    const verdicts = verdictsOf({ months: 48, newCustomers: 300, season: 0.3, noise: 0.05 }, 100);
    expect(verdicts.filter((one) => one?.verdict === 'better').length).toBeGreaterThanOrEqual(95);
  });

  test('where same month last year was nearer, it is said, and that one is shown', () => {
    const truth = { months: 23, newCustomers: 1000, season: 0.6, noise: 0.01, ordersByAge: () => 0 };
    for (const one of verdictsOf(truth, 10)) {
      expect(one).toMatchObject({ verdict: 'worse', shown: 'same_month_last_year' });
    }
  });
});
