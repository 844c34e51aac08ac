import { type Candidate, chooseModel } from '../../src/analytics/backtest/choose-model.ts';
import { type HeldOut, type HoldoutScore, scoreHoldout } from '../../src/analytics/backtest/log-score.ts';
import { weeks } from '../../src/analytics/units.ts';
import { type BacktestCut, readBacktestCuts } from '../../src/predictions/backtest-cuts.ts';
import { historyOf } from '../../src/predictions/history-cells.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { fitUnit, purchaseModelNamed, readFits, type StoredFit } from '../../src/predictions/stored-fits.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'model', type: 'text', description: 'a model that is one of its own on the as-of date' },
  { name: 'cut_date', type: 'date', description: 'a past day with whose knowledge it predicted the horizon after it' },
  { name: 'customers', type: 'integer', description: 'customers looked at' },
  {
    name: 'log_score',
    type: 'double',
    description:
      'mean logarithm of the probability that it gave to the number of purchases that came; higher is better',
  },
  { name: 'expected_purchases', type: 'double', description: 'purchases per customer that it expected' },
  { name: 'actual_purchases', type: 'double', description: 'purchases per customer that came' },
  { name: 'is_chosen', type: 'boolean', description: 'whether the predictions of this run come from it' },
  { name: 'choice_reason', type: 'text', description: 'why the chosen one was chosen, the same in all rows' },
] as const;

async function readHeldOut(
  { query, ref }: CodeModelContext,
  { date }: BacktestCut,
): Promise<HeldOut<typeof fitUnit>[]> {
  const rows = await query(`
    select frequency, cell_recency_days as recency, cell_age_days as age, purchases_in_horizon as future, count(*) as customers
    from ${ref('customer_histories')}
    where cut_date = date '${date}' and not is_left_truncated
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4`);
  return rows.map(({ frequency, recency, age, future, customers }) => ({
    ...historyOf({ frequency: Number(frequency), recencyDays: Number(recency), ageDays: Number(age) }),
    ...{ future: Number(future), customers: Number(customers) },
  }));
}

export const model = defineModel({
  description:
    'How well each purchase model foresaw, on past days, what customers did next, and which model is therefore used. One row per model and day.',
  dependsOn: ['backtest_cuts', 'customer_histories', 'model_fits'],
  grain: ['model', 'cut_date'],
  columns,
  checks: [
    'not_null(model, cut_date, customers, log_score, expected_purchases, actual_purchases, is_chosen, choice_reason)',
    'unique(model, cut_date)',
    'range(log_score, null, 0)',
  ],
  async run(context) {
    const cuts = (await readBacktestCuts(context)).filter(({ role }) => role === 'evaluate');
    if (cuts.length === 0) return resultOf(columns, []);
    const fits = await readFits(context);
    const fitOf = (name: string, date: string): StoredFit | undefined =>
      fits.find((fit) => fit.name === name && fit.cutDate === date && fit.isUsable);
    const names = [...new Set(fits.map(({ name }) => name))].filter((name) => purchaseModelNamed(name) !== undefined);
    const complete = names.filter((name) => cuts.every(({ date }) => fitOf(name, date) !== undefined));
    const scores = new Map(complete.map((name): [string, HoldoutScore[]] => [name, []]));
    for (const cut of cuts) {
      const held = await readHeldOut(context, cut);
      for (const name of complete) {
        const model = purchaseModelNamed(name);
        const fit = fitOf(name, cut.date);
        if (model === undefined || fit === undefined) continue;
        const parameterized = { model, unit: fitUnit, values: fit.values } as const;
        scores.get(name)?.push(scoreHoldout(parameterized, held, weeks(cut.horizonDays / 7)));
      }
    }
    const candidates = complete.flatMap((name): Candidate[] => {
      const model = purchaseModelNamed(name);
      if (model === undefined) return [];
      return [{ name, title: model.title, parameters: model.parameters.length, scores: scores.get(name) ?? [] }];
    });
    const choice = chooseModel(candidates);
    const records = candidates.flatMap(({ name, scores: all }) =>
      all.map((score, index) => ({
        ...{ model: name, cut_date: cuts[index]?.date ?? null, customers: score.customers },
        ...{ log_score: score.logScore, expected_purchases: score.expected, actual_purchases: score.actual },
        ...{ is_chosen: choice?.name === name, choice_reason: choice?.reason ?? '' },
      })),
    );
    return resultOf(columns, records);
  },
});
