import { readBacktestCuts } from '../../src/predictions/backtest-cuts.ts';
import { constantSpendValues } from '../../src/predictions/constant-spend.ts';
import { type SpendBasis, spendColumns } from '../../src/predictions/history-cells.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { readFits, type SpendModelName, type StoredFit } from '../../src/predictions/stored-fits.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'cut_date', type: 'date', description: 'fitted to what was known on this day' },
  { name: 'model', type: 'text', description: 'gamma-gamma, gamma-gamma-all or constant' },
  {
    name: 'basis',
    type: 'text',
    description: 'purchases that tell of a customer: repeats, those after the first purchase day, or all',
  },
  { name: 'p', type: 'double', description: 'Gamma-Gamma parameter p, as it is used' },
  {
    name: 'q',
    type: 'double',
    description: 'Gamma-Gamma parameter q; so large in the constant model that customers do not differ',
  },
  { name: 'gamma', type: 'double', description: 'Gamma-Gamma parameter gamma' },
  {
    name: 'purchases',
    type: 'bigint',
    description: 'purchases within the horizon that it was tested on; null on the as-of date',
  },
  {
    name: 'squared_error',
    type: 'double',
    description:
      'mean squared error of the expected amount of these purchases; null on the as-of date and without purchases',
  },
  { name: 'is_chosen', type: 'boolean', description: 'whether the predictions of this run come from it' },
  { name: 'choice_reason', type: 'text', description: 'why the chosen one was chosen, the same in all rows' },
] as const;

/** A number as SQL that no engine takes for a decimal. */
const doubleSql = (value: number): string => `cast('${value}' as double precision)`;

interface SpendModel {
  readonly name: SpendModelName;
  readonly title: string;
  readonly basis: SpendBasis;
}

const models: readonly SpendModel[] = [
  { name: 'constant', title: 'the same mean for everybody', basis: 'repeats' },
  { name: 'gamma-gamma', title: 'Gamma-Gamma on repeat purchases', basis: 'repeats' },
  { name: 'gamma-gamma-all', title: 'Gamma-Gamma on all purchases', basis: 'all' },
];

interface Tested {
  readonly purchases: number;
  readonly squaredError: number;
}

interface Candidate extends SpendModel {
  readonly cutDate: string;
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
  readonly tested: Tested | null;
}

function candidate(model: SpendModel, { cutDate, values }: StoredFit, tested: Tested | null): Candidate {
  const [first = 0, second = 0, third = 0] = values;
  const spend = model.name === 'constant' ? constantSpendValues(first, second) : { p: first, q: second, gamma: third };
  return { ...model, ...spend, cutDate, tested };
}

/** Error of the expected amounts of the purchases that came within the horizon, summed exactly by the engine. */
async function test({ query, ref }: CodeModelContext, { cutDate, basis, p, q, gamma }: Candidate): Promise<Tested> {
  const { count, amount } = spendColumns[basis];
  const [pSql, qSql, gammaSql] = [p, q, gamma].map(doubleSql);
  const expected = `${pSql} * (${gammaSql} + cast(${amount} as double precision)) / (${pSql} * ${count} + ${qSql} - 1)`;
  const actual = 'cast(amount_in_horizon as double precision) / purchases_in_horizon';
  const [row] = await query(`
    select
      sum(purchases_in_horizon) as purchases,
      sum(cast(purchases_in_horizon * (${expected} - ${actual}) * (${expected} - ${actual}) as decimal(32, 6))) as squares
    from ${ref('customer_histories')}
    where cut_date = date '${cutDate}' and purchases_in_horizon > 0 and amount_in_horizon > 0`);
  const purchases = Number(row?.purchases ?? 0);
  return { purchases, squaredError: purchases === 0 ? 0 : Number(row?.squares) / purchases };
}

/** Root of the mean squared error over all cuts. */
function rootError(candidates: readonly Candidate[]): number {
  const tested = candidates.flatMap((one) => one.tested ?? []);
  const purchases = tested.reduce((sum, one) => sum + one.purchases, 0);
  return Math.sqrt(tested.reduce((sum, one) => sum + one.purchases * one.squaredError, 0) / Math.max(1, purchases));
}

/** By how much an error must be smaller, in percent, before a model of customers is preferred to none. */
const worthwhilePercent = 0.1;

function choose(byName: ReadonlyMap<SpendModelName, readonly Candidate[]>): { name: SpendModelName; reason: string } {
  const tests = [...(byName.get('constant') ?? [])].reduce((sum, one) => sum + (one.tested?.purchases ?? 0), 0);
  if (tests === 0) {
    return { name: 'constant', reason: 'no purchases to test a spend model on: everybody is expected to pay the mean' };
  }
  const ranked = [...byName]
    .map(([name, all]) => ({ name, title: all[0]?.title ?? '', error: rootError(all) }))
    .sort((a, b) => a.error - b.error);
  const constant = ranked.find(({ name }) => name === 'constant');
  const [best] = ranked;
  if (best === undefined || constant === undefined) throw new Error('no constant spend model');
  const isWorth = best.error < constant.error * (1 - worthwhilePercent / 100);
  const chosen = isWorth ? best : constant;
  const others = ranked.filter((one) => one !== chosen).map(({ title, error }) => `${title} ${error.toFixed(2)}`);
  const finding = isWorth
    ? 'what customers have paid tells what they will pay'
    : 'what a customer has paid before says nothing about the next amount';
  const against = others.length === 0 ? '' : `, against ${others.join(', ')}`;
  return {
    name: chosen.name,
    reason: `${finding}: root mean squared error of ${tests} later purchases ${chosen.error.toFixed(2)} with ${chosen.title}${against}`,
  };
}

export const model = defineModel({
  description:
    'How well each spend model foresaw, on past days, the amounts of later purchases, and which one is therefore used. One row per day and model.',
  dependsOn: ['backtest_cuts', 'customer_histories', 'model_fits'],
  grain: ['cut_date', 'model'],
  columns,
  checks: [
    'not_null(cut_date, model, basis, p, q, gamma, is_chosen, choice_reason)',
    'unique(cut_date, model)',
    "accepted_values(model, 'gamma-gamma', 'gamma-gamma-all', 'constant')",
    'range(squared_error, 0, null)',
  ],
  async run(context) {
    const cuts = (await readBacktestCuts(context)).filter(({ role }) => role !== 'train');
    if (cuts.length === 0) return resultOf(columns, []);
    const fits = await readFits(context);
    const byName = new Map<SpendModelName, Candidate[]>();
    for (const model of models) {
      const own = fits.filter(({ name, isUsable }) => name === model.name && isUsable);
      if (!cuts.every(({ date }) => own.some(({ cutDate }) => cutDate === date))) continue;
      for (const { date, role } of cuts) {
        const fit = own.find(({ cutDate }) => cutDate === date);
        if (fit === undefined) continue;
        const untested = candidate(model, fit, null);
        const tested = role === 'evaluate' ? await test(context, untested) : null;
        byName.set(model.name, [...(byName.get(model.name) ?? []), { ...untested, tested }]);
      }
    }
    if (byName.size === 0) return resultOf(columns, []);
    const { name: chosen, reason } = choose(byName);
    const records = [...byName].flatMap(([name, candidates]) =>
      candidates.map(({ cutDate, basis, p, q, gamma, tested }) => ({
        ...{ cut_date: cutDate, model: name, basis, p, q, gamma },
        purchases: tested === null ? null : tested.purchases,
        squared_error: tested === null || tested.purchases === 0 ? null : tested.squaredError,
        ...{ is_chosen: name === chosen, choice_reason: reason },
      })),
    );
    return resultOf(columns, records);
  },
});
