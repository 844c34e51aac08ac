import { ageCurve, ordersByCurve } from './age-curve.ts';
import { forecastSeries } from './series-forecast.ts';
import { daysOfMonth, laterOrders, type ShopMonths } from './shop-months.ts';

/** One month that is foreseen. */
export interface MonthForecast {
  /** 1 for the first month after the last complete one. */
  readonly lead: number;
  readonly newCustomers: number;
  /** Orders and revenue of customers who first ordered up to the last complete month. */
  readonly existingOrders: number;
  readonly existingRevenue: number;
  /** Those of customers who come later: first and repeat orders. */
  readonly newOrders: number;
  readonly newRevenue: number;
  /** Factors of the season on new customers and on repeat orders; 1 where none is known. */
  readonly newSeason: number;
  readonly repeatSeason: number;
}

export interface ComponentForecast {
  readonly months: readonly MonthForecast[];
  /** How, in words. */
  readonly method: string;
}

/** Counts are taken half an order higher, so that a month with none has a logarithm. */
const half = 0.5;

/** Revenue per order of each month; where there was none, that of the month before. */
function perOrder(revenue: readonly number[], orders: readonly number[]): number[] {
  const ratios: number[] = [];
  const whole =
    revenue.reduce((sum, one) => sum + one, 0) /
    Math.max(
      1,
      orders.reduce((sum, one) => sum + one, 0),
    );
  for (const [month, amount] of revenue.entries()) {
    const count = orders[month] ?? 0;
    ratios.push(count > 0 && amount > 0 ? amount / count : (ratios.at(-1) ?? Math.max(whole, 0.01)));
  }
  return ratios;
}

/**
 * What a shop's complete months let expect of the next ones. New customers per day: a level or damped trend with their season. Repeat
 * orders: what the curve of orders by customer age gives, times the level of actual over expected with its season. Revenue per order: a
 * level each for first months and for later ones. Nothing but `shop` goes in, so a forecast made of `firstMonths` knows no later month.
 */
export function forecastComponents(shop: ShopMonths, leads: number): ComponentForecast {
  const { firstMonth, partMonths: skip, newCustomers, firstOrders } = shop;
  const count = newCustomers.length;
  const start = firstMonth + skip;
  const curve = ageCurve(shop);
  const later = laterOrders(shop);
  const arrivals = newCustomers.slice(skip).map((customers, i) => (customers + half) / daysOfMonth(start + i));
  const arriving = forecastSeries(arrivals, start, { mayTrend: true, maySeason: true });
  const activity = later
    .map((orders, month) => (orders + half) / (ordersByCurve(curve, shop, month) + half))
    .slice(skip);
  const returning = forecastSeries(activity, start, { mayTrend: false, maySeason: true });
  const plain = { mayTrend: false, maySeason: false };
  const amountOfFirst = forecastSeries(perOrder(shop.firstRevenue, firstOrders).slice(skip), start, plain);
  const amountOfLater = forecastSeries(perOrder(shop.laterRevenue, later).slice(skip), start, plain);
  const lastYear = (values: readonly number[]) => values.slice(-12).reduce((sum, value) => sum + value, 0);
  const ordersPerNew = Math.max(1, lastYear(firstOrders) / Math.max(1, lastYear(newCustomers)));
  const arrived: number[] = [];
  const months = Array.from({ length: leads }, (_, i): MonthForecast => {
    const [lead, month] = [i + 1, count + i];
    const customers = Math.max(0, arriving.ahead(lead) * daysOfMonth(firstMonth + month) - half);
    const byNew = ordersByCurve(curve, { firstMonth: firstMonth + count, newCustomers: arrived }, i);
    arrived.push(customers);
    const level = returning.ahead(lead);
    const existing = Math.max(0, ordersByCurve(curve, shop, month) * level);
    const [first, repeated] = [customers * ordersPerNew, byNew * level];
    const [firstAmount, laterAmount] = [amountOfFirst.ahead(lead), amountOfLater.ahead(lead)];
    return {
      ...{ lead, newCustomers: customers, existingOrders: existing, existingRevenue: existing * laterAmount },
      ...{ newOrders: first + repeated, newRevenue: first * firstAmount + repeated * laterAmount },
      ...{ newSeason: arriving.seasonOf(firstMonth + month), repeatSeason: returning.seasonOf(firstMonth + month) },
    };
  });
  const trend = arriving.hasTrend ? 'a damped trend' : 'their level';
  const seasons = [arriving.hasSeason ? 'of new customers' : '', returning.hasSeason ? 'of repeat orders' : ''];
  const named = seasons.filter((name) => name !== '').join(' and ');
  return {
    months,
    method: `new customers by ${trend}, repeat orders by customer age, ${named === '' ? 'no season' : `with the season ${named}`}`,
  };
}
