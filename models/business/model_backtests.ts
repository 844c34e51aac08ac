import { addSums, meanErrors, type PredictionSums, sumCells } from '../../src/analytics/backtest/mean-errors.ts';
import type { ScoredCell } from '../../src/analytics/classification/scored-cell.ts';
import { type BacktestRecord, backtestColumns, type Score } from '../../src/predictions/backtest-columns.ts';
import { type BacktestCut, readBacktestCuts } from '../../src/predictions/backtest-cuts.ts';
import { testBaselines } from '../../src/predictions/baselines.ts';
import { measureNumbers, measureProbability, measureShare } from '../../src/predictions/measure.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { type CodeModelContext, defineModel, type ResultRows } from '../../src/project/model.ts';

const evaluated = "outlooks.cut_role = 'evaluate'";

/** Measures something on each day and on all days together. */
function eachAndAll<Data>(
  byCut: ReadonlyMap<string, Data>,
  join: (all: readonly Data[]) => Data,
  measure: (cut: string, data: Data, days: number) => readonly BacktestRecord[],
): BacktestRecord[] {
  if (byCut.size === 0) return [];
  return [
    ...[...byCut].flatMap(([cut, data]) => measure(cut, data, 1)),
    ...measure('all', join([...byCut.values()]), byCut.size),
  ];
}

const joinCells = (all: readonly (readonly ScoredCell[])[]): readonly ScoredCell[] => all.flat();

function groupByCut<Row>(rows: ResultRows, of: (row: ResultRows[number]) => Row): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const cut = String(row.cut_date);
    groups.set(cut, [...(groups.get(cut) ?? []), of(row)]);
  }
  return groups;
}

function probabilities(score: Score, method: string, byCut: ReadonlyMap<string, readonly ScoredCell[]>) {
  return eachAndAll(byCut, joinCells, (cut, cells, days) => measureProbability({ cut, score, method }, cells, days));
}

function numbers(score: Score, method: string, byCut: ReadonlyMap<string, PredictionSums>) {
  return eachAndAll(byCut, addSums, (cut, sums) => measureNumbers({ cut, score, method }, meanErrors(sums)));
}

/** How often customers with one probability of churn did. Probabilities agree to four digits. */
async function testChurn({ query, ref }: CodeModelContext): Promise<BacktestRecord[]> {
  const methods = { model: 'churn_probability', purchase_model: 'p_no_order' };
  const records: BacktestRecord[] = [];
  for (const [method, column] of Object.entries(methods)) {
    const rows = await query(`
      select
        cast(cut_date as varchar) as cut_date,
        round(cast(${column} as decimal(12, 8)), 4) as probability,
        count(*) filter (where purchases_in_horizon = 0) as events,
        count(*) filter (where purchases_in_horizon > 0) as non_events
      from ${ref('customer_scores')} as outlooks
      where ${evaluated} and ${column} is not null
      group by 1, 2
      order by 1, 2`);
    const cells = groupByCut(rows, ({ probability, events, non_events: nonEvents }) => ({
      ...{ probability: Number(probability), events: Number(events), nonEvents: Number(nonEvents) },
    }));
    records.push(...probabilities('churn_risk', method, cells));
  }
  return records;
}

interface Coverage {
  readonly customers: number;
  readonly covered: number;
  readonly expected: number;
}

const joinCoverage = (all: readonly Coverage[]): Coverage => ({
  customers: all.reduce((sum, one) => sum + one.customers, 0),
  covered: all.reduce((sum, one) => sum + one.covered, 0),
  expected: all.reduce((sum, one) => sum + one.expected, 0),
});

/** Expected orders against those that came, and how often the intervals held. */
async function testOrders({ query, ref }: CodeModelContext): Promise<BacktestRecord[]> {
  const rows = await query(`
    select
      cast(cut_date as varchar) as cut_date, frequency, cell_recency_days, cell_age_days,
      min(expected_orders) as predicted,
      min(interval_probability) as interval_probability,
      count(*) as customers,
      sum(purchases_in_horizon) as actual,
      sum(purchases_in_horizon * purchases_in_horizon) as squares,
      count(*) filter (where purchases_in_horizon between orders_low and orders_high) as covered
    from ${ref('customer_outlooks')} as outlooks
    where ${evaluated}
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4`);
  const groups = groupByCut(rows, (row) => ({
    ...{ customers: Number(row.customers), predicted: Number(row.predicted), actual: Number(row.actual) },
    ...{ actualSquares: Number(row.squares), covered: Number(row.covered) },
    expected: Number(row.customers) * Number(row.interval_probability),
  }));
  const score = 'expected_orders';
  const sums = new Map([...groups].map(([cut, cells]) => [cut, sumCells(cells)]));
  const coverage = new Map([...groups].map(([cut, cells]) => [cut, joinCoverage(cells)]));
  return [
    ...numbers(score, 'model', sums),
    ...eachAndAll(coverage, joinCoverage, (cut, { customers, covered, expected }) => [
      ...measureShare({ cut, score, method: 'model' }, 'coverage', covered, customers),
      ...measureShare({ cut, score, method: 'model' }, 'expected_coverage', expected, customers),
    ]),
  ];
}

/** Sums of products of amounts, exact, so that no figure depends on the order of the rows. */
const exactSum = (expression: string): string => `sum(cast(${expression} as decimal(38, 8)))`;

/** Expected value against what was paid, beside what was paid so far carried on. */
async function testValues({ query, ref }: CodeModelContext): Promise<BacktestRecord[]> {
  const runRate = 'cast(amount_to_date as double precision) * horizon_days / (age_days + 1)';
  const rows = await query(`
    with valued as (
      select
        cast(outlooks.cut_date as varchar) as cut_date,
        expected_value as model,
        ${runRate} as run_rate,
        cast(amount_in_horizon as double precision) as actual,
        amount_in_horizon,
        case
          when amount_in_horizon between value_low and value_high then 1
          when value_low is not null then 0
        end as covered,
        ntile(10) over (
          partition by outlooks.cut_date order by expected_value desc, customer_id
        ) as model_decile,
        ntile(10) over (
          partition by outlooks.cut_date order by ${runRate} desc, customer_id
        ) as run_rate_decile
      from ${ref('customer_outlooks')} as outlooks
      inner join ${ref('backtest_cuts')} as cuts on outlooks.cut_date = cuts.cut_date
      where ${evaluated} and expected_value is not null
    )
    select
      cut_date,
      count(*) as customers,
      sum(covered) as covered,
      count(covered) as with_interval,
      sum(amount_in_horizon) as actual,
      ${exactSum('actual * actual')} as actual_squares,
      ${['model', 'run_rate']
        .map(
          (name) => `
      ${exactSum(name)} as ${name}_sum,
      ${exactSum(`${name} * ${name}`)} as ${name}_squares,
      ${exactSum(`${name} * actual`)} as ${name}_products,
      coalesce(sum(amount_in_horizon) filter (where ${name}_decile = 1), 0) as ${name}_top`,
        )
        .join(',')}
    from valued
    group by 1
    order by 1`);
  const score = 'predicted_value';
  const records: BacktestRecord[] = [];
  for (const method of ['model', 'run_rate']) {
    const sums = new Map(
      rows.map((row) => [
        String(row.cut_date),
        {
          ...{
            customers: Number(row.customers),
            actual: Number(row.actual),
            actualSquares: Number(row.actual_squares),
          },
          ...{ predicted: Number(row[`${method}_sum`]), predictedSquares: Number(row[`${method}_squares`]) },
          products: Number(row[`${method}_products`]),
        },
      ]),
    );
    records.push(...numbers(score, method, sums));
    const tops = new Map(
      rows.map((row) => [
        String(row.cut_date),
        { top: Number(row[`${method}_top`]), all: Number(row.actual), customers: Number(row.customers) },
      ]),
    );
    const joined = (all: readonly { top: number; all: number; customers: number }[]) => ({
      top: all.reduce((sum, one) => sum + one.top, 0),
      all: all.reduce((sum, one) => sum + one.all, 0),
      customers: all.reduce((sum, one) => sum + one.customers, 0),
    });
    records.push(
      ...eachAndAll(tops, joined, (cut, { top, all, customers }) =>
        all > 0
          ? [
              {
                ...{ cut, score, method, metric: 'top_decile_share' },
                value: top / all,
                low: null,
                high: null,
                customers,
              },
            ]
          : [],
      ),
    );
  }
  const coverage = new Map(
    rows.map((row) => [
      String(row.cut_date),
      { customers: Number(row.with_interval), covered: Number(row.covered), expected: 0 },
    ]),
  );
  records.push(
    ...eachAndAll(coverage, joinCoverage, (cut, { covered, customers }) =>
      measureShare({ cut, score, method: 'model' }, 'coverage', covered, customers),
    ),
  );
  return records;
}

/** Of the customers whose next order was due within the horizon, how many had ordered by the median date: half, if it is right. */
async function testNextOrder({ query, ref }: CodeModelContext): Promise<BacktestRecord[]> {
  const rows = await query(`
    select
      cast(outlooks.cut_date as varchar) as cut_date,
      count(*) as customers,
      count(*) filter (where days_to_next_purchase <= next_order_median_days) as ordered
    from ${ref('customer_outlooks')} as outlooks
    inner join ${ref('backtest_cuts')} as cuts on outlooks.cut_date = cuts.cut_date
    where ${evaluated} and next_order_median_days <= horizon_days
    group by 1
    order by 1`);
  const coverage = new Map(
    rows.map((row) => [
      String(row.cut_date),
      { customers: Number(row.customers), covered: Number(row.ordered), expected: 0 },
    ]),
  );
  return eachAndAll(coverage, joinCoverage, (cut, { covered, customers }) =>
    measureShare({ cut, score: 'next_order', method: 'model' }, 'share_by_median', covered, customers),
  );
}

async function testSimpleOnes(context: CodeModelContext, cuts: readonly BacktestCut[]): Promise<BacktestRecord[]> {
  const results = await testBaselines(context, cuts);
  return [...results].flatMap(([method, byCut]) => {
    const pick = <Part>(part: (one: NonNullable<ReturnType<typeof byCut.get>>) => Part) =>
      new Map([...byCut].map(([cut, result]) => [cut, part(result)]));
    return [
      ...probabilities(
        'churn_risk',
        method,
        pick(({ churn }) => churn),
      ),
      ...numbers(
        'expected_orders',
        method,
        pick(({ orders }) => orders),
      ),
      ...numbers(
        'predicted_value',
        method,
        pick(({ value }) => value),
      ),
    ];
  });
}

export const model = defineModel({
  description:
    'How good each score was on past days, beside predictions that need no model. One row per day, score, method and metric.',
  dependsOn: ['backtest_cuts', 'customer_outlooks', 'customer_scores'],
  grain: ['cut', 'score', 'method', 'metric'],
  columns: backtestColumns,
  checks: [
    'not_null(cut, score, method, metric, value, customers)',
    'unique(cut, score, method, metric)',
    "accepted_values(score, 'churn_risk', 'expected_orders', 'predicted_value', 'next_order')",
    'range(customers, 1, null)',
  ],
  async run(context) {
    const cuts = await readBacktestCuts(context);
    if (cuts.length === 0) return resultOf(backtestColumns, []);
    const records = [
      ...(await testChurn(context)),
      ...(await testOrders(context)),
      ...(await testValues(context)),
      ...(await testNextOrder(context)),
      ...(await testSimpleOnes(context, cuts)),
    ];
    return resultOf(backtestColumns, records);
  },
});
