import { daysOfMonth, meanMonthDays, type ShopMonths } from './shop-months.ts';

/** Months over which the curve is taken: each season once. */
const curveMonths = 12;
/** Last month since the first order of each stretch with one rate; the last stretch has no end. */
const stretchEnds = [1, 2, 3, 6, 12, 24];

const stretchOf = (age: number): number => {
  const found = stretchEnds.findIndex((end) => age <= end);
  return found === -1 ? stretchEnds.length : found;
};

/** Orders of one customer in a month of mean length, by months since the first order, 1 or more. */
export type AgeCurve = (age: number) => number;

/**
 * Orders by customer age, observed in the last twelve months over all customers, in stretches of 1, 1, 1, 3, 6, 12 and more months. Ages
 * that nobody has reached have the rate of the oldest that somebody has.
 */
export function ageCurve({ firstMonth, newCustomers, ordersByAge }: ShopMonths): AgeCurve {
  const count = newCustomers.length;
  const [orders, exposure] = [new Float64Array(stretchEnds.length + 1), new Float64Array(stretchEnds.length + 1)];
  for (let month = Math.max(1, count - curveMonths); month < count; month++) {
    const length = daysOfMonth(firstMonth + month) / meanMonthDays;
    for (let cohort = 0; cohort < month; cohort++) {
      const stretch = stretchOf(month - cohort);
      orders[stretch] = (orders[stretch] ?? 0) + (ordersByAge[cohort]?.[month - cohort] ?? 0);
      exposure[stretch] = (exposure[stretch] ?? 0) + (newCustomers[cohort] ?? 0) * length;
    }
  }
  const rates: number[] = [];
  for (const [stretch, time] of exposure.entries()) {
    rates.push(time > 0 ? (orders[stretch] ?? 0) / time : (rates[stretch - 1] ?? 0));
  }
  return (age) => rates[stretchOf(age)] ?? 0;
}

/** Orders that customers of the cohorts before a month bring in it by the curve; `month` may lie in the future. */
export function ordersByCurve(
  curve: AgeCurve,
  { firstMonth, newCustomers }: Pick<ShopMonths, 'firstMonth' | 'newCustomers'>,
  month: number,
): number {
  let sum = 0;
  for (let cohort = 0; cohort < Math.min(month, newCustomers.length); cohort++) {
    sum += (newCustomers[cohort] ?? 0) * curve(month - cohort);
  }
  return (sum * daysOfMonth(firstMonth + month)) / meanMonthDays;
}
