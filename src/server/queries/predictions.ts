import { z } from 'zod';
import { customers, date, days, flag, money, real, text, whole } from '../column-spec.ts';
import { expectedSums } from '../expected-sums.ts';
import { tableQuery } from '../query-definition.ts';
import { textParameter } from '../query-parameters.ts';
import { given, where } from '../sql-parts.ts';

const grades = tableQuery({
  name: 'predictions/grades',
  summary: 'How far each score can be trusted, and why; WITHHELD scores are null everywhere. One row per score.',
  params: z.strictObject({}),
  columns: {
    score: text('prediction_grades'),
    grade: text('prediction_grades'),
    reason: text('prediction_grades'),
    horizon_days: days('prediction_grades'),
    backtested_days: whole('prediction_grades'),
  },
  sql: () => `
    select score, grade, reason, horizon_days, backtested_days
    from business.prediction_grades
    order by score`,
});

const models = tableQuery({
  name: 'predictions/models',
  summary: 'The models that were fitted, their parameters, which were chosen and why. One row per parameter.',
  params: z.strictObject({ subject: textParameter().optional().describe('what the model is of') }),
  columns: {
    subject: text('prediction_models'),
    model: text('prediction_models'),
    parameter: text('prediction_models'),
    parameter_position: whole('prediction_models'),
    parameter_meaning: text('prediction_models'),
    parameter_unit: text('prediction_models'),
    value: real('prediction_models'),
    standard_error: real('prediction_models'),
    at_bound: text('prediction_models'),
    customers: customers('prediction_models'),
    log_likelihood: real('prediction_models'),
    bic: real('prediction_models'),
    is_chosen: flag('prediction_models'),
    choice_reason: text('prediction_models'),
    limit_model: text('prediction_models'),
    diagnosis: text('prediction_models'),
  },
  sql: ({ subject }, parts) => `
    select
      subject, model, parameter, parameter_position, parameter_meaning, parameter_unit, value, standard_error, at_bound,
      customers, log_likelihood, bic, is_chosen, choice_reason, limit_model, diagnosis
    from business.prediction_models
    ${where(given(subject, (name) => `subject = ${parts.text(name)}`))}
    order by subject, model, parameter_position nulls last, parameter`,
});

const backtests = tableQuery({
  name: 'predictions/backtests',
  summary:
    'What each method foresaw on past days, measured against what came. One row per day, score, method and measure.',
  params: z.strictObject({
    score: textParameter().optional().describe('score that was tested'),
    method: textParameter().optional().describe('method that was tested'),
    metric: textParameter().optional().describe('measure'),
  }),
  columns: {
    cut: text('model_backtests'),
    score: text('model_backtests'),
    method: text('model_backtests'),
    metric: text('model_backtests'),
    value: real('model_backtests'),
    low: real('model_backtests'),
    high: real('model_backtests'),
    customers: customers('model_backtests'),
  },
  sql: ({ score, method, metric }, parts) => `
    select cut, score, method, metric, value, low, high, customers
    from business.model_backtests
    ${where(
      given(score, (name) => `score = ${parts.text(name)}`),
      given(method, (name) => `method = ${parts.text(name)}`),
      given(metric, (name) => `metric = ${parts.text(name)}`),
    )}
    order by score, cut, method, metric`,
});

const calibration = tableQuery({
  name: 'predictions/calibration',
  summary: 'What was predicted for groups of customers on past days, and what came. One row per score and group.',
  params: z.strictObject({ score: textParameter().optional().describe('score that was tested') }),
  columns: {
    score: text('model_calibration'),
    grouping: text('model_calibration'),
    group_number: whole('model_calibration'),
    customers: customers('model_calibration'),
    predicted: real('model_calibration'),
    actual: real('model_calibration'),
  },
  sql: ({ score }, parts) => `
    select score, "grouping", group_number, customers, predicted, actual
    from business.model_calibration
    ${where(given(score, (name) => `score = ${parts.text(name)}`))}
    order by score, "grouping", group_number`,
});

const totals = tableQuery({
  name: 'predictions/totals',
  summary: "What today's customers are expected to bring: all, by segment and by month. One row per total.",
  params: z.strictObject({ type: z.enum(['base', 'segment', 'month']).optional().describe('kind of total') }),
  scores: ['expected_orders', 'predicted_value'],
  columns: {
    total_type: text('prediction_totals'),
    total_name: text('prediction_totals'),
    ...expectedSums,
    predicted_value: money('prediction_totals'),
    predicted_value_low: money('prediction_totals'),
    predicted_value_high: money('prediction_totals'),
  },
  sql: ({ type }, parts) => `
    select
      total_type, total_name, first_day, last_day, customers, expected_orders, orders_low, orders_high,
      expected_revenue, revenue_low, revenue_high, predicted_value, predicted_value_low, predicted_value_high
    from business.prediction_totals
    ${where(given(type, (name) => `total_type = ${parts.text(name)}`))}
    order by total_type, total_name`,
});

const observation = tableQuery({
  name: 'predictions/observation',
  summary: 'How long the history is, what it lacks, and how the horizon of churn was chosen. One row.',
  params: z.strictObject({}),
  columns: {
    as_of_date: date('observation_window'),
    first_order_date: date('observation_window'),
    history_days: days('observation_window'),
    buyers: customers('observation_window'),
    churn_horizon_days: days('observation_window'),
    churn_horizon_reason: text('observation_window'),
    median_days_to_next_order: days('observation_window'),
    returned_customers: customers('observation_window'),
    not_returned_customers: customers('observation_window'),
    missing_evidence: text('observation_window'),
    is_left_truncated: flag('observation_window'),
    left_truncated_until: date('observation_window'),
    left_truncation_reason: text('observation_window'),
  },
  sql: () => `
    select
      as_of_date, first_order_date, history_days, buyers, churn_horizon_days, churn_horizon_reason,
      median_days_to_next_order, returned_customers, not_returned_customers, missing_evidence, is_left_truncated,
      left_truncated_until, left_truncation_reason
    from business.observation_window
    order by as_of_date`,
});

export const predictionQueries = [grades, models, backtests, calibration, totals, observation] as const;
