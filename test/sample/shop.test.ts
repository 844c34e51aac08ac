import { describe, expect, it } from 'vitest';
import { type ShopOrder, simulateShop } from '../../src/sample/shop.ts';
import { defaultShopTruth, type ShopOptions } from '../../src/sample/shop-options.ts';

const truth = defaultShopTruth;
const seeds = [1, 2, 3];
const lastDay = 911;

function orders(options: ShopOptions): ShopOrder[] {
  return [...simulateShop(options)];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

function byCustomer(all: readonly ShopOrder[]): ShopOrder[][] {
  return [...Map.groupBy(all, (order) => order.customer.number).values()];
}

function share<T>(values: readonly T[], matches: (value: T) => boolean): number {
  return values.filter(matches).length / values.length;
}

function expectWithin(actual: number, expected: number, tolerance: number): void {
  expect(actual).toBeGreaterThan(expected - tolerance);
  expect(actual).toBeLessThan(expected + tolerance);
}

describe('orders', () => {
  it('come by date with increasing ids, one id each, inside the period', () => {
    const all = orders({ customers: 3000 });
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => String(index + 1)));
    expect(all.every(({ day }, index) => day >= (all[index - 1]?.day ?? 0))).toBe(true);
    expect(all[0]?.date).toBe('2023-01-01');
    expect(all.at(-1)?.date).toBe('2025-06-30');
  });

  it('belong to exactly as many customers as asked for, each with an id of its own', () => {
    const all = orders({ customers: 3000 });
    expect(new Set(all.map(({ customer }) => customer.number)).size).toBe(3000);
    expect(new Set(all.map(({ customer }) => customer.id)).size).toBe(3000);
  });

  it('get longer customer ids when six digits are not enough', () => {
    const [first] = simulateShop({ customers: 1_000_000, endDate: '2023-01-01' });
    expect(first?.customer.id).toMatch(/^\d{7}$/);
  });

  it('fit into a period of one day', () => {
    expect(orders({ customers: 3, endDate: '2023-01-01' }).map(({ date }) => date)).toEqual(
      Array.from({ length: 3 }, () => '2023-01-01'),
    );
  });

  it('have one to three different lines above zero', () => {
    const lines = orders({ customers: 5000, truth: { multiLineShare: 0.5 } }).map(({ lineCents }) => lineCents);
    expect([...new Set(lines.map((cents) => cents.length))].sort()).toEqual([1, 2, 3]);
    expect(lines.every((cents) => new Set(cents).size === cents.length)).toBe(true);
    expect(lines.flat().every((cents) => Number.isSafeInteger(cents) && cents > 0)).toBe(true);
    expectWithin(
      share(lines, (cents) => cents.length > 1),
      0.5,
      0.03,
    );
  });

  it('stay sums that cents can hold when the truth parameters are extreme', () => {
    const extreme = { spendShape: 1000, spendMeanShape: 1.01, spendScale: 1e6, multiLineShare: 0 };
    const cents = orders({ customers: 500, truth: extreme }).flatMap(({ lineCents }) => lineCents);
    expect(Math.max(...cents)).toBe(1e11);
  });

  it('come back within the delay, never for more than they cost, and not after the last day', () => {
    const all = orders({ customers: 5000, truth: { returnShare: 0.5, returnDelayDays: [5, 20] } });
    const returned = all.flatMap((order) =>
      order.return ? [{ ...order.return, days: order.return.day - order.day, paid: sum(order.lineCents) }] : [],
    );
    expect(Math.min(...returned.map(({ days }) => days))).toBe(5);
    expect(Math.max(...returned.map(({ days }) => days))).toBe(20);
    expect(Math.max(...returned.map(({ day }) => day))).toBeLessThanOrEqual(lastDay);
    expect(returned.every(({ cents, paid }) => cents > 0 && cents <= paid)).toBe(true);
    expectWithin(
      share(returned, ({ cents, paid }) => cents === paid),
      truth.fullReturnShare,
      0.03,
    );
    const early = all.filter(({ day }) => day <= lastDay - 20);
    expectWithin(
      share(early, (order) => order.return !== undefined),
      0.5,
      0.03,
    );
  });

  it('are the same for the same seed, and others for another', () => {
    const some = orders({ customers: 200, seed: 7 });
    expect(orders({ customers: 200, seed: 7 })).toEqual(some);
    expect(orders({ customers: 200, seed: 8 })).not.toEqual(some);
    expect(orders({ customers: 200, seed: 7 + 2 ** 31 })).not.toEqual(some);
  });

  it('do not change with the dirt, the returns or the lines: each has random numbers of its own', () => {
    const essence = (given: Partial<typeof truth>) =>
      orders({ customers: 300, truth: given }).map(({ day, customer, lineCents }) => [day, customer, sum(lineCents)]);
    expect(essence({ dirtyOrderShare: 1, returnShare: 1, multiLineShare: 1 })).toEqual(essence({}));
  });
});

describe.each(seeds)('the customers of seed %i', (seed) => {
  const customers = 23_000;
  const all = orders({ customers, seed, truth: { repeatSeasonality: 0 } });
  const groups = byCustomer(all);

  it('never return in the stated share, and order at gamma distributed rates otherwise', () => {
    const rates = groups.map(([first]) => first?.customer.ordersPerDay ?? Number.NaN);
    const returning = rates.filter((rate) => rate > 0);
    expectWithin(1 - returning.length / customers, truth.neverReturnShare, 0.013);
    expectWithin(mean(returning) / truth.meanOrdersPerDay, 1, 0.025);
    expectWithin(mean(returning) ** 2 / variance(returning) / truth.orderRateShape, 1, 0.08);
  });

  it('order once as often as the zero-inflated NBD says for their time under observation', () => {
    const alpha = truth.orderRateShape / truth.meanOrdersPerDay;
    const silent = groups.map(([first]) => {
      const days = lastDay - (first?.day ?? Number.NaN);
      return truth.neverReturnShare + (1 - truth.neverReturnShare) * (alpha / (alpha + days)) ** truth.orderRateShape;
    });
    const standardError = Math.sqrt(sum(silent.map((p) => p * (1 - p)))) / customers;
    expectWithin(
      share(groups, ({ length }) => length === 1),
      mean(silent),
      4 * standardError,
    );
  });

  it('repeat as often as their rates say', () => {
    const expected = sum(groups.map(([first]) => (first ? first.customer.ordersPerDay * (lastDay - first.day) : 0)));
    expectWithin(all.length - customers, expected, 4 * Math.sqrt(expected));
  });

  it('spend by the Gamma-Gamma model: the mean of the shop and the spread around the own mean', () => {
    const values = all.map(({ lineCents }) => sum(lineCents));
    const shopMean = (100 * truth.spendShape * truth.spendScale) / (truth.spendMeanShape - 1);
    expectWithin(mean(values) / shopMean, 1, 0.03);
    const ratios = all.map(({ lineCents, customer }) => sum(lineCents) / customer.meanOrderCents);
    expectWithin(mean(ratios), 1, 0.01);
    expectWithin(variance(ratios) * truth.spendShape, 1, 0.04);
    const inverseMeans = groups.map(([first]) => (100 * truth.spendScale) / (first?.customer.meanOrderCents ?? 0));
    expectWithin((mean(inverseMeans) * truth.spendShape) / truth.spendMeanShape, 1, 0.02);
  });

  it('become more from year to year, most of them in November and December', () => {
    const months = groups.map(([first]) => first?.date.slice(0, 7) ?? '');
    const inMonth = (month: string) => months.filter((other) => other === month).length;
    expect(inMonth('2024-03') / inMonth('2023-03')).toBeGreaterThan(1);
    expect(inMonth('2024-12')).toBeGreaterThan(1.2 * inMonth('2024-10'));
    expect(inMonth('2024-12')).toBeGreaterThan(1.2 * inMonth('2025-02'));
  });
});

describe('the season', () => {
  const flat = { monthFactors: Array.from({ length: 12 }, () => 1), acquisitionGrowthPerMonth: 0 };
  const sundays = { ...flat, weekdayFactors: [4, 1, 1, 1, 1, 1, 1] };

  function sundayShares(repeatSeasonality: number) {
    const all = orders({ customers: 20_000, truth: { ...sundays, repeatSeasonality } });
    const isSunday = ({ date }: ShopOrder) => new Date(date).getUTCDay() === 0;
    const groups = byCustomer(all);
    return {
      first: share(
        groups.map(([first]) => first).filter((order) => order !== undefined),
        isSunday,
      ),
      repeat: share(
        groups.flatMap(([, ...rest]) => rest),
        isSunday,
      ),
    };
  }

  it('leaves repeat orders alone at strength 0, halves at 0.5, and reaches them in full at 1', () => {
    const none = sundayShares(0);
    expectWithin(none.first, 0.4, 0.015);
    expectWithin(none.repeat, 1 / 7, 0.015);
    expectWithin(sundayShares(0.5).repeat, (0.4 + 1 / 7) / 2, 0.015);
    expectWithin(sundayShares(1).repeat, 0.4, 0.015);
  });
});
