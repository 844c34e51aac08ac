import { z } from 'zod';
import { paperAgainstOurs } from '../../analytics/published/paper-against-ours.ts';
import { customers, date, decimal, flag, percent, real, text, whole } from '../column-spec.ts';
import { historyQuery, tableQuery } from '../query-definition.ts';

const forecastGrades = tableQuery({
  name: 'predictions/forecast-grades',
  summary: 'How the monthly forecast did in past months against naive ones, and which is shown. One row per measure.',
  params: z.strictObject({}),
  columns: {
    measure: text('forecast_grades'),
    verdict: text('forecast_grades'),
    shown_method: text('forecast_grades'),
    reason: text('forecast_grades'),
    complete_months: whole('forecast_grades'),
    backtested_origins: whole('forecast_grades'),
    backtested_forecasts: whole('forecast_grades'),
    mean_absolute_error: decimal('forecast_grades'),
    relative_to_last_month: real('forecast_grades'),
    relative_to_same_month_last_year: real('forecast_grades'),
    mean_absolute_scaled_error: real('forecast_grades'),
    tested_intervals: whole('forecast_grades'),
    interval_coverage: real('forecast_grades'),
  },
  sql: () => `
    select
      measure, verdict, shown_method, reason, complete_months, backtested_origins, backtested_forecasts,
      mean_absolute_error, relative_to_last_month, relative_to_same_month_last_year, mean_absolute_scaled_error,
      tested_intervals, interval_coverage
    from business.forecast_grades
    order by measure`,
});

const forecastAccuracy = tableQuery({
  name: 'predictions/forecast-accuracy',
  summary: 'How far the forecast and naive ones were off in past months. One row per measure, lead and method.',
  params: z.strictObject({}),
  columns: {
    measure: text('forecast_accuracy'),
    lead_months: whole('forecast_accuracy'),
    method: text('forecast_accuracy'),
    forecasts: whole('forecast_accuracy'),
    mean_absolute_error: decimal('forecast_accuracy'),
    mean_error: decimal('forecast_accuracy'),
    mean_error_percent: percent('forecast_accuracy'),
    tested_intervals: whole('forecast_accuracy'),
    interval_coverage_percent: percent('forecast_accuracy'),
  },
  sql: () => `
    select
      measure, lead_months, method, forecasts, mean_absolute_error, mean_error, mean_error_percent, tested_intervals,
      interval_coverage_percent
    from business.forecast_accuracy
    order by measure, lead_months, method`,
});

const leakAudit = tableQuery({
  name: 'predictions/leak-audit',
  summary: 'Proof that predictions of past days knew nothing of what came later. One row per feature.',
  params: z.strictObject({}),
  columns: {
    feature: text('leak_audit'),
    cut_date: date('leak_audit'),
    customers: customers('leak_audit'),
    changed_customers: customers('leak_audit'),
  },
  sql: () => `
    select feature, cut_date, customers, changed_customers
    from business.leak_audit
    order by feature`,
});

const publishedFigures = historyQuery({
  name: 'predictions/published-figures',
  summary: 'What others have published about the models, beside what this program computes. One row per figure.',
  params: z.strictObject({}),
  columns: {
    position: whole('place in the list, from 1'),
    item: text('what was published'),
    source: text('who published it, and where'),
    paper: real('the figure as printed'),
    decimals: whole('digits printed behind the point; below 0 where it is rounded to tens, hundreds and so on'),
    ours: real('what this program computes'),
    difference: real('ours less the printed figure'),
    tolerance: real(
      'how far apart the two may be: half a unit of the last printed digit, or more where that is explained',
    ),
    agreement: text('digits: the same as printed; allowed: nearly, as explained; different: not'),
    why: text('why the two may differ beyond the printed digits; null where they may not'),
    is_recorded: flag(
      'whether ours was computed earlier from the log of CDNOW, which is not part of the program; verify --cdnow repeats it',
    ),
  },
  read: () =>
    paperAgainstOurs().map((figure, index) => ({
      position: index + 1,
      item: figure.item,
      source: figure.source,
      paper: figure.paper,
      decimals: figure.decimals,
      ours: figure.ours,
      difference: figure.difference,
      tolerance: figure.tolerance,
      agreement: figure.agreement,
      why: figure.why ?? null,
      is_recorded: figure.isRecorded,
    })),
});

export const trustQueries = [forecastGrades, forecastAccuracy, leakAudit, publishedFigures] as const;
