import { InputError } from '../errors.ts';
import { convertSpan, type Span, type TimeUnit } from './units.ts';

/** What the models know of a customer. */
export interface History<U extends TimeUnit> {
  /** x: purchase days after the first. */
  readonly frequency: number;
  /** tx: from the first purchase day to the last; 0 without a repeat. */
  readonly recency: Span<U>;
  /** T: from the first purchase day to the as-of date. */
  readonly age: Span<U>;
}

/** Customers with one history. */
export interface PurchaseRow<U extends TimeUnit> extends History<U> {
  /** How many customers; 1 unless given. */
  readonly customers?: number;
}

/**
 * The distinct histories of a customer base and how many customers have each, as a structure of arrays: sorted by
 * frequency, times as indexes into `times`, so that a likelihood takes each logarithm once.
 */
export interface PurchaseCells<U extends TimeUnit> {
  readonly unit: U;
  /** Number of cells. */
  readonly size: number;
  /** Sum of `counts`. */
  readonly customers: number;
  /** Sum of the frequencies of all customers. */
  readonly repeatPurchases: number;
  /** Sum of the ages of all customers. */
  readonly exposure: number;
  /** Distinct recencies and ages, ascending. */
  readonly times: Float64Array;
  /** Distinct frequencies, ascending. */
  readonly frequencies: Float64Array;
  /** Cells of `frequencies[i]` are those from `groupStarts[i]` up to, not including, `groupStarts[i + 1]`. */
  readonly groupStarts: Int32Array;
  /** For each cell the index of its recency in `times`. */
  readonly recencyIndex: Int32Array;
  /** For each cell the index of its age in `times`. */
  readonly ageIndex: Int32Array;
  /** For each cell the number of customers. */
  readonly counts: Float64Array;
}

const show = (value: number): string => (Number.isFinite(value) ? String(value) : `${value} (not a finite number)`);

function fault({ frequency, recency, age, customers = 1 }: PurchaseRow<TimeUnit>): string | undefined {
  if (!Number.isSafeInteger(frequency) || frequency < 0) {
    return `frequency ${show(frequency)} is not a count of repeat purchases`;
  }
  if (!Number.isFinite(recency) || recency < 0) return `recency ${show(recency)} is not a time from 0`;
  if (!Number.isFinite(age) || age < 0) return `age ${show(age)} is not a time from 0`;
  if (recency > age) return `recency ${recency} is greater than age ${age}: the last purchase is after the as-of date`;
  if (frequency === 0 && recency > 0) return `recency ${recency} with frequency 0: there is no repeat purchase to date`;
  if (frequency > 0 && recency === 0)
    return `recency 0 with frequency ${frequency}: repeats of one day are one purchase`;
  if (!Number.isFinite(customers) || customers <= 0) return `${show(customers)} customers in a row`;
  return undefined;
}

/**
 * Refuses a history that cannot be.
 * @throws InputError naming the value.
 */
export function checkHistory(history: PurchaseRow<TimeUnit>): void {
  const reason = fault(history);
  if (reason !== undefined) throw new InputError(reason);
}

function distinct(values: Iterable<number>): { readonly sorted: Float64Array; readonly indexOf: Map<number, number> } {
  const sorted = Float64Array.from(new Set(values)).sort();
  const indexOf = new Map<number, number>();
  for (let at = 0; at < sorted.length; at++) indexOf.set(sorted[at] ?? 0, at);
  return { sorted, indexOf };
}

/**
 * Merges rows with equal histories. Rows may come in any order; the cells do not depend on it.
 * @throws InputError for an impossible history, with the number of its row, from 1.
 */
export function purchaseCells<U extends TimeUnit>(unit: U, rows: Iterable<PurchaseRow<U>>): PurchaseCells<U> {
  // Keyed by three nested numbers, so that a million rows need no million strings.
  const seen = new Map<number, Map<number, Map<number, number>>>();
  let number = 0;
  for (const row of rows) {
    number++;
    const reason = fault(row);
    if (reason !== undefined) throw new InputError(`${reason} (row ${number})`);
    const byRecency = seen.get(row.frequency) ?? new Map<number, Map<number, number>>();
    if (byRecency.size === 0) seen.set(row.frequency, byRecency);
    const byAge = byRecency.get(row.recency) ?? new Map<number, number>();
    if (byAge.size === 0) byRecency.set(row.recency, byAge);
    byAge.set(row.age, (byAge.get(row.age) ?? 0) + (row.customers ?? 1));
  }
  return arrange(unit, seen);
}

function arrange<U extends TimeUnit>(unit: U, seen: Map<number, Map<number, Map<number, number>>>): PurchaseCells<U> {
  const allTimes = new Set<number>();
  let size = 0;
  for (const byRecency of seen.values()) {
    for (const [recency, byAge] of byRecency) {
      allTimes.add(recency);
      for (const age of byAge.keys()) allTimes.add(age);
      size += byAge.size;
    }
  }
  const { sorted: times, indexOf } = distinct(allTimes);
  const frequencies = distinct(seen.keys()).sorted;
  const groupStarts = new Int32Array(frequencies.length + 1);
  const recencyIndex = new Int32Array(size);
  const ageIndex = new Int32Array(size);
  const counts = new Float64Array(size);
  let customers = 0;
  let repeatPurchases = 0;
  let exposure = 0;
  let cell = 0;
  for (const [group, frequency] of frequencies.entries()) {
    groupStarts[group] = cell;
    const byRecency = [...(seen.get(frequency) ?? [])].sort(([a], [b]) => a - b);
    for (const [recency, byAge] of byRecency) {
      for (const [age, count] of [...byAge].sort(([a], [b]) => a - b)) {
        recencyIndex[cell] = indexOf.get(recency) ?? 0;
        ageIndex[cell] = indexOf.get(age) ?? 0;
        counts[cell] = count;
        customers += count;
        repeatPurchases += count * frequency;
        exposure += count * age;
        cell++;
      }
    }
  }
  groupStarts[frequencies.length] = cell;
  return {
    ...{ unit, size, customers, repeatPurchases, exposure, times, frequencies },
    ...{ groupStarts, recencyIndex, ageIndex, counts },
  };
}

/** The rows that would make these cells. */
export function* cellRows<U extends TimeUnit>(cells: PurchaseCells<U>): Generator<Required<PurchaseRow<U>>> {
  const { frequencies, groupStarts, recencyIndex, ageIndex, times, counts } = cells;
  const time = (index: number | undefined) => (times[index ?? 0] ?? 0) as Span<U>;
  for (const [group, frequency] of frequencies.entries()) {
    for (let cell = groupStarts[group] ?? 0; cell < (groupStarts[group + 1] ?? 0); cell++) {
      const customers = counts[cell] ?? 0;
      yield { frequency, recency: time(recencyIndex[cell]), age: time(ageIndex[cell]), customers };
    }
  }
}

/** The same customers with times in another unit. */
export function convertCells<U extends TimeUnit, V extends TimeUnit>(
  cells: PurchaseCells<U>,
  unit: V,
): PurchaseCells<V> {
  const times = cells.times.map((time) => convertSpan(time as Span<U>, cells.unit, unit));
  const exposure = convertSpan(cells.exposure as Span<U>, cells.unit, unit);
  return { ...cells, unit, times, exposure };
}

/** Every `step`-th cell: a small picture of a large base, for a first look at where its likelihood is highest. */
export function thinCells<U extends TimeUnit>(cells: PurchaseCells<U>, step: number): PurchaseCells<U> {
  const rows = function* (): Generator<PurchaseRow<U>> {
    let index = 0;
    for (const row of cellRows(cells)) if (index++ % step === 0) yield row;
  };
  return purchaseCells(cells.unit, rows());
}
