import { readBacktestCuts } from '../../src/predictions/backtest-cuts.ts';
import { knownColumns, leakSql } from '../../src/predictions/leak-sql.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'feature', type: 'text', description: 'a column of customer_histories that says what was known on a day' },
  {
    name: 'cut_date',
    type: 'date',
    description: 'the past day for which it was computed again, from data that ends on it',
  },
  { name: 'customers', type: 'integer', description: 'customers compared' },
  {
    name: 'changed_customers',
    type: 'integer',
    description: 'customers for whom it was another one: 0 where no future is in it',
  },
] as const;

export const model = defineModel({
  description:
    'Proof that predictions of past days knew nothing of what came later: all that was known on a past day is computed again from data that ends on that day. One row per feature.',
  dependsOn: ['agg_purchase_days', 'backtest_cuts', 'customer_histories'],
  grain: ['feature'],
  columns,
  checks: [
    'not_null(feature, cut_date, customers, changed_customers)',
    'unique(feature)',
    'expression(nothing_of_the_future_is_known, changed_customers = 0)',
  ],
  async run({ query, ref, sqlOf }) {
    // The latest past day knows the longest histories, and a whole horizon of future comes after it.
    const latest = (await readBacktestCuts({ query, ref })).find(({ role }) => role !== 'score');
    if (latest === undefined) return resultOf(columns, []);
    const [counts = {}] = await query(
      leakSql({
        histories: ref('customer_histories'),
        sqlOf: (inPlaceOf) => sqlOf('customer_histories', inPlaceOf),
        ...{ purchaseDays: ref('agg_purchase_days'), cuts: ref('backtest_cuts'), cutDate: latest.date },
      }),
    );
    const records = knownColumns.map((feature) => ({
      ...{ feature, cut_date: latest.date, customers: Number(counts.customers) },
      changed_customers: Number(counts[feature]),
    }));
    return resultOf(columns, records);
  },
});
