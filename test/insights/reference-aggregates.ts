import type { Cell } from '../../src/analytics/evidence/stratified-shift.ts';
import type { Share } from '../../src/analytics/homogeneity.ts';
import type { AmountBlock } from '../../src/insights/amount-shift.ts';
import type { CohortReturns } from '../../src/insights/cohort-difference.ts';
import type { ValueCut } from '../../src/insights/high-value-return.ts';
import { monthNumber } from '../../src/insights/month-number.ts';
import type { MonthRevenue } from '../../src/insights/revenue-month.ts';
import { WATCHED_DAYS, type WaitingMonth } from '../../src/insights/second-order.ts';
import { dateOf, dayOf } from '../support/calendar-days.ts';
import type { SaleRow } from '../support/make-shop.ts';

const [HIGH_VALUE_SHARE, ACTIVE_DAYS, BLOCK_DAYS, MOST_BLOCKS] = [0.2, 90, 28, 26];

interface Purchase {
  readonly day: number;
  /** In cents, all purchases up to this one. */
  readonly toDate: number;
}

/** The aggregates that the generators read in SQL, made here from the orders, one customer after the other. No returns. */
export class ReferenceAggregates {
  readonly #orders: readonly { readonly customer: string; readonly day: number; readonly cents: number }[];
  readonly #customers: readonly (readonly Purchase[])[];
  readonly firstDay: number;
  readonly asOf: number;

  constructor(rows: readonly SaleRow[]) {
    this.#orders = rows
      .map(({ date, customer, sales }) => ({ customer, day: dayOf(date), cents: Math.round(100 * Number(sales)) }))
      .sort((a, b) => a.day - b.day);
    this.firstDay = this.#orders[0]?.day ?? 0;
    this.asOf = this.#orders.at(-1)?.day ?? 0;
    this.#customers = [...Map.groupBy(this.#orders, ({ customer }) => customer).values()].map((orders) => {
      const byDay = new Map<number, number>();
      let toDate = 0;
      for (const { day, cents } of orders) {
        toDate += cents;
        byDay.set(day, toDate);
      }
      return [...byDay].map(([day, sum]) => ({ day, toDate: sum }));
    });
  }

  revenueSince(day: number): { revenue: number; orders: number } {
    const orders = this.#orders.filter((order) => order.day > day);
    return { revenue: orders.reduce((sum, { cents }) => sum + cents, 0) / 100, orders: orders.length };
  }

  months(last: number): MonthRevenue[] {
    const cents = new Map<number, number>();
    for (const { day, cents: one } of this.#orders) cents.set(monthOf(day), (cents.get(monthOf(day)) ?? 0) + one);
    const first = monthOf(this.firstDay) + (dateOf(this.firstDay).endsWith('-01') ? 0 : 1);
    return Array.from({ length: last - first + 1 }, (_, i) => ({
      ...{ month: first + i, revenue: (cents.get(first + i) ?? 0) / 100 },
    }));
  }

  waiting(purchase: number, last: number): WaitingMonth[] {
    const months = new Map<number, { days: number; events: number; censored: number }[]>();
    for (const purchases of this.#customers) {
      const [before, start, next] = [purchases[purchase - 2], purchases[purchase - 1], purchases[purchase]];
      if (start === undefined || (before !== undefined && start.day - before.day > WATCHED_DAYS)) continue;
      const month = monthOf(start.day);
      if (month > last || month <= last - 15) continue;
      const waited = (next?.day ?? this.asOf) - start.day;
      const came = next !== undefined && waited <= WATCHED_DAYS;
      const durations = months.get(month) ?? [];
      durations.push({ days: Math.min(waited, WATCHED_DAYS), events: came ? 1 : 0, censored: came ? 0 : 1 });
      months.set(month, durations);
    }
    return [...months].map(([month, durations]) => ({ month, durations: addedUp(durations) }));
  }

  cohorts(last: number): CohortReturns[] {
    const cohorts = new Map<number, { size: number; active: number }>();
    for (const purchases of this.#customers) {
      const month = monthOf(purchases[0]?.day ?? 0);
      if (month >= last) continue;
      const cohort = cohorts.get(month) ?? { size: 0, active: 0 };
      cohort.size++;
      if (purchases.some(({ day }) => monthOf(day) === month + 1)) cohort.active++;
      cohorts.set(month, cohort);
    }
    return [...cohorts].sort(([a], [b]) => a - b).map(([month, cohort]) => ({ month: String(month), ...cohort }));
  }

  cuts(): ValueCut[] {
    const earlier = Math.min(6, Math.floor((this.asOf - this.firstDay) / ACTIVE_DAYS) - 2);
    return Array.from({ length: Math.max(0, earlier + 1) }, (_, cut) => this.#cut(this.asOf - (cut + 1) * ACTIVE_DAYS));
  }

  #cut(day: number): ValueCut {
    const states = this.#customers.flatMap((purchases) => {
      const number = purchases.findLastIndex((purchase) => purchase.day <= day) + 1;
      const last = purchases[number - 1];
      const next = purchases[number];
      if (last === undefined) return [];
      const came = next !== undefined && next.day <= day + ACTIVE_DAYS;
      const age = Math.floor((day - (purchases[0]?.day ?? day)) / ACTIVE_DAYS);
      return [{ number, value: last.toDate, age, silence: day - last.day, came }];
    });
    const values = states.map(({ value }) => value).sort((a, b) => b - a);
    // Equal values share a rank: all of them are in, or none.
    const most = Math.floor(HIGH_VALUE_SHARE * states.length + 1e-9);
    const top = states.filter(({ value }) => values.indexOf(value) + 1 <= most);
    const kinds = Map.groupBy(top, ({ number, age, silence }) => `${Math.min(number, 8)} ${age} ${bandOf(silence)}`);
    const cells = [...kinds].map(
      ([kind, members]): Cell => ({
        ...{ kind, members: members.length, events: members.filter(({ came }) => came).length },
      }),
    );
    const purchases = top.reduce((sum, { number }) => sum + number, 0);
    return { cells, averagePurchase: top.reduce((sum, { value }) => sum + value, 0) / 100 / Math.max(1, purchases) };
  }

  /** The last block first. */
  gaps(): Share[] {
    const selling = new Set(this.#orders.map(({ day }) => day));
    return this.#blocks().map((from) => ({
      successes: Array.from({ length: BLOCK_DAYS }, (_, i) => from + i).filter((day) => !selling.has(day)).length,
      total: BLOCK_DAYS,
    }));
  }

  /** The last block first. */
  amounts(): AmountBlock[] {
    return this.#blocks().map((from) => {
      const orders = this.#orders.filter(({ day }) => day >= from && day < from + BLOCK_DAYS);
      return { orders: orders.length, amount: orders.reduce((sum, { cents }) => sum + cents, 0) / 100 };
    });
  }

  #blocks(): number[] {
    const count = Math.min(MOST_BLOCKS, Math.floor((this.asOf - this.firstDay + 1) / BLOCK_DAYS));
    return Array.from({ length: count }, (_, block) => this.asOf - (block + 1) * BLOCK_DAYS + 1);
  }
}

const monthOf = (day: number): number => monthNumber(dateOf(day));

const bandOf = (silence: number): number => {
  const band = [30, 90, 270].findIndex((limit) => silence <= limit);
  return band === -1 ? 3 : band;
};

function addedUp(durations: readonly { days: number; events: number; censored: number }[]) {
  return [...Map.groupBy(durations, ({ days }) => days)].map(([days, all]) => ({
    days,
    events: all.reduce((sum, { events }) => sum + events, 0),
    censored: all.reduce((sum, { censored }) => sum + censored, 0),
  }));
}
