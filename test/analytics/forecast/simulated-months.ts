import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { daysOfMonth, meanMonthDays, type ShopMonths } from '../../../src/analytics/forecast/shop-months.ts';

/** A shop whose truth is known, month by month. */
export interface MonthlyTruth {
  readonly months: number;
  /** New customers of a month of mean length, expected at first. */
  readonly newCustomers: number;
  /** Growth of the logarithm a month. */
  readonly growth?: number;
  /** Standard deviation of the steps of a random walk of the logarithm of new customers. */
  readonly walk?: number;
  /** Standard deviation of what moves the logarithm of all orders of one month. */
  readonly noise?: number;
  /** Half the swing of the season, of the logarithm; the top is in December. */
  readonly season?: number;
  /** Orders of one customer in a month of mean length, by months since the first, 1 or more. */
  readonly ordersByAge?: (age: number) => number;
}

/** Seeded numbers: uniform, standard normal, and Poisson with a mean. */
export function randomNumbers(seed: number) {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const poisson = (mean: number): number => {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    let count = 0;
    for (let rest = Math.exp(-mean), product = uniform(); product > rest; product *= uniform()) count++;
    return count;
  };
  return { uniform, normal, poisson };
}

const january2019 = 12 * 2019;

/** The months of a shop that begins in January 2019. Equal seeds give equal shops, and longer ones begin like shorter ones. */
export function simulateMonths(truth: MonthlyTruth, seed: number): ShopMonths {
  const { months, growth = 0, walk = 0, noise = 0, season = 0, ordersByAge = () => 0.05 } = truth;
  const { normal, poisson } = randomNumbers(seed);
  const zeros = () => Array.from({ length: months }, () => 0);
  const shop = { newCustomers: zeros(), firstOrders: zeros(), firstRevenue: zeros(), laterRevenue: zeros() };
  const orders: number[][] = zeros().map(() => []);
  let level = Math.log(truth.newCustomers);
  for (let month = 0; month < months; month++) {
    level += growth + walk * normal();
    const length = daysOfMonth(january2019 + month) / meanMonthDays;
    const mood = length * Math.exp(season * Math.cos((2 * Math.PI * (month - 11)) / 12) + noise * normal());
    const customers = poisson(Math.exp(level) * mood);
    shop.newCustomers[month] = customers;
    shop.firstOrders[month] = customers;
    shop.firstRevenue[month] = revenueOf(customers, normal);
    orders[month]?.push(customers);
    let later = 0;
    for (let cohort = 0; cohort < month; cohort++) {
      const count = poisson((shop.newCustomers[cohort] ?? 0) * ordersByAge(month - cohort) * mood);
      orders[cohort]?.push(count);
      later += count;
    }
    shop.laterRevenue[month] = revenueOf(later, normal);
  }
  return { firstMonth: january2019, partMonths: 0, ordersByAge: orders, ...shop };
}

/** So many orders of 50, each with a standard deviation of 30. */
function revenueOf(orders: number, normal: () => number): number {
  return orders === 0 ? 0 : Math.max(1, 50 * orders + 30 * Math.sqrt(orders) * normal());
}
