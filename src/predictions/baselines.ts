import { type PredictedCell, type PredictionSums, sumCells } from '../analytics/backtest/mean-errors.ts';
import { trainingCuts } from '../analytics/backtest/plan-cuts.ts';
import type { ScoredCell } from '../analytics/classification/scored-cell.ts';
import { days } from '../analytics/units.ts';
import type { CodeModelContext } from '../project/model.ts';
import type { BacktestCut } from './backtest-cuts.ts';

/** Predictions that need no model: the same for all, or by one thing that is known of a customer. */
export const baselines = {
  constant: '0',
  recency: 'recency_level',
  order_count: 'least(frequency, 7)',
} as const;

export type Baseline = keyof typeof baselines;

/** Customers of one day who agree in one thing, with what they did within the horizon. */
interface Group {
  readonly cutDate: string;
  readonly level: number;
  readonly customers: number;
  readonly silent: number;
  readonly purchases: number;
  readonly purchaseSquares: number;
  readonly amount: number;
  readonly amountSquares: number;
}

export interface BaselineResult {
  readonly churn: readonly ScoredCell[];
  readonly orders: PredictionSums;
  readonly value: PredictionSums;
}

async function readGroups({ query, ref }: CodeModelContext, sql: string): Promise<Group[]> {
  const rows = await query(`
    select
      cast(cut_date as varchar) as cut_date,
      ${sql} as level,
      count(*) as customers,
      count(*) filter (where purchases_in_horizon = 0) as silent,
      sum(purchases_in_horizon) as purchases,
      sum(purchases_in_horizon * purchases_in_horizon) as purchase_squares,
      sum(amount_in_horizon) as amount,
      sum(cast(cast(amount_in_horizon as double precision) * amount_in_horizon as decimal(38, 4))) as amount_squares
    from ${ref('customer_outlooks')}
    where cut_role <> 'score'
    group by 1, 2
    order by 1, 2`);
  return rows.map((row) => ({
    ...{ cutDate: String(row.cut_date), level: Number(row.level), customers: Number(row.customers) },
    ...{ silent: Number(row.silent), purchases: Number(row.purchases), amount: Number(row.amount) },
    ...{ purchaseSquares: Number(row.purchase_squares), amountSquares: Number(row.amount_squares) },
  }));
}

interface Means {
  readonly silent: number;
  readonly purchases: number;
  readonly amount: number;
}

function meansOf(groups: readonly Group[], prior?: Means): Means | undefined {
  const sum = (of: (group: Group) => number) => groups.reduce((total, group) => total + of(group), 0);
  // One customer's worth of the mean of all, so that a rare level cannot be certain of anything.
  const weight = prior === undefined ? 0 : 1;
  const customers = sum((group) => group.customers) + weight;
  if (customers === 0) return undefined;
  return {
    silent: (sum((group) => group.silent) + (prior?.silent ?? 0)) / customers,
    purchases: (sum((group) => group.purchases) + (prior?.purchases ?? 0)) / customers,
    amount: (sum((group) => group.amount) + (prior?.amount ?? 0)) / customers,
  };
}

/**
 * What each baseline would have predicted on each day: the means, by level, of the days that a model could learn from by then.
 * By baseline, then by the day.
 */
export async function testBaselines(
  context: CodeModelContext,
  cuts: readonly BacktestCut[],
): Promise<Map<Baseline, Map<string, BaselineResult>>> {
  const results = new Map<Baseline, Map<string, BaselineResult>>();
  const past = cuts.filter(({ role }) => role !== 'score');
  for (const name of Object.keys(baselines) as Baseline[]) {
    const groups = await readGroups(context, baselines[name]);
    const byCut = new Map<string, BaselineResult>();
    for (const cut of cuts.filter(({ role }) => role === 'evaluate')) {
      const used = new Set(trainingCuts(past, cut.daysBefore, days(cut.horizonDays)).map(({ date }) => date));
      const known = groups.filter(({ cutDate }) => used.has(cutDate));
      const overall = meansOf(known);
      if (overall === undefined) continue;
      const tested = groups
        .filter(({ cutDate }) => cutDate === cut.date)
        .map((group) => {
          const own = known.filter(({ level }) => level === group.level);
          return { group, means: meansOf(own, overall) ?? overall };
        });
      const cells = (of: (one: (typeof tested)[number]) => Omit<PredictedCell, 'customers'>) =>
        sumCells(tested.map((one) => ({ customers: one.group.customers, ...of(one) })));
      byCut.set(cut.date, {
        churn: tested.map(({ group, means }) => ({
          probability: means.silent,
          events: group.silent,
          nonEvents: group.customers - group.silent,
        })),
        orders: cells(({ group, means }) => ({
          ...{ predicted: means.purchases, actual: group.purchases, actualSquares: group.purchaseSquares },
        })),
        value: cells(({ group, means }) => ({
          ...{ predicted: means.amount, actual: group.amount, actualSquares: group.amountSquares },
        })),
      });
    }
    results.set(name, byCut);
  }
  return results;
}
