import { basePredictor } from './customer-outlook.ts';
import type { SharedSum } from './intervals.ts';
import type { SpendValues } from './models/gamma-gamma.ts';
import type { Matrix } from './numeric/symmetric-matrix.ts';
import type { History } from './purchase-cells.ts';
import type { ParameterDescription, PurchaseModel } from './purchase-model.ts';
import { pointOf, valuesAt } from './search.ts';
import { convertSpan, type Rate, type Span, span, type TimeUnit, type Weeks, weeks } from './units.ts';

/** Customers of one group who share a history and a number of paid purchases. */
export interface Member<U extends TimeUnit> extends History<U> {
  /** Index of the group. */
  readonly group: number;
  readonly customers: number;
  /** Paid purchases that the spend model counts, of each customer. */
  readonly spendPurchases: number;
  /** What they have paid for these, summed over the customers, and the sum of its squares. */
  readonly amount: number;
  readonly amountSquares: number;
}

/** A stretch of the future: orders from `from` to `to` after the as-of date, discounted if `discount` is given. */
export interface Period<U extends TimeUnit> {
  readonly from: Span<U>;
  readonly to: Span<U>;
  readonly discount?: Rate<U>;
}

/** A purchase model and a spend model with what is not known of their parameters. */
export interface FittedPair<U extends TimeUnit> {
  readonly unit: U;
  readonly model: PurchaseModel;
  readonly values: Float64Array;
  /** Of the search coordinates; null where it is not known. */
  readonly covariance: Matrix | null;
  readonly spend: {
    readonly values: SpendValues;
    /** Covariance of the logarithms of p, q and gamma; null where it is not known. */
    readonly covariance: Matrix | null;
  };
}

export interface Total {
  readonly orders: SharedSum;
  /** Amounts; null variance where the spread of amounts has no end. */
  readonly value: Omit<SharedSum, 'variance'> & { readonly variance: number | null };
}

const spendParameters: readonly ParameterDescription[] = [
  { name: 'p', kind: 'shape', meaning: '' },
  { name: 'q', kind: 'shape', meaning: '' },
  { name: 'gamma', kind: 'rate', meaning: '' },
];

/** Sums of expected amounts of one purchase over the customers of a member: linear in what they have paid. */
function spendOf<U extends TimeUnit>({ p, q, gamma }: SpendValues, member: Member<U>): number {
  return (p * (gamma * member.customers + member.amount)) / (p * member.spendPurchases + q - 1);
}

interface Sums {
  readonly orders: Float64Array;
  readonly value: Float64Array;
}

/**
 * Sums of orders and amounts of groups of customers over periods, with their variance for known parameters and their derivatives by the
 * parameters, so that sums of segments, months and the base have intervals that belong together: what is not known of a parameter moves
 * all customers at once. Result by group, then by period.
 */
export function totalsOf<U extends TimeUnit>(
  pair: FittedPair<U>,
  members: readonly Member<U>[],
  groups: number,
  periods: readonly Period<U>[],
): readonly (readonly Total[])[] {
  const cellsOf = groups * periods.length;
  const means = (values: Float64Array, spend: SpendValues, summed = members): Sums => {
    const { of } = basePredictor({ model: pair.model, unit: pair.unit, values });
    const sums = { orders: new Float64Array(cellsOf), value: new Float64Array(cellsOf) };
    for (const member of summed) {
      const outlook = of(member);
      const amount = spendOf(spend, member);
      for (const [index, { from, to, discount }] of periods.entries()) {
        const orders =
          discount === undefined
            ? outlook.expectedOrders(to) - outlook.expectedOrders(from)
            : outlook.discountedOrders(to, discount) - outlook.discountedOrders(from, discount);
        const at = member.group * periods.length + index;
        sums.orders[at] = (sums.orders[at] ?? 0) + member.customers * orders;
        sums.value[at] = (sums.value[at] ?? 0) + orders * amount;
      }
    }
    return sums;
  };
  const point = pointOf(pair.model.parameters, pair.values);
  const { p, q, gamma } = pair.spend.values;
  const spendPoint = pointOf(spendParameters, Float64Array.of(p, q, gamma));
  const spendAt = (at: Float64Array): SpendValues => {
    const [first = 0, second = 0, third = 0] = valuesAt(spendParameters, at);
    return { p: first, q: second, gamma: third };
  };
  const center = means(pair.values, pair.spend.values);
  const alike = mergeAlike(members, weeks(derivativeWeeks), pair.unit);
  const byOrders = derivatives((at) => means(valuesAt(pair.model.parameters, at), pair.spend.values, alike), point);
  const bySpend =
    pair.spend.covariance === null ? [] : derivatives((at) => means(pair.values, spendAt(at), alike), spendPoint);
  const variances = variancesOf(pair, members, groups, periods);
  const covariance = blockDiagonal(pair.covariance, point.length, pair.spend.covariance);
  return Array.from({ length: groups }, (_, group) =>
    periods.map((__, index) => {
      const at = group * periods.length + index;
      const gradient = (sums: readonly Sums[], of: 'orders' | 'value') => sums.map((one) => one[of][at] ?? 0);
      const variance = variances.value[at] ?? Number.NaN;
      return {
        orders: {
          mean: center.orders[at] ?? 0,
          variance: variances.orders[at] ?? 0,
          gradient: gradient(byOrders, 'orders'),
          covariance: pair.covariance,
        },
        value: {
          mean: center.value[at] ?? 0,
          variance: Number.isFinite(variance) ? variance : null,
          gradient: [...gradient(byOrders, 'value'), ...gradient(bySpend, 'value')],
          covariance,
        },
      };
    }),
  );
}

/** How the sums move with the parameters is computed for customers whose histories agree to so many weeks. */
const derivativeWeeks = 4;

/** Members whose times agree to the nearest multiple of `grid` as one, with the means of their times. */
function mergeAlike<U extends TimeUnit>(members: readonly Member<U>[], grid: Weeks, unit: U): readonly Member<U>[] {
  const step = convertSpan(grid, 'week', unit);
  const near = (time: number): number => Math.round(time / step);
  const groups = Map.groupBy(
    members,
    ({ group, frequency, recency, age, spendPurchases }) =>
      `${group} ${frequency} ${near(recency)} ${near(age)} ${spendPurchases}`,
  );
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const sum = (of: (member: Member<U>) => number) => alike.reduce((total, member) => total + of(member), 0);
    const customers = sum((member) => member.customers);
    const mean = (of: (member: Member<U>) => number) => span(sum((one) => one.customers * of(one)) / customers, unit);
    const [recency, age] = [mean((one) => one.recency), mean((one) => one.age)];
    return [
      {
        ...first,
        ...{ customers, recency, age: span(Math.max(recency, age), unit) },
        ...{ amount: sum((one) => one.amount), amountSquares: sum((one) => one.amountSquares) },
      },
    ];
  });
}

/** Derivatives of all sums by each coordinate, by central differences. */
function derivatives(sumsAt: (point: Float64Array) => Sums, point: Float64Array): Sums[] {
  const step = 1e-4;
  return Array.from(point, (_, i) => {
    const [below, above] = [point.slice(), point.slice()];
    below[i] = (below[i] ?? 0) - step;
    above[i] = (above[i] ?? 0) + step;
    const [low, high] = [sumsAt(below), sumsAt(above)];
    const slope = (of: 'orders' | 'value') => low[of].map((value, at) => ((high[of][at] ?? 0) - value) / (2 * step));
    return { orders: slope('orders'), value: slope('value') };
  });
}

function blockDiagonal(first: Matrix | null, size: number, second: Matrix | null): Matrix | null {
  if (first === null) return null;
  if (second === null) return first;
  const all = size + second.length;
  return Array.from({ length: all }, (_, i) =>
    Array.from({ length: all }, (__, j) => {
      if (i < size && j < size) return first[i]?.[j] ?? 0;
      return i >= size && j >= size ? (second[i - size]?.[j - size] ?? 0) : 0;
    }),
  );
}

/**
 * Variances given the parameters. Of a later period the pairs of orders are taken as if it began today: the customer may have left by
 * then, so this is an upper bound, and small beside the mean.
 */
function variancesOf<U extends TimeUnit>(
  { unit, model, values, spend }: FittedPair<U>,
  members: readonly Member<U>[],
  groups: number,
  periods: readonly Period<U>[],
): Sums {
  const { of } = basePredictor({ model, unit, values });
  const { p, q, gamma } = spend.values;
  const sums = { orders: new Float64Array(groups * periods.length), value: new Float64Array(groups * periods.length) };
  for (const member of members) {
    const outlook = of(member);
    const shape = q + p * member.spendPurchases;
    // Sum over the customers of the square of gamma plus what they have paid.
    const squares = member.customers * gamma ** 2 + 2 * gamma * member.amount + member.amountSquares;
    for (const [index, { from, to, discount }] of periods.entries()) {
      const orders = outlook.expectedOrders(to) - outlook.expectedOrders(from);
      const length = span(to - from, unit);
      const whole = outlook.expectedOrders(length);
      const pairs = outlook.orderVariance(length) - whole + whole * whole;
      const variance = Math.max(0, orders + pairs - orders * orders);
      const worth = discount === undefined || orders === 0 ? 1 : outlook.discountedOrders(to, discount) / orders;
      const at = member.group * periods.length + index;
      sums.orders[at] = (sums.orders[at] ?? 0) + member.customers * variance * worth ** 2;
      const spread =
        ((orders * p + (variance + orders * orders) * p * p) / ((shape - 1) * (shape - 2)) -
          ((orders * p) / (shape - 1)) ** 2) *
        squares *
        worth ** 2;
      sums.value[at] = (sums.value[at] ?? 0) + (shape > 2 ? spread : Number.NaN);
    }
  }
  return sums;
}
