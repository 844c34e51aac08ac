import { forecastComponents, type MonthForecast } from './component-forecast.ts';
import { type ErrorSpread, errorSpread, type LeadError } from './error-spread.ts';
import { type NaiveMethod, naiveForecast, naiveMethods } from './naive-forecast.ts';
import { firstMonths, type Measure, measures, monthlyTotals, type ShopMonths } from './shop-months.ts';

export type Method = 'components' | NaiveMethod;
export const methods: readonly Method[] = ['components', ...naiveMethods];

/** Months ahead: a year, and the month that is under way. */
export const mostLeads = 13;
/** Whole months that a past forecast must have had, at least. */
export const fewestMonths = 6;
/** Months of which enough past forecasts knew a season: two years and the six that an interval needs. */
const monthsWithSeason = 30;
/** Past months from which was forecast: the latest four years. */
const mostOrigins = 48;

/**
 * Whole months after which a forecast counts as evidence for one made after `months` of them. Half of them, as the first forecasts of a
 * young shop say little of later ones; not more than a year; two years from 30 months on: then all of them know a season.
 */
export function monthsBeforeEvidence(months: number): number {
  if (months >= monthsWithSeason) return Math.max(24, months - mostOrigins);
  return Math.max(fewestMonths, Math.min(12, Math.floor(months / 2)));
}

/** One past forecast and what came. */
export interface PastForecast {
  readonly measure: Measure;
  readonly method: Method;
  /** Index of the last month that was known, and of the month that was foreseen. */
  readonly origin: number;
  readonly target: number;
  readonly lead: number;
  readonly forecast: number;
  readonly actual: number;
  /** Orders of the month that this method foresaw: chance alone makes an error of one over their root. */
  readonly orders: number;
  /** The 80 % interval that could be given then; null where too few errors were known. */
  readonly low: number | null;
  readonly high: number | null;
}

/** As it is stored. */
export type TestedForecast = Omit<PastForecast, 'orders'>;

type Bare = Omit<PastForecast, 'low' | 'high'>;

export const ordersOf = (month: MonthForecast): number => month.existingOrders + month.newOrders;
export const revenueOf = (month: MonthForecast): number => month.existingRevenue + month.newRevenue;

/** Error as a logarithm. What came or was foreseen at or below 0 counts as a hundredth of the other. */
export function logRatio(actual: number, forecast: number): number {
  const least = Math.max(Math.abs(actual), Math.abs(forecast)) / 100;
  return least === 0 ? 0 : Math.log(Math.max(actual, least) / Math.max(forecast, least));
}

/**
 * Rolling origins: from each past month, all leads by our method and by the naive ones, with nothing known but the months up to it. The
 * intervals are made of errors that were known by then.
 */
export function backtestForecasts(shop: ShopMonths): readonly PastForecast[] {
  const count = shop.newCustomers.length;
  const totals = { orders: monthlyTotals(shop, 'orders'), revenue: monthlyTotals(shop, 'revenue') };
  const first = Math.max(shop.partMonths + fewestMonths, count - 2 * mostOrigins) - 1;
  const bare: Bare[] = [];
  for (let origin = first; origin < count - 1; origin++) {
    const leads = Math.min(mostLeads, count - 1 - origin);
    const ours = forecastComponents(firstMonths(shop, origin + 1), leads).months;
    const known = (measure: Measure) => totals[measure].slice(shop.partMonths, origin + 1);
    const at = (method: Method, measure: Measure, lead: number): number | undefined => {
      if (method !== 'components') return naiveForecast(known(measure), method, lead);
      const month = ours[lead - 1];
      return month && (measure === 'orders' ? ordersOf(month) : revenueOf(month));
    };
    for (const measure of measures) {
      for (const method of methods) {
        for (let lead = 1; lead <= leads; lead++) {
          const [forecast, orders] = [at(method, measure, lead), at(method, 'orders', lead)];
          if (forecast === undefined || orders === undefined) continue;
          const actual = totals[measure][origin + lead] ?? 0;
          bare.push({ measure, method, origin, target: origin + lead, lead, forecast, actual, orders });
        }
      }
    }
  }
  const evidence = shop.partMonths + monthsBeforeEvidence(count - shop.partMonths);
  return withIntervals(bare, shop.partMonths).filter(({ origin }) => origin + 1 >= evidence);
}

function withIntervals(all: readonly Bare[], partMonths: number): PastForecast[] {
  const series = Map.groupBy(all, ({ measure, method }) => `${measure} ${method}`);
  return [...series.values()].flatMap((records) => {
    const spreads = new Map<number, ErrorSpread | undefined>();
    return records.map((record) => {
      const { origin, lead, forecast, orders } = record;
      if (!spreads.has(origin)) spreads.set(origin, errorSpread(errorsKnown(records, origin, partMonths)));
      return { ...record, ...limits(spreads.get(origin), { lead, forecast, orders }) };
    });
  });
}

/** The errors that were known when month `known` was over, of forecasts that counted as evidence then. */
function errorsKnown(records: readonly Bare[], known: number, partMonths: number): LeadError[] {
  const evidence = partMonths + monthsBeforeEvidence(known + 1 - partMonths);
  return errorsOf(records.filter(({ origin, target }) => target <= known && origin + 1 >= evidence));
}

/** Errors for the spread of a method: forecasts that knew more months say more of today's. */
export function errorsOf(
  records: readonly Pick<PastForecast, 'origin' | 'lead' | 'actual' | 'forecast'>[],
): LeadError[] {
  return records.map(({ origin, lead, actual, forecast }) => ({
    ...{ lead, logRatio: logRatio(actual, forecast) },
    weight: (origin + 1) ** 4,
  }));
}

export interface Limits {
  readonly low: number | null;
  readonly high: number | null;
}

/** The 80 % interval of a forecast. */
export function limits(
  spread: ErrorSpread | undefined,
  { lead, forecast, orders }: Pick<PastForecast, 'lead' | 'forecast' | 'orders'>,
): Limits {
  if (spread === undefined) return { low: null, high: null };
  const factor = spread.factor(lead, 1 / Math.max(1, orders));
  return { low: Math.min(forecast / factor, forecast * factor), high: Math.max(forecast / factor, forecast * factor) };
}
