import { trainingCuts } from '../../src/analytics/backtest/plan-cuts.ts';
import type { LogisticRow } from '../../src/analytics/classification/logistic-regression.ts';
import { days } from '../../src/analytics/units.ts';
import { readBacktestCuts } from '../../src/predictions/backtest-cuts.ts';
import { churnFeatures } from '../../src/predictions/churn-features.ts';
import { featureMeans, fitChurn } from '../../src/predictions/fit-churn.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

/**
 * The purchase model's own ln(odds) are where the churn model begins: its coefficient is expected around 1, those of the others around 0.
 */
const offsetFeature = 'purchase_model';

const columns = [
  { name: 'cut_date', type: 'date', description: 'the day whose customers it scores' },
  { name: 'feature', type: 'text', description: 'what it looks at; intercept for the constant' },
  { name: 'feature_meaning', type: 'text', description: 'what the feature says of a customer' },
  {
    name: 'coefficient',
    type: 'double',
    description: 'what one unit of the feature adds to ln(odds of no order within the horizon)',
  },
  { name: 'standard_error', type: 'double', description: 'its standard error; null where it is not determined' },
  { name: 'mean_value', type: 'double', description: 'mean of the feature over the customers that it was trained on' },
  {
    name: 'trained_on_cuts',
    type: 'integer',
    description: 'past days that it was trained on; the horizon of each had ended by cut_date',
  },
  { name: 'latest_training_cut', type: 'date', description: 'the latest of them' },
  { name: 'horizon_days', type: 'integer', description: 'days after each of them that were learned from' },
  { name: 'customers', type: 'bigint', description: 'customers of these days, each counted on every day' },
  { name: 'churned', type: 'bigint', description: 'of these, without an order within the horizon' },
  { name: 'choice_reason', type: 'text', description: 'whether the purchase model is corrected, and why' },
] as const;

interface TrainingRow extends LogisticRow {
  readonly cutDate: string;
}

/** Customers of the past days, by what the model looks at, with how many of them did not order. */
async function readTraining({ query, ref }: CodeModelContext): Promise<TrainingRow[]> {
  // To a tenth of a unit of ln(odds) many customers are alike, and what is learned from them is the same.
  const learned = (name: string, sql: string) =>
    name === offsetFeature ? `round(cast(${sql} as decimal(6, 2)), 1)` : sql;
  const features = churnFeatures.map(({ name, sql }) => `${learned(name, sql)} as f_${name}`).join(', ');
  const rows = await query(`
    select cast(cut_date as varchar) as cut_date, ${features},
      count(*) filter (where purchases_in_horizon = 0) as events,
      count(*) filter (where purchases_in_horizon > 0) as non_events
    from ${ref('customer_outlooks')}
    where cut_role <> 'score' and not is_left_truncated
    group by ${[...Array(churnFeatures.length + 1).keys()].map((i) => i + 1).join(', ')}
    order by ${[...Array(churnFeatures.length + 1).keys()].map((i) => i + 1).join(', ')}`);
  return rows.map((row) => ({
    cutDate: String(row.cut_date),
    offset: Number(row[`f_${offsetFeature}`]),
    values: Float64Array.from(churnFeatures, ({ name }) => Number(row[`f_${name}`])),
    ...{ events: Number(row.events), nonEvents: Number(row.non_events) },
  }));
}

export const model = defineModel({
  description:
    'The churn model of the as-of date and of each day of the backtests, trained only on days whose horizon had ended by then. One row per day and feature.',
  dependsOn: ['backtest_cuts', 'customer_outlooks'],
  grain: ['cut_date', 'feature'],
  columns,
  checks: [
    'not_null(cut_date, feature, feature_meaning, coefficient, mean_value, trained_on_cuts, latest_training_cut, customers, churned, choice_reason)',
    'unique(cut_date, feature)',
    'range(standard_error, 0, null)',
    'expression(trained_on_the_past, latest_training_cut + horizon_days <= cut_date)',
  ],
  async run(context) {
    const cuts = await readBacktestCuts(context);
    if (cuts.length === 0) return resultOf(columns, []);
    const training = await readTraining(context);
    const past = cuts.filter(({ role }) => role !== 'score');
    const records = cuts
      .filter(({ role }) => role !== 'train')
      .flatMap((cut) => {
        const used = trainingCuts(past, cut.daysBefore, days(cut.horizonDays));
        const rows = training.filter(({ cutDate }) => used.some(({ date }) => date === cutDate));
        const [latest] = used;
        if (latest === undefined || rows.length === 0) return [];
        const horizon = days(cut.horizonDays);
        const { correction, reason } = fitChurn(
          used.map(({ date, daysBefore }) => ({ daysBefore, rows: rows.filter(({ cutDate }) => cutDate === date) })),
          churnFeatures.map(({ name }) => name),
          horizon,
        );
        const means = featureMeans(rows, churnFeatures.length);
        const churned = rows.reduce((sum, { events }) => sum + events, 0);
        const common = {
          ...{ cut_date: cut.date, trained_on_cuts: used.length, latest_training_cut: latest.date, churned },
          customers: churned + rows.reduce((sum, { nonEvents }) => sum + nonEvents, 0),
          choice_reason: reason,
          horizon_days: cut.horizonDays,
        };
        const intercept = {
          ...{ feature: 'intercept', feature_meaning: 'where all features are 0', mean_value: 1 },
          ...{ coefficient: correction?.intercept ?? 0, standard_error: correction?.interceptStandardError ?? null },
        };
        const others = churnFeatures.map(({ name, meaning }, index) => ({
          ...{ feature: name, feature_meaning: meaning, mean_value: means[index] ?? 0 },
          coefficient: (name === offsetFeature ? 1 : 0) + (correction?.coefficients[index] ?? 0),
          // A feature that hardly varies was left out.
          standard_error: correction?.standardErrors?.[index] || null,
        }));
        return [intercept, ...others].map((one) => ({ ...common, ...one }));
      });
    return resultOf(columns, records);
  },
});
