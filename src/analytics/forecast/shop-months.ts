/** The complete months of a shop, added up. Index 0 is the month of the first order. */
export interface ShopMonths {
  /** The first month, counted from January of year 0: 12 * year + month of the year, 0 for January. */
  readonly firstMonth: number;
  /** Leading months that are not whole: 1 where the data begins in the middle of a month. Their levels are not used. */
  readonly partMonths: number;
  /** Customers whose first order was in the month. */
  readonly newCustomers: readonly number[];
  /** Their orders in that same month. */
  readonly firstOrders: readonly number[];
  /** Revenue from these customers in that same month, net of returns. */
  readonly firstRevenue: readonly number[];
  /** All other revenue of the month, net of returns. */
  readonly laterRevenue: readonly number[];
  /** Orders by month of the first order, then by months since, 0 for that month itself. */
  readonly ordersByAge: readonly (readonly number[])[];
}

export type Measure = 'orders' | 'revenue';
export const measures: readonly Measure[] = ['orders', 'revenue'];

/** A month of mean length. */
export const meanMonthDays = 365.25 / 12;

/** Days of a month that is counted from January of year 0. */
export function daysOfMonth(month: number): number {
  return new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
}

/** What was known when only the first `count` months were over. */
export function firstMonths(shop: ShopMonths, count: number): ShopMonths {
  const cut = (values: readonly number[]) => values.slice(0, count);
  return {
    ...{ firstMonth: shop.firstMonth, partMonths: shop.partMonths, newCustomers: cut(shop.newCustomers) },
    ...{
      firstOrders: cut(shop.firstOrders),
      firstRevenue: cut(shop.firstRevenue),
      laterRevenue: cut(shop.laterRevenue),
    },
    ordersByAge: shop.ordersByAge.slice(0, count).map((orders, cohort) => orders.slice(0, count - cohort)),
  };
}

/** Orders of customers who first ordered in an earlier month, by month. */
export function laterOrders({ newCustomers, ordersByAge }: ShopMonths): number[] {
  return newCustomers.map((_, month) => {
    let sum = 0;
    for (let cohort = 0; cohort < month; cohort++) sum += ordersByAge[cohort]?.[month - cohort] ?? 0;
    return sum;
  });
}

/** Orders or revenue of each month. */
export function monthlyTotals(shop: ShopMonths, measure: Measure): number[] {
  if (measure === 'revenue') return shop.firstRevenue.map((first, month) => first + (shop.laterRevenue[month] ?? 0));
  return laterOrders(shop).map((later, month) => later + (shop.firstOrders[month] ?? 0));
}
