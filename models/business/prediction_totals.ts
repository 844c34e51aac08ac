import { continuousDiscount } from '../../src/analytics/discount.ts';
import { type Interval, type SharedSum, sumInterval } from '../../src/analytics/intervals.ts';
import { type Member, type Period, type Total, totalsOf } from '../../src/analytics/totals.ts';
import { daysPer, weeks } from '../../src/analytics/units.ts';
import { backtestsOf } from '../../src/predictions/backtest-columns.ts';
import { type PredictionDay, readPredictionDays } from '../../src/predictions/chosen-models.ts';
import { commonErrorVariance } from '../../src/predictions/common-error.ts';
import { historyOf } from '../../src/predictions/history-cells.ts';
import { resultOf } from '../../src/predictions/result.ts';
import { fitUnit, readFits } from '../../src/predictions/stored-fits.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

const columns = [
  {
    name: 'total_type',
    type: 'text',
    description:
      'base: all customers; segment: those of one marketing segment; month: all customers, in one of the next twelve months',
  },
  {
    name: 'total_name',
    type: 'text',
    description: 'all, the segment, or the number of the month from the as-of date, 01 to 12',
  },
  { name: 'first_day', type: 'date', description: 'first day that is predicted' },
  { name: 'last_day', type: 'date', description: 'last day that is predicted' },
  { name: 'customers', type: 'integer', description: 'customers who are there today; new ones are not in it' },
  {
    name: 'expected_orders',
    type: 'double',
    description: 'expected purchase days of all of them; null where withheld',
  },
  { name: 'orders_low', type: 'double', description: 'lower end of the 80 % interval; null where withheld' },
  { name: 'orders_high', type: 'double', description: 'upper end of it; null where withheld' },
  {
    name: 'expected_revenue',
    type: 'decimal(18,2)',
    description: 'expected revenue, net of returns; null where withheld',
  },
  {
    name: 'revenue_low',
    type: 'decimal(18,2)',
    description: 'lower end of its 80 % interval; null where withheld, and where the spread of amounts has no end',
  },
  { name: 'revenue_high', type: 'decimal(18,2)', description: 'upper end of it; null likewise' },
  {
    name: 'predicted_value',
    type: 'decimal(18,2)',
    description:
      'discounted value, margin where grossMargin is set: the sum of customer_predictions.predicted_value; null where withheld and for months',
  },
  { name: 'predicted_value_low', type: 'decimal(18,2)', description: 'lower end of its 80 % interval; null likewise' },
  { name: 'predicted_value_high', type: 'decimal(18,2)', description: 'upper end of it; null likewise' },
] as const;

interface Segment {
  readonly name: string;
  readonly customers: number;
  readonly members: readonly Omit<Member<typeof fitUnit>, 'group'>[];
}

async function readSegments({ query, ref }: CodeModelContext): Promise<Segment[]> {
  const rows = await query(`
    select
      segments.customer_segment as segment, outlooks.frequency,
      outlooks.cell_recency_days as recency, outlooks.cell_age_days as age, outlooks.spend_purchases,
      count(*) as customers,
      sum(cast(outlooks.spend_amount as decimal(38, 2))) as amount,
      sum(cast(outlooks.spend_amount * outlooks.spend_amount as decimal(38, 2))) as squares
    from ${ref('customer_outlooks')} as outlooks
    inner join ${ref('customer_segments')} as segments on outlooks.customer_id = segments.customer_id
    where outlooks.cut_role = 'score'
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5`);
  const byName = Map.groupBy(rows, ({ segment }) => String(segment));
  return [...byName].map(([name, all]) => ({
    name,
    customers: all.reduce((sum, { customers }) => sum + Number(customers), 0),
    members: all.map((row) => ({
      ...historyOf({ frequency: Number(row.frequency), recencyDays: Number(row.recency), ageDays: Number(row.age) }),
      ...{ customers: Number(row.customers), spendPurchases: Number(row.spend_purchases) },
      ...{ amount: Number(row.amount), amountSquares: Number(row.squares) },
    })),
  }));
}

function addSums(sums: readonly SharedSum[]): SharedSum {
  const [first] = sums;
  return {
    mean: sums.reduce((sum, one) => sum + one.mean, 0),
    variance: sums.reduce((sum, one) => sum + one.variance, 0),
    gradient: (first?.gradient ?? []).map((_, i) => sums.reduce((sum, one) => sum + (one.gradient[i] ?? 0), 0)),
    covariance: first?.covariance ?? null,
  };
}

function addTotals(totals: readonly Total[]): Total {
  const isKnown = totals.every(({ value }) => value.variance !== null);
  const value = addSums(totals.map((one) => ({ ...one.value, variance: one.value.variance ?? 0 })));
  return {
    orders: addSums(totals.map(({ orders }) => orders)),
    value: isKnown ? value : { ...value, variance: null },
  };
}

interface MonthOf {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly from: number;
  readonly to: number;
}

/** The next twelve months, counted from the as-of date: day `k` is `k` days after it. */
async function nextMonths({ query }: CodeModelContext, asOf: string): Promise<MonthOf[]> {
  const day = (k: number) => `cast(date '${asOf}' + ${k} * interval '1 month' as date)`;
  const numbers = Array.from({ length: 12 }, (_, k) => k);
  const [row = {}] = await query(
    `select ${numbers.map((k) => `cast(${day(k + 1)} as varchar) as end_${k}, ${day(k + 1)} - date '${asOf}' as days_${k}`).join(', ')}`,
  );
  return numbers.map((k) => {
    const from = k === 0 ? 0 : Number(row[`days_${k - 1}`]);
    return { from, to: Number(row[`days_${k}`]), firstDay: dayAfter(asOf, from + 1), lastDay: String(row[`end_${k}`]) };
  });
}

const dayAfter = (date: string, by: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

const span = (days: number) => weeks(days / daysPer.week);

async function readShares({ query, ref, vars }: CodeModelContext) {
  const [kept] = await query(`
    select sum(order_amount) as paid, sum(order_amount + returned_amount) as kept from ${ref('dim_order')}`);
  const paid = Number(kept?.paid ?? 0);
  const share = paid > 0 ? Math.max(0, Number(kept?.kept) / paid) : 1;
  const margin = vars.get('grossMargin') ?? null;
  return { revenue: share, value: share * (margin === null ? 1 : Number(margin)) };
}

/** What is shown of each total; a withheld score is null. */
interface Shown {
  readonly orders: boolean;
  readonly value: boolean;
  readonly ordersError: number;
  readonly valueError: number;
}

async function readShown({ query, ref }: CodeModelContext): Promise<Shown> {
  const grades = await query(`select score, grade from ${ref('prediction_grades')}`);
  const isShown = (name: string) => grades.some(({ score, grade }) => score === name && grade !== 'WITHHELD');
  const records = backtestsOf(await query(`select * from ${ref('model_backtests')}`));
  return {
    ...{ orders: isShown('expected_orders'), value: isShown('predicted_value') },
    ordersError: commonErrorVariance(records, 'expected_orders'),
    valueError: commonErrorVariance(records, 'predicted_value'),
  };
}

function intervalOf(sum: SharedSum, commonError: number): Interval {
  return sumInterval({ ...sum, variance: sum.variance + commonError * sum.mean ** 2 });
}

function ordersOf(total: Total, { orders, ordersError }: Shown) {
  if (!orders) return { expected_orders: null, orders_low: null, orders_high: null };
  const { low, high } = intervalOf(total.orders, ordersError);
  return { expected_orders: total.orders.mean, orders_low: low, orders_high: high };
}

function amountOf(total: Total, { value, valueError }: Shown, share: number) {
  if (!value) return { mean: null, low: null, high: null };
  const { variance, ...sum } = total.value;
  const interval = variance === null ? null : intervalOf({ ...sum, variance }, valueError);
  const money = (amount: number) => (amount * share).toFixed(2);
  return {
    mean: money(sum.mean),
    low: interval === null ? null : money(interval.low),
    high: interval === null ? null : money(interval.high),
  };
}

/** The covariance of the spend model's parameters; the constant one is known well enough. */
async function spendOf(context: CodeModelContext, day: PredictionDay) {
  const fits = await readFits(context);
  const fit = fits.find(({ name, cutDate }) => name === day.spend?.name && cutDate === day.cutDate);
  const isFitted = fit !== undefined && fit.name !== 'constant';
  return { values: day.spend?.values ?? { p: 1, q: 3, gamma: 0 }, covariance: isFitted ? fit.covariance : null };
}

export const model = defineModel({
  description:
    'Orders, revenue and value that today’s customers are expected to bring: all of them, by segment and by month, with intervals in which what is not known of the models moves all customers together. One row per total.',
  dependsOn: [
    ...['backtest_cuts', 'customer_outlooks', 'customer_segments', 'dim_order', 'model_backtests', 'model_fits'],
    ...['prediction_grades', 'purchase_model_choice', 'spend_model_choice'],
  ],
  grain: ['total_type', 'total_name'],
  columns,
  checks: [
    'not_null(total_type, total_name, first_day, last_day, customers)',
    'unique(total_type, total_name)',
    "accepted_values(total_type, 'base', 'segment', 'month')",
    'range(expected_orders, 0, null)',
    'expression(expected_lies_in_its_interval, expected_orders is null or (orders_low <= expected_orders and expected_orders <= orders_high))',
  ],
  async run(context) {
    const day = (await readPredictionDays(context)).find(({ role }) => role === 'score');
    if (day === undefined) return resultOf(columns, []);
    const [segments, months] = [await readSegments(context), await nextMonths(context, day.cutDate)];
    const [shares, shown, spend] = [await readShares(context), await readShown(context), await spendOf(context, day)];
    const discount = continuousDiscount(Number(context.vars.get('annualDiscountRate')), fitUnit);
    const periods: Period<typeof fitUnit>[] = [
      { from: span(0), to: span(365) },
      { from: span(0), to: span(365), discount },
      ...months.map(({ from, to }) => ({ from: span(from), to: span(to) })),
    ];
    const { model, unit, values, covariance } = day.purchases;
    const members = segments.flatMap((segment, group) => segment.members.map((member) => ({ ...member, group })));
    const totals = totalsOf({ model, unit, values, covariance, spend }, members, segments.length, periods);
    const year = { first_day: dayAfter(day.cutDate, 1), last_day: dayAfter(day.cutDate, 365) };
    const customers = segments.reduce((sum, segment) => sum + segment.customers, 0);
    const yearOf = (plain: Total, discounted: Total) => {
      const revenue = amountOf(plain, shown, shares.revenue);
      const value = amountOf(discounted, shown, shares.value);
      return {
        ...ordersOf(plain, shown),
        ...{ expected_revenue: revenue.mean, revenue_low: revenue.low, revenue_high: revenue.high },
        ...{ predicted_value: value.mean, predicted_value_low: value.low, predicted_value_high: value.high },
      };
    };
    const at = (group: number, period: number): Total => {
      const total = totals[group]?.[period];
      if (total === undefined) throw new Error(`no total ${group}, ${period}`);
      return total;
    };
    const all = (period: number): Total => addTotals(segments.map((_, group) => at(group, period)));
    const records = [
      { ...{ total_type: 'base', total_name: 'all', customers }, ...year, ...yearOf(all(0), all(1)) },
      ...segments.map((segment, group) => ({
        ...{ total_type: 'segment', total_name: segment.name, customers: segment.customers },
        ...{ ...year, ...yearOf(at(group, 0), at(group, 1)) },
      })),
      ...months.map(({ firstDay, lastDay }, index) => {
        const total = all(2 + index);
        const revenue = amountOf(total, shown, shares.revenue);
        return {
          ...{ total_type: 'month', total_name: String(index + 1).padStart(2, '0'), customers },
          ...{ first_day: firstDay, last_day: lastDay, ...ordersOf(total, shown) },
          ...{ expected_revenue: revenue.mean, revenue_low: revenue.low, revenue_high: revenue.high },
          ...{ predicted_value: null, predicted_value_low: null, predicted_value_high: null },
        };
      }),
    ];
    return resultOf(columns, segments.length === 0 ? [] : records);
  },
});
