import { planCuts } from '../../src/analytics/backtest/plan-cuts.ts';
import { days } from '../../src/analytics/units.ts';
import { defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'cut_date', type: 'date', description: 'the day on which the past is cut: known is what happened up to it' },
  {
    name: 'cut_role',
    type: 'text',
    description:
      'score: the as-of date, predictions of it are published; evaluate: predictions made with what was known then are compared with what came; train: only learned from',
  },
  { name: 'days_before', type: 'integer', description: 'days from the cut to the as-of date' },
  { name: 'horizon_days', type: 'integer', description: 'days after the cut that are predicted: the churn horizon' },
  {
    name: 'sample_share',
    type: 'double',
    description: 'share of the customers that is looked at, drawn by a hash of the customer id; 1 on the as-of date',
  },
] as const;

export const model = defineModel({
  description:
    'The days on which predictions are made and tested: the as-of date and days in the past. Empty where there is too little data to predict anything. One row per day.',
  dependsOn: ['observation_window'],
  grain: ['cut_date'],
  columns,
  checks: [
    'not_null(cut_date, cut_role, days_before, horizon_days, sample_share)',
    'unique(cut_date)',
    "accepted_values(cut_role, 'score', 'evaluate', 'train')",
    'range(days_before, 0, null)',
    'range(sample_share, 0, 1)',
  ],
  async run({ query, ref }) {
    const [window] = await query(`
      select cast(as_of_date as varchar) as as_of_date, history_days, churn_horizon_days, sample_share
      from ${ref('observation_window')} where missing_evidence is null and churn_horizon_days is not null`);
    const rows: (string | number)[][] = [];
    if (window !== undefined) {
      const horizonDays = days(Number(window.churn_horizon_days));
      const asOf = Date.parse(`${window.as_of_date}T00:00:00Z`);
      const dateBefore = (before: number) => new Date(asOf - before * 86_400_000).toISOString().slice(0, 10);
      rows.push([dateBefore(0), 'score', 0, horizonDays, 1]);
      const cuts = planCuts({ historyDays: days(Number(window.history_days)), horizonDays });
      for (const { daysBefore, role } of cuts) {
        rows.push([dateBefore(daysBefore), role, daysBefore, horizonDays, Number(window.sample_share)]);
      }
    }
    return { columns: columns.map(({ name, type }) => ({ name, type })), rows };
  },
});
