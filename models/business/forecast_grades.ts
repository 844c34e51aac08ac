import type { TestedForecast } from '../../src/analytics/forecast/backtest.ts';
import { meanAbsoluteError, naiveScale } from '../../src/analytics/forecast/scaled-error.ts';
import { type Measure, measures, monthlyTotals, type ShopMonths } from '../../src/analytics/forecast/shop-months.ts';
import { judgeForecast } from '../../src/analytics/forecast/verdict.ts';
import { forecastSources, readForecastMonths } from '../../src/predictions/forecast-months.ts';
import { readPastForecasts } from '../../src/predictions/past-forecasts.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { verdictWords } from '../../src/predictions/verdict-words.ts';
import { defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'measure', type: 'text', description: 'orders, or revenue net of returns' },
  {
    name: 'verdict',
    type: 'text',
    description:
      'better: clearly nearer than both naive forecasts; no better: not clearly, ours is shown; worse: a naive one was nearer and is shown; withheld: nothing is',
  },
  {
    name: 'shown_method',
    type: 'text',
    description: 'components, last_month or same_month_last_year; null where withheld',
  },
  { name: 'reason', type: 'text', description: 'why, with the figures of the backtest or what is missing' },
  { name: 'complete_months', type: 'integer', description: 'complete months of history' },
  { name: 'backtested_origins', type: 'integer', description: 'past months from which was forecast' },
  { name: 'backtested_forecasts', type: 'integer', description: 'forecasts of ours from them, over all leads' },
  {
    name: 'mean_absolute_error',
    type: 'decimal(18,2)',
    description: 'mean error of ours without its sign; null where nothing was tested',
  },
  {
    name: 'relative_to_last_month',
    type: 'double',
    description:
      'mean absolute error of ours over that of "same as last month"; below 1 ours was nearer; null where nothing was tested',
  },
  {
    name: 'relative_to_same_month_last_year',
    type: 'double',
    description: 'the same over that of "same month last year"; null where the history is too short',
  },
  {
    name: 'mean_absolute_scaled_error',
    type: 'double',
    description:
      'mean absolute error of ours over the mean change from month to month (MASE); null where nothing was tested or nothing ever changed',
  },
  { name: 'tested_intervals', type: 'integer', description: 'past 80 % intervals of the shown method' },
  { name: 'interval_coverage', type: 'double', description: 'share of them that held; null without any' },
] as const;

const rounded = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : Number(value.toFixed(4));

function gradeOf(measure: Measure, shop: ShopMonths, wholeMonths: number, past: readonly TestedForecast[]) {
  const records = past.filter((one) => one.measure === measure);
  const ours = records.filter(({ method }) => method === 'components');
  const judgement = judgeForecast(records);
  const error = ours.length === 0 ? undefined : meanAbsoluteError(ours.map((one) => one.actual - one.forecast));
  const scale = naiveScale(monthlyTotals(shop, measure).slice(shop.partMonths));
  const shown = records.filter(({ method, low }) => method === judgement?.shown && low !== null);
  const held = shown.filter(({ actual, low, high }) => (low ?? 0) <= actual && actual <= (high ?? 0)).length;
  const ratioTo = (name: string) => judgement?.comparisons.find(({ naive }) => naive === name)?.ratio;
  return {
    ...{ measure, verdict: judgement?.verdict ?? 'withheld', shown_method: judgement?.shown ?? null },
    reason: judgement === undefined ? '' : verdictWords(judgement, { tested: shown.length, held }),
    complete_months: wholeMonths,
    backtested_origins: new Set(ours.map(({ origin }) => origin)).size,
    backtested_forecasts: ours.length,
    mean_absolute_error: error === undefined ? null : error.toFixed(2),
    relative_to_last_month: rounded(ratioTo('last_month')),
    relative_to_same_month_last_year: rounded(ratioTo('same_month_last_year')),
    mean_absolute_scaled_error: rounded(error === undefined || scale === null ? undefined : error / scale),
    tested_intervals: shown.length,
    interval_coverage: shown.length === 0 ? null : rounded(held / shown.length),
  };
}

export const model = defineModel({
  description:
    'How the monthly forecast did in past months, against "same as last month" and "same month last year", and which of them is shown. One row per measure.',
  dependsOn: [...forecastSources, 'forecast_backtests'],
  grain: ['measure'],
  columns,
  checks: [
    'not_null(measure, verdict, reason, complete_months, backtested_origins, backtested_forecasts, tested_intervals)',
    'unique(measure)',
    "accepted_values(verdict, 'better', 'no better', 'worse', 'withheld')",
    'range(interval_coverage, 0, 1)',
    "expression(something_is_shown_unless_withheld, (shown_method is null) = (verdict = 'withheld'))",
  ],
  async run(context) {
    const { shop, wholeMonths, missing } = await readForecastMonths(context);
    const past = await readPastForecasts(context, shop.firstMonth);
    const grades = measures.map((measure) => gradeOf(measure, shop, wholeMonths, past));
    return resultOf(
      columns,
      grades.map((grade) => (missing === undefined ? grade : { ...grade, reason: missing })),
    );
  },
});
