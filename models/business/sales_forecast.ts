import {
  errorsOf,
  limits,
  type Method,
  methods,
  mostLeads,
  ordersOf,
  revenueOf,
  type TestedForecast,
} from '../../src/analytics/forecast/backtest.ts';
import { forecastComponents, type MonthForecast } from '../../src/analytics/forecast/component-forecast.ts';
import { errorSpread } from '../../src/analytics/forecast/error-spread.ts';
import { naiveForecast } from '../../src/analytics/forecast/naive-forecast.ts';
import { type Measure, monthlyTotals, type ShopMonths } from '../../src/analytics/forecast/shop-months.ts';
import { forecastSources, monthText, readForecastMonths } from '../../src/predictions/forecast-months.ts';
import { readPastForecasts } from '../../src/predictions/past-forecasts.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { methodWords } from '../../src/predictions/verdict-words.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'forecast_month', type: 'text', description: 'the month, YYYY-MM' },
  { name: 'lead_months', type: 'integer', description: 'months after the last complete one' },
  {
    name: 'is_current_month',
    type: 'boolean',
    description: 'the as-of month while it is not over, foreseen as a whole from the months before it',
  },
  { name: 'expected_orders', type: 'double', description: 'expected orders of the month' },
  { name: 'orders_low', type: 'double', description: 'lower end of the 80 % interval, from past errors' },
  { name: 'orders_high', type: 'double', description: 'upper end of it' },
  {
    name: 'existing_orders',
    type: 'double',
    description:
      'part of them from customers who first ordered up to the last complete month; null for naive forecasts',
  },
  {
    name: 'new_orders',
    type: 'double',
    description: 'the rest, first and repeat orders of later customers; null likewise',
  },
  { name: 'expected_revenue', type: 'decimal(18,2)', description: 'expected revenue of the month, net of returns' },
  { name: 'revenue_low', type: 'decimal(18,2)', description: 'lower end of the 80 % interval, from past errors' },
  { name: 'revenue_high', type: 'decimal(18,2)', description: 'upper end of it' },
  {
    name: 'existing_revenue',
    type: 'decimal(18,2)',
    description: 'revenue from existing customers, as for orders; null for naive forecasts',
  },
  { name: 'new_revenue', type: 'decimal(18,2)', description: 'the rest; null likewise' },
  {
    name: 'new_customers',
    type: 'double',
    description: 'expected customers with their first order in the month; null where both forecasts are naive',
  },
  {
    name: 'new_customer_season',
    type: 'double',
    description: 'factor of the season on new customers per day; 1 where none is known; null likewise',
  },
  { name: 'repeat_order_season', type: 'double', description: 'factor of the season on repeat orders; null likewise' },
  { name: 'orders_method', type: 'text', description: 'how the orders are foreseen, in words' },
  { name: 'revenue_method', type: 'text', description: 'how the revenue is' },
  { name: 'orders_so_far', type: 'integer', description: 'orders in the month up to the as-of date; null later' },
  { name: 'revenue_so_far', type: 'decimal(18,2)', description: 'revenue in it up to then; null later' },
] as const;

async function readShown({ query, ref }: CodeModelContext): Promise<ReadonlyMap<string, Method>> {
  const rows = await query(`select measure, shown_method from ${ref('forecast_grades')} order by measure`);
  return new Map(
    rows.flatMap(({ measure, shown_method: shown }): [string, Method][] => {
      const method = methods.find((one) => one === shown);
      return method === undefined ? [] : [[String(measure), method]];
    }),
  );
}

const cents = (value: number): number => Math.round(value * 100) / 100;

/** One measure by the method that is shown. */
function shownForecast(measure: Measure, method: Method, shop: ShopMonths, past: readonly TestedForecast[]) {
  const records = past.filter((one) => one.measure === measure && one.method === method);
  const spread = errorSpread(errorsOf(records));
  const known = (of: Measure) => monthlyTotals(shop, of).slice(shop.partMonths);
  const naive = (of: Measure, lead: number) =>
    method === 'components' ? undefined : naiveForecast(known(of), method, lead);
  return (month: MonthForecast) => {
    const isOrders = measure === 'orders';
    const [existing, added] = isOrders
      ? [cents(month.existingOrders), cents(month.newOrders)]
      : [cents(month.existingRevenue), cents(month.newRevenue)];
    const orders = naive('orders', month.lead) ?? ordersOf(month);
    const whole = isOrders ? orders : (naive('revenue', month.lead) ?? revenueOf(month));
    const isOurs = method === 'components';
    const { low, high } = limits(spread, { lead: month.lead, forecast: whole, orders });
    return {
      mean: cents(isOurs ? existing + added : whole),
      ...{ existing: isOurs ? existing : null, added: isOurs ? added : null },
      low: low === null ? null : cents(Math.min(low, whole)),
      high: high === null ? null : cents(high),
    };
  };
}

const money = (value: number | null): string | null => (value === null ? null : value.toFixed(2));

export const model = defineModel({
  description:
    'Orders and revenue of the next twelve full months, and of the month under way, from existing and from new customers, with 80 % intervals from past errors. One row per month; none where the forecast is withheld.',
  dependsOn: [...forecastSources, 'forecast_backtests', 'forecast_grades'],
  grain: ['forecast_month'],
  columns,
  checks: [
    'not_null(forecast_month, lead_months, is_current_month, expected_orders, orders_low, orders_high, expected_revenue, revenue_low, revenue_high, orders_method, revenue_method)',
    'unique(forecast_month)',
    'range(lead_months, 1, 13)',
    'range(expected_orders, 0, null)',
    'expression(expected_lies_in_its_interval, orders_low <= expected_orders and expected_orders <= orders_high and revenue_low <= expected_revenue and expected_revenue <= revenue_high)',
    'expression(existing_and_new_revenue_is_all_revenue, existing_revenue is null or existing_revenue + new_revenue = expected_revenue)',
  ],
  async run(context) {
    const { shop, current } = await readForecastMonths(context);
    const shown = await readShown(context);
    const [ordersMethod, revenueMethod] = [shown.get('orders'), shown.get('revenue')];
    if (ordersMethod === undefined || revenueMethod === undefined) return resultOf(columns, []);
    const past = await readPastForecasts(context, shop.firstMonth);
    const { months, method } = forecastComponents(shop, current === undefined ? mostLeads - 1 : mostLeads);
    const [ordersAt, revenueAt] = [
      shownForecast('orders', ordersMethod, shop, past),
      shownForecast('revenue', revenueMethod, shop, past),
    ];
    const words = (shownMethod: Method) => (shownMethod === 'components' ? method : methodWords[shownMethod]);
    const isOurs = ordersMethod === 'components' || revenueMethod === 'components';
    const factor = (value: number) => (isOurs ? Number(value.toFixed(4)) : null);
    return resultOf(
      columns,
      months.map((month) => {
        const [orders, revenue] = [ordersAt(month), revenueAt(month)];
        const under = month.lead === 1 ? current : undefined;
        return {
          forecast_month: monthText(shop.firstMonth + shop.newCustomers.length + month.lead - 1),
          ...{ lead_months: month.lead, is_current_month: under !== undefined },
          ...{ expected_orders: orders.mean, orders_low: orders.low, orders_high: orders.high },
          ...{ existing_orders: orders.existing, new_orders: orders.added },
          ...{ expected_revenue: money(revenue.mean), revenue_low: money(revenue.low) },
          ...{ revenue_high: money(revenue.high), existing_revenue: money(revenue.existing) },
          ...{ new_revenue: money(revenue.added), new_customers: isOurs ? cents(month.newCustomers) : null },
          new_customer_season: factor(month.newSeason),
          repeat_order_season: factor(month.repeatSeason),
          ...{ orders_method: words(ordersMethod), revenue_method: words(revenueMethod) },
          ...{ orders_so_far: under?.orders ?? null, revenue_so_far: under?.revenue ?? null },
        };
      }),
    );
  },
});
