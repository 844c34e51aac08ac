import { basePredictor, type CustomerOutlook } from '../analytics/customer-outlook.ts';
import { continuousDiscount } from '../analytics/discount.ts';
import { type Interval, orderInterval, valueInterval } from '../analytics/intervals.ts';
import { daysPer, type Span, weeks } from '../analytics/units.ts';
import { type CellRecord, type HorizonDays, horizonsDays, type OutlookRecord } from './cell-columns.ts';
import type { PredictionDay } from './chosen-models.ts';
import { type HistoryCell, historyOf } from './history-cells.ts';
import { fitUnit } from './stored-fits.ts';

type Outlook = CustomerOutlook<typeof fitUnit>;

const span = (days: number): Span<typeof fitUnit> => weeks(days / daysPer.week);
const wholeDays = (time: Span<typeof fitUnit> | null): number | null =>
  time === null ? null : Math.max(1, Math.ceil(time * daysPer.week));

const steepest = 8;

function logitOf(probability: number): number {
  const logit = Math.log(probability) - Math.log1p(-probability);
  return Number(Math.min(steepest, Math.max(-steepest, logit)).toFixed(2));
}

/** Lists of probabilities may leave so much out: it moves no end of an 80 % interval. */
const leftOut = 1e-6;

/** So far, relatively, the end of an interval of amounts may be off: a cent in a hundred. */
const tolerance = 1e-4;

type Fixed = `${'expected_orders' | 'orders_low' | 'orders_high' | 'p_no_order'}_${HorizonDays}`;

function fixedHorizons(outlook: Outlook): Pick<CellRecord, Fixed> {
  const entries = horizonsDays.flatMap((days): [string, number][] => {
    const horizon = span(days);
    const { low, high } = orderInterval(outlook.allOrderProbabilities(horizon, leftOut));
    return [
      [`expected_orders_${days}`, outlook.expectedOrders(horizon)],
      [`orders_low_${days}`, low],
      [`orders_high_${days}`, high],
      [`p_no_order_${days}`, outlook.pNoOrder(horizon)],
    ];
  });
  return Object.fromEntries(entries) as Pick<CellRecord, Fixed>;
}

const noFactors: ValueFactors = { value_low_factor: null, value_high_factor: null };

interface ValueFactors {
  readonly value_low_factor: number | null;
  readonly value_high_factor: number | null;
}

/**
 * Ends of the 80 % interval of what customers will pay, in multiples of gamma plus what they have paid so far. Cells that the models
 * cannot tell apart share one; the others begin to search at the cell before.
 */
function valueFactorsOf({ spend }: PredictionDay, horizon: Span<typeof fitUnit>) {
  const known = new Map<string, ValueFactors>();
  let near: Interval | undefined;
  return (cell: HistoryCell, outlook: Outlook): ValueFactors => {
    if (spend === undefined) return noFactors;
    const key = `${cell.frequency} ${cell.ageDays} ${cell.spendPurchases} ${outlook.pAlive}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const { p, q } = spend.values;
    const values = { p, q: q + p * cell.spendPurchases, gamma: 1 };
    const probabilities = outlook.allOrderProbabilities(horizon, leftOut);
    const { low, high } = valueInterval(probabilities, values, 0.8, { tolerance, near });
    near = { low, high };
    const factors = { value_low_factor: low, value_high_factor: high };
    known.set(key, factors);
    return factors;
  };
}

function orderBounds(probabilities: Float64Array) {
  const { low, high } = orderInterval(probabilities);
  const inside = probabilities.subarray(low, high + 1).reduce((sum, probability) => sum + probability, 0);
  return { orders_low: low, orders_high: high, interval_probability: Math.min(1, inside) };
}

const noBounds = { orders_low: null, orders_high: null, interval_probability: null };

function nextOrderOf({ nextOrder: next }: Outlook) {
  const [median, high] = [wholeDays(next.median), wholeDays(next.quantileIfReturning(0.9))];
  return {
    next_order_median_days: median,
    next_order_low_days: wholeDays(next.quantileIfReturning(0.1)),
    // The median counts those who never return, the window does not: where they are nearly half, it would end before.
    next_order_high_days: median === null || high === null ? null : Math.max(median, high),
    next_order_reason: next.reason,
  };
}

function keysOf(cell: HistoryCell, { pAlive }: Outlook) {
  return {
    ...{ frequency: cell.frequency, recency_days: cell.recencyDays, age_days: cell.ageDays },
    ...{ spend_purchases: cell.spendPurchases, customers: cell.customers, p_alive: pAlive },
  };
}

/** What the chosen models say of all customers of each history after the as-of date. */
export function* predictCells(
  day: PredictionDay,
  cells: Iterable<HistoryCell>,
  annualDiscountRate: number,
): Generator<CellRecord> {
  const { of } = basePredictor({ ...day.purchases, unit: fitUnit });
  const discount = continuousDiscount(annualDiscountRate, fitUnit);
  const year = span(365);
  const valueFactors = valueFactorsOf(day, year);
  for (const cell of cells) {
    const outlook = of(historyOf(cell));
    yield {
      ...keysOf(cell, outlook),
      p_never_returns: outlook.pNeverReturns,
      ...fixedHorizons(outlook),
      discounted_orders_365: outlook.discountedOrders(year, discount),
      discounted_orders_for_good: discount > 0 ? outlook.discountedOrdersForGood(discount) : null,
      ...valueFactors(cell, outlook),
      ...nextOrderOf(outlook),
    };
  }
}

/** What a day's outlooks are for, besides training: tests of orders, also of amounts. */
export type Tested = 'nothing' | 'orders' | 'orders and amounts';

/** What the chosen models say of all customers of each history within the churn horizon after a day. */
export function* outlookCells(
  day: PredictionDay,
  cells: Iterable<HistoryCell>,
  tested: Tested,
): Generator<OutlookRecord> {
  const { of } = basePredictor({ ...day.purchases, unit: fitUnit });
  const horizon = span(day.horizonDays);
  const valueFactors = valueFactorsOf(day, horizon);
  for (const cell of cells) {
    const outlook = of(historyOf(cell));
    const pNoOrder = outlook.pNoOrder(horizon);
    const common = {
      ...{ cut_date: day.cutDate, ...keysOf(cell, outlook), expected_orders: outlook.expectedOrders(horizon) },
      ...{ p_no_order: pNoOrder, no_order_logit: logitOf(pNoOrder) },
    };
    if (tested === 'nothing') {
      yield { ...common, ...noBounds, ...noFactors, next_order_median_days: null };
      continue;
    }
    const factors = tested === 'orders' ? noFactors : valueFactors(cell, outlook);
    const median = pNoOrder < 0.5 ? wholeDays(outlook.nextOrder.median) : null;
    yield {
      ...common,
      ...orderBounds(outlook.allOrderProbabilities(horizon, leftOut)),
      ...factors,
      next_order_median_days: median,
    };
  }
}
