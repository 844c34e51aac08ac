import { type Graded, gradeDate, gradeNumber, gradeProbability } from '../../src/analytics/backtest/grade.ts';
import { fewestCuts } from '../../src/analytics/backtest/plan-cuts.ts';
import { type BacktestRecord, backtestsOf, type Score } from '../../src/predictions/backtest-columns.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'score', type: 'text', description: 'churn_risk, expected_orders, predicted_value or next_order' },
  {
    name: 'grade',
    type: 'text',
    description: 'A to D, or WITHHELD: then the score is null everywhere',
  },
  { name: 'reason', type: 'text', description: 'why, with the figures of the backtests or what is missing' },
  { name: 'horizon_days', type: 'integer', description: 'days ahead that were tested; null where nothing was' },
  { name: 'backtested_days', type: 'integer', description: 'past days on which the score was tested' },
] as const;

const baselineWords: Readonly<Record<string, string>> = {
  constant: 'constant',
  recency: 'recency',
  order_count: 'the number of orders',
  run_rate: 'what was paid so far',
};

/** The figures of one score. */
class Evidence {
  readonly #records: readonly BacktestRecord[];

  constructor(records: readonly BacktestRecord[], score: Score) {
    this.#records = records.filter((record) => record.score === score);
  }

  get cuts(): readonly string[] {
    return [...new Set(this.#records.map(({ cut }) => cut))].filter((cut) => cut !== 'all');
  }

  of(metric: string, method = 'model', cut = 'all'): BacktestRecord | undefined {
    return this.#records.find((one) => one.metric === metric && one.method === method && one.cut === cut);
  }

  baselines(metric: string): Map<string, number> {
    const methods = Object.entries(baselineWords).flatMap(([method, words]): [string, number][] => {
      const record = this.of(metric, method);
      return record === undefined ? [] : [[words, record.value]];
    });
    return new Map(methods);
  }

  /** Days on which the model was nearer than the constant. */
  cutsWon(metric: string): number {
    return this.cuts.filter((cut) => {
      const [ours, constant] = [this.of(metric, 'model', cut), this.of(metric, 'constant', cut)];
      return ours !== undefined && constant !== undefined && ours.value < constant.value;
    }).length;
  }
}

function gradeChurn(records: readonly BacktestRecord[], horizonDays: number): Graded {
  const evidence = new Evidence(records, 'churn_risk');
  const auc = evidence.of('auc');
  return gradeProbability({
    ...{ cuts: evidence.cuts.length, fewestCuts, horizonDays },
    auc: auc === undefined ? null : { value: auc.value, low: auc.low ?? 0, high: auc.high ?? 1 },
    logLoss: evidence.of('log_loss')?.value ?? 0,
    calibrationSlope: evidence.of('calibration_slope')?.value ?? null,
    baselines: evidence.baselines('log_loss'),
    cutsWon: evidence.cutsWon('log_loss'),
  });
}

function gradeAmount(records: readonly BacktestRecord[], score: Score, subject: string, horizonDays: number): Graded {
  const evidence = new Evidence(records, score);
  return gradeNumber({
    ...{ subject, fewestCuts, horizonDays },
    cuts: evidence.of('rmse') === undefined ? 0 : evidence.cuts.length,
    ratio: evidence.of('ratio')?.value ?? null,
    rootMeanSquaredError: evidence.of('rmse')?.value ?? 0,
    correlation: evidence.of('correlation')?.value ?? null,
    baselines: evidence.baselines('rmse'),
    cutsWon: evidence.cutsWon('rmse'),
  });
}

function gradeAll(records: readonly BacktestRecord[], horizonDays: number): Record<Score, Graded> {
  const orders = gradeAmount(records, 'expected_orders', 'orders', horizonDays);
  const dates = new Evidence(records, 'next_order').of('share_by_median');
  return {
    churn_risk: gradeChurn(records, horizonDays),
    expected_orders: orders,
    predicted_value: gradeAmount(records, 'predicted_value', 'revenues', horizonDays),
    next_order: gradeDate({ orders, customers: dates?.customers ?? 0, shareByMedian: dates?.value ?? null }),
  };
}

const scores: readonly Score[] = ['churn_risk', 'expected_orders', 'predicted_value', 'next_order'];

function allWithheld(reason: string) {
  return scores.map((score) => ({ score, grade: 'WITHHELD', reason, horizon_days: null, backtested_days: 0 }));
}

async function readWindow({ query, ref }: CodeModelContext) {
  const [row] = await query(`select missing_evidence, churn_horizon_days from ${ref('observation_window')}`);
  return {
    missing: (row?.missing_evidence ?? null) === null ? null : String(row?.missing_evidence),
    horizonDays: Number(row?.churn_horizon_days ?? 0),
  };
}

export const model = defineModel({
  description:
    'How far each score can be trusted, by what it has shown on this shop’s own past. A score that was not shown to be better than knowing nothing is withheld. One row per score.',
  dependsOn: ['model_backtests', 'observation_window', 'purchase_model_choice'],
  grain: ['score'],
  columns,
  checks: [
    'not_null(score, grade, reason, backtested_days)',
    'unique(score)',
    "accepted_values(score, 'churn_risk', 'expected_orders', 'predicted_value', 'next_order')",
    "accepted_values(grade, 'A', 'B', 'C', 'D', 'WITHHELD')",
  ],
  async run(context) {
    const { missing, horizonDays } = await readWindow(context);
    if (missing !== null) return resultOf(columns, allWithheld(missing));
    const records = backtestsOf(await context.query(`select * from ${context.ref('model_backtests')}`));
    const [choice] = await context.query(`select count(*) as models from ${context.ref('purchase_model_choice')}`);
    if (Number(choice?.models ?? 0) === 0) {
      return resultOf(columns, allWithheld('no purchase model could be fitted to what was known on the past days'));
    }
    const rows = Object.entries(gradeAll(records, horizonDays)).map(([score, { grade, reason }]) => {
      const days = new Evidence(records, score as Score).cuts.length;
      return { score, grade, reason, horizon_days: days === 0 ? null : horizonDays, backtested_days: days };
    });
    return resultOf(columns, rows);
  },
});
