import { missingMonths } from '../analytics/forecast/enough-months.ts';
import { monthlyTotals, type ShopMonths } from '../analytics/forecast/shop-months.ts';
import type { CodeModelContext } from '../project/model.ts';

/** `YYYY-MM` counted from January of year 0. */
export function monthNumber(text: string): number {
  const [year = '', month = ''] = text.split('-');
  return 12 * Number(year) + Number(month) - 1;
}

/** The month with that number as `YYYY-MM`. */
export function monthText(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** The month that is under way. */
export interface CurrentMonth {
  readonly orders: number;
  readonly revenue: string;
}

export interface ForecastMonths {
  /** Complete months only. */
  readonly shop: ShopMonths;
  /** Complete months that are whole. */
  readonly wholeMonths: number;
  readonly current: CurrentMonth | undefined;
  /** What is missing before anything can be foreseen, in words; undefined where nothing is. */
  readonly missing: string | undefined;
}

/** The models from which `readForecastMonths` reads. */
export const forecastSources = ['cohort_analysis', 'monthly_metrics', 'observation_window'] as const;

/** Data that begins later in a month than this has only a part of it. */
const lastFirstDay = 3;

/** The months of the shop, from its first order on, and its cohorts by age. */
export async function readForecastMonths({ query, ref }: CodeModelContext): Promise<ForecastMonths> {
  const [window] = await query(
    `select cast(first_order_date as varchar) as first_date from ${ref('observation_window')}`,
  );
  const firstDate = String(window?.first_date ?? '');
  const months = await query(`
    select period_month as month, is_complete, total_orders as orders, total_sales as sales, new_customers as customers,
      new_customer_revenue as first_sales
    from ${ref('monthly_metrics')} where period_month >= '${firstDate.slice(0, 7)}' order by period_month`);
  const complete = firstDate === '' ? [] : months.filter((row) => row.is_complete === true);
  const under = months.find((row) => row.is_complete !== true);
  const cells = await query(`
    select cohort_month as cohort, months_since_acquisition as age, total_orders as orders
    from ${ref('cohort_analysis')} where total_orders > 0 and not is_immature
    order by cohort_month, months_since_acquisition`);
  const firstMonth = monthNumber(firstDate === '' ? '2000-01' : firstDate);
  const ordersByAge = complete.map((_, cohort) => complete.slice(cohort).map(() => 0));
  for (const { cohort, age, orders } of cells) {
    const row = ordersByAge[monthNumber(String(cohort)) - firstMonth];
    if (row !== undefined && Number(age) < row.length) row[Number(age)] = Number(orders);
  }
  const shop: ShopMonths = {
    ...{ firstMonth, partMonths: Number(firstDate.slice(8, 10)) > lastFirstDay ? 1 : 0, ordersByAge },
    newCustomers: complete.map(({ customers }) => Number(customers)),
    firstOrders: ordersByAge.map(([first = 0]) => first),
    firstRevenue: complete.map((row) => Number(row.first_sales)),
    laterRevenue: complete.map((row) => Number(row.sales) - Number(row.first_sales)),
  };
  const wholeMonths = Math.max(0, complete.length - shop.partMonths);
  const lastYear = monthlyTotals(shop, 'orders').slice(-12);
  return {
    ...{ shop, wholeMonths },
    current: under && { orders: Number(under.orders), revenue: String(under.sales) },
    missing: missingMonths(
      wholeMonths,
      lastYear.reduce((sum, orders) => sum + orders, 0),
    ),
  };
}
