import { backtestForecasts } from '../../src/analytics/forecast/backtest.ts';
import { forecastSources, monthText, readForecastMonths } from '../../src/predictions/forecast-months.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'measure', type: 'text', description: 'orders, or revenue net of returns' },
  {
    name: 'method',
    type: 'text',
    description: 'components for ours; last_month and same_month_last_year for what needs no method',
  },
  { name: 'origin_month', type: 'text', description: 'the last month that was known, YYYY-MM' },
  { name: 'target_month', type: 'text', description: 'the month that was foreseen, YYYY-MM' },
  { name: 'lead_months', type: 'integer', description: 'months between the two' },
  { name: 'forecast', type: 'decimal(18,2)', description: 'what the method foresaw, from months up to the origin' },
  { name: 'actual', type: 'decimal(18,2)', description: 'what came' },
  { name: 'forecast_error', type: 'decimal(18,2)', description: 'actual less forecast' },
  {
    name: 'forecast_low',
    type: 'decimal(18,2)',
    description:
      'lower end of the 80 % interval, made of errors known at the origin; null where these were fewer than six',
  },
  { name: 'forecast_high', type: 'decimal(18,2)', description: 'upper end of it; null likewise' },
  { name: 'is_in_interval', type: 'boolean', description: 'whether what came lies in it; null likewise' },
] as const;

const text = (value: number): string => value.toFixed(2);

export const model = defineModel({
  description:
    'What the forecast and two naive ones would have said in past months, and what came. One row per measure, method, origin and target month.',
  dependsOn: [...forecastSources],
  grain: ['measure', 'method', 'origin_month', 'target_month'],
  columns,
  checks: [
    'not_null(measure, method, origin_month, target_month, lead_months, forecast, actual, forecast_error)',
    'unique(measure, method, origin_month, target_month)',
    "accepted_values(measure, 'orders', 'revenue')",
    "accepted_values(method, 'components', 'last_month', 'same_month_last_year')",
    'range(lead_months, 1, 13)',
    'expression(origin_lies_before_target, origin_month < target_month)',
  ],
  async run(context) {
    const { shop, missing } = await readForecastMonths(context);
    const past = missing === undefined ? backtestForecasts(shop) : [];
    return resultOf(
      columns,
      past.map(({ measure, method, origin, target, lead, forecast, actual, low, high }) => ({
        ...{ measure, method, lead_months: lead },
        ...{ origin_month: monthText(shop.firstMonth + origin), target_month: monthText(shop.firstMonth + target) },
        ...{ forecast: text(forecast), actual: text(actual), forecast_error: text(actual - forecast) },
        forecast_low: low === null ? null : text(low),
        forecast_high: high === null ? null : text(high),
        is_in_interval: low === null || high === null ? null : low <= actual && actual <= high,
      })),
    );
  },
});
