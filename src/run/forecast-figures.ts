import type { RowObject, Value } from '../engines/result-set.ts';
import { type ExpectedSum, sumOf } from './prediction-figures.ts';

/** One measure of one month: what is expected, its 80 % interval, and its parts. */
export interface ForecastSum extends ExpectedSum {
  /** From customers who first ordered up to the last complete month, and the rest; null where the forecast is a naive one. */
  readonly fromExisting: number | null;
  readonly fromNew: number | null;
}

export interface ForecastMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Months after the last complete one. */
  readonly leadMonths: number;
  /** The as-of month while it is not over; foreseen as a whole. */
  readonly isCurrent: boolean;
  readonly orders: ForecastSum;
  readonly revenue: ForecastSum;
  /** Null where both forecasts are naive ones. */
  readonly newCustomers: number | null;
  /** What came in the current month up to the as-of date; null for the others. */
  readonly ordersSoFar: number | null;
  readonly revenueSoFar: number | null;
}

export interface ForecastGrade {
  /** orders or revenue. */
  readonly measure: string;
  /** better, no better, worse or withheld. */
  readonly verdict: string;
  /** components, last_month or same_month_last_year; left out where withheld. */
  readonly shownMethod?: string;
  readonly reason: string;
  /** How the shown forecast is made, in words; left out where withheld. */
  readonly method?: string;
}

/** Twelve full months together. The interval is as wide as if all months erred to the same side. */
export interface ForecastYear {
  readonly firstMonth: string;
  readonly lastMonth: string;
  readonly orders: ExpectedSum;
  readonly revenue: ExpectedSum;
}

/** Orders and revenue of the months to come; no months where the forecast is withheld. */
export interface ForecastFigures {
  readonly grades: readonly ForecastGrade[];
  readonly months: readonly ForecastMonth[];
  /** Left out where the forecast is withheld. */
  readonly nextTwelveMonths?: ForecastYear;
}

/** Reads them from the business layer; `business` gives the quoted name of a table. */
export async function readForecastFigures(
  objects: (sql: string) => Promise<RowObject[]>,
  business: (name: string) => string,
): Promise<ForecastFigures> {
  const grades = await objects(
    `select measure, verdict, shown_method, reason from ${business('forecast_grades')} order by measure`,
  );
  const rows = await objects(`select * from ${business('sales_forecast')} order by lead_months`);
  const months = rows.map(monthOf);
  const year = yearOf(months.filter(({ isCurrent }) => !isCurrent));
  return {
    grades: grades.map(({ measure, verdict, shown_method: shown, reason }) => {
      const method = rows[0]?.[`${String(measure)}_method`] ?? null;
      return {
        ...{ measure: String(measure), verdict: String(verdict), reason: String(reason) },
        ...((shown ?? null) === null ? {} : { shownMethod: String(shown) }),
        ...(method === null ? {} : { method: String(method) }),
      };
    }),
    months,
    ...(year === undefined ? {} : { nextTwelveMonths: year }),
  };
}

const figureOf = (value: Value | undefined): number | null =>
  (value ?? null) === null ? null : Number(Number(value).toFixed(2));

function partsOf(row: RowObject, measure: 'orders' | 'revenue'): ForecastSum {
  const sum = sumOf(row[`expected_${measure}`], row[`${measure}_low`], row[`${measure}_high`]);
  return {
    ...(sum ?? { expected: 0, low: 0, high: 0 }),
    ...{ fromExisting: figureOf(row[`existing_${measure}`]), fromNew: figureOf(row[`new_${measure}`]) },
  };
}

function monthOf(row: RowObject): ForecastMonth {
  return {
    ...{
      month: String(row.forecast_month),
      leadMonths: Number(row.lead_months),
      isCurrent: row.is_current_month === true,
    },
    ...{ orders: partsOf(row, 'orders'), revenue: partsOf(row, 'revenue'), newCustomers: figureOf(row.new_customers) },
    ...{ ordersSoFar: figureOf(row.orders_so_far), revenueSoFar: figureOf(row.revenue_so_far) },
  };
}

function yearOf(months: readonly ForecastMonth[]): ForecastYear | undefined {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const sum = (of: (month: ForecastMonth) => number) =>
    Number(months.reduce((total, month) => total + of(month), 0).toFixed(2));
  const all = (measure: 'orders' | 'revenue'): ExpectedSum => ({
    expected: sum((month) => month[measure].expected),
    ...{ low: sum((month) => month[measure].low), high: sum((month) => month[measure].high) },
  });
  return { firstMonth: first.month, lastMonth: last.month, orders: all('orders'), revenue: all('revenue') };
}
