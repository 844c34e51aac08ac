import { methods, type TestedForecast } from '../analytics/forecast/backtest.ts';
import { measures } from '../analytics/forecast/shop-months.ts';
import type { CodeModelContext } from '../project/model.ts';
import { monthNumber } from './forecast-months.ts';

/** The rows of `forecast_backtests` as the models use them; months are counted from `firstMonth`. */
export async function readPastForecasts(
  { query, ref }: CodeModelContext,
  firstMonth: number,
): Promise<readonly TestedForecast[]> {
  const rows = await query(`
    select measure, method, origin_month, target_month, lead_months, forecast, actual, forecast_low, forecast_high
    from ${ref('forecast_backtests')} order by measure, method, origin_month, lead_months`);
  const limit = (value: unknown) => (value === null ? null : Number(value));
  return rows.flatMap((row) => {
    const measure = measures.find((one) => one === row.measure);
    const method = methods.find((one) => one === row.method);
    if (measure === undefined || method === undefined) return [];
    return [
      {
        ...{ measure, method, lead: Number(row.lead_months) },
        origin: monthNumber(String(row.origin_month)) - firstMonth,
        target: monthNumber(String(row.target_month)) - firstMonth,
        ...{ forecast: Number(row.forecast), actual: Number(row.actual) },
        ...{ low: limit(row.forecast_low), high: limit(row.forecast_high) },
      },
    ];
  });
}
