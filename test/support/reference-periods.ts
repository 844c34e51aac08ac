import {
  dateIdOf,
  dateOf,
  dayOf,
  isMonthEnd,
  lastDayOf,
  monthName,
  monthOf,
  monthsApart,
  monthsBetween,
  monthTextOf,
  quarterOf,
  weekdayName,
  weekdayOf,
} from './calendar-days.ts';
import { money, moneyPer, percent, ratio, sum } from './exact.ts';
import type { Fact, ReferenceSettings, ReferenceShop } from './reference-shop.ts';
import { first } from './reference-shop.ts';

const distinct = (facts: readonly Fact[]) => new Set(facts.map(({ customer }) => customer)).size;
const cents = (facts: readonly Fact[]) => sum(facts, (fact) => fact.cents);
const sold = (facts: readonly Fact[]) => facts.filter(({ isReturn }) => !isReturn);
const returned = (facts: readonly Fact[]) => facts.filter(({ isReturn }) => isReturn);

/** The tables by day, month and cohort of a reference shop. */
export function periodTables(shop: ReferenceShop, settings: ReferenceSettings) {
  const daily = aggSalesDaily(shop);
  return {
    agg_sales_daily: daily.map(({ cents: _, ...day }) => day),
    seasonal_trends: seasonalTrends(daily),
    monthly_metrics: monthlyMetrics(shop),
    cohort_analysis: cohortAnalysis(shop),
    cumulative_retention_analysis: cumulativeRetention(shop, settings.retentionWindowsMonths),
    customer_lifecycle_snapshot: lifecycle(shop, settings),
  };
}

function firstFactDate({ facts }: ReferenceShop): string {
  return first(facts.map(({ date }) => date).sort());
}

function aggSalesDaily(shop: ReferenceShop) {
  const start = dayOf(firstFactDate(shop));
  const byDate = Map.groupBy(shop.facts, ({ date }) => date);
  return Array.from({ length: dayOf(shop.asOf) - start + 1 }, (_, offset) => {
    const date = dateOf(start + offset);
    const facts = byDate.get(date) ?? [];
    return {
      date_id: dateIdOf(date),
      full_date: date,
      total_sales: money(cents(facts)),
      gross_sales: money(cents(sold(facts))),
      returned_amount: money(cents(returned(facts))),
      total_orders: sold(facts).length,
      total_returns: returned(facts).length,
      unique_customers: distinct(sold(facts)),
      new_customers: shop.customers.filter(({ firstDate }) => firstDate === date).length,
      cents: cents(facts),
    };
  });
}

type Day = ReturnType<typeof aggSalesDaily>[number];

function seasonalTrends(days: readonly Day[]) {
  const total = sum(days, (day) => day.cents);
  const seasons = [
    { kind: 'month', numberOf: monthOf, nameOf: monthName },
    { kind: 'quarter', numberOf: quarterOf, nameOf: (number: number) => `Q${number}` },
    { kind: 'weekday', numberOf: weekdayOf, nameOf: weekdayName },
  ];
  return seasons.flatMap(({ kind, numberOf, nameOf }) =>
    [...Map.groupBy(days, (day) => numberOf(day.full_date))].map(([number, own]) => {
      const ownCents = sum(own, (day) => day.cents);
      const orders = sum(own, (day) => day.total_orders);
      return {
        season_kind: kind,
        season_number: number,
        season_name: nameOf(number),
        days_covered: own.length,
        total_orders: orders,
        total_sales: money(ownCents),
        avg_order_value: moneyPer(ownCents, orders),
        sales_per_day: moneyPer(ownCents, own.length),
        sales_index_percent: total > 0 ? (100 * (ownCents / own.length)) / (total / days.length) : null,
      };
    }),
  );
}

function monthlyMetrics(shop: ReferenceShop) {
  const byMonth = Map.groupBy(shop.facts, ({ date }) => monthTextOf(date));
  const firstMonthOf = new Map(
    shop.customers.map(({ customer, firstDate }) => [customer, firstDate === null ? '' : monthTextOf(firstDate)]),
  );
  const months = monthsBetween(firstFactDate(shop), shop.asOf);
  const salesOf = (month: string | undefined) => (month === undefined ? undefined : cents(byMonth.get(month) ?? []));
  return months.map((month, index) => {
    const facts = byMonth.get(month) ?? [];
    const fromNew = facts.filter(({ customer }) => firstMonthOf.get(customer) === month);
    const orders = sold(facts).length;
    const customers = distinct(sold(facts));
    const newCustomers = distinct(sold(fromNew));
    const growth = (before: number | undefined) =>
      before === undefined || before <= 0 ? null : percent(cents(facts) - before, before);
    return {
      period_month: month,
      is_complete: lastDayOf(month) <= shop.asOf,
      total_sales: money(cents(facts)),
      gross_sales: money(cents(sold(facts))),
      returned_amount: money(cents(returned(facts))),
      avg_order_value: moneyPer(cents(facts), orders),
      total_transactions: facts.length,
      total_orders: orders,
      unique_customers: customers,
      purchase_frequency: ratio(orders, customers),
      revenue_per_customer: moneyPer(cents(facts), customers),
      new_customers: newCustomers,
      returning_customers: customers - newCustomers,
      new_customer_revenue: money(cents(fromNew)),
      returning_customer_revenue: money(cents(facts) - cents(fromNew)),
      sales_growth_percent: growth(salesOf(months[index - 1])),
      sales_growth_year_percent: growth(salesOf(months[index - 12])),
    };
  });
}

interface Cohort {
  readonly month: string;
  readonly start: string;
  readonly size: number;
  readonly facts: readonly Fact[];
}

function cohortsOf({ customers, facts }: ReferenceShop): Cohort[] {
  const buyers = customers.flatMap(({ customer, firstDate }) => (firstDate === null ? [] : [{ customer, firstDate }]));
  const byCustomer = Map.groupBy(facts, ({ customer }) => customer);
  return [...Map.groupBy(buyers, ({ firstDate }) => monthTextOf(firstDate))].map(([month, members]) => ({
    month,
    start: `${month}-01`,
    size: members.length,
    facts: members.flatMap(({ customer }) => byCustomer.get(customer) ?? []),
  }));
}

function cohortAnalysis(shop: ReferenceShop) {
  return cohortsOf(shop).flatMap(({ month, start, size, facts }) =>
    monthsBetween(start, shop.asOf).map((activity, age) => {
      const upToNow = facts.filter(({ date }) => monthTextOf(date) <= activity);
      // What was booked before the first order counts in the first month.
      const inMonth = upToNow.filter(({ date }) => monthTextOf(date) === activity || age === 0);
      const later = sold(facts).filter(({ date }) => monthTextOf(date) >= activity);
      return {
        cohort_month: month,
        activity_month: activity,
        months_since_acquisition: age,
        cohort_size: size,
        active_customers: distinct(sold(inMonth)),
        retention_rate_percent: percent(distinct(sold(inMonth)), size),
        customers_on_or_after: distinct(later),
        retention_on_or_after_percent: percent(distinct(later), size),
        total_orders: sold(inMonth).length,
        total_sales: money(cents(inMonth)),
        avg_order_value: moneyPer(cents(inMonth), sold(inMonth).length),
        revenue_per_customer: moneyPer(cents(inMonth), size),
        cumulative_sales: money(cents(upToNow)),
        cumulative_revenue_per_customer: moneyPer(cents(upToNow), size),
        is_immature: lastDayOf(activity) > shop.asOf,
        is_left_truncated: false,
      };
    }),
  );
}

function cumulativeRetention(shop: ReferenceShop, windows: readonly number[]) {
  return cohortsOf(shop).flatMap(({ month, start, size, facts }) =>
    windows.map((window) => {
      const age = (fact: Fact) => monthsApart(start, fact.date);
      const back = distinct(sold(facts).filter((fact) => age(fact) >= 1 && age(fact) <= window));
      const revenue = cents(facts.filter((fact) => age(fact) <= window));
      const lastMonth = monthsApart(start, shop.asOf);
      const isOver = lastMonth > window || (lastMonth === window && isMonthEnd(shop.asOf));
      return {
        cohort_month: month,
        retention_window_months: window,
        cohort_size: size,
        retained_customers: back,
        retention_rate_percent: percent(back, size),
        revenue_in_window: money(revenue),
        revenue_per_customer: moneyPer(revenue, size),
        is_immature: !isOver,
        is_left_truncated: false,
      };
    }),
  );
}

function lifecycle(shop: ReferenceShop, { newDays, activeDays, atRiskDays, lostDays }: ReferenceSettings) {
  const start = firstFactDate(shop);
  const days = dayOf(shop.asOf) - dayOf(start);
  const dates = Array.from({ length: days + 1 }, (_, offset) => dateOf(dayOf(start) + offset));
  return dates
    .filter((date) => isMonthEnd(date) || date === shop.asOf)
    .flatMap((date) => {
      const states = shop.customers.flatMap(({ purchaseDays }) => {
        const until = purchaseDays.filter((day) => day <= date);
        const [firstDay, lastDay] = [until[0], until.at(-1)];
        if (firstDay === undefined || lastDay === undefined) return [];
        const silent = dayOf(date) - dayOf(lastDay);
        return [{ silent, stage: stageOf(dayOf(date) - dayOf(firstDay), silent) }];
      });
      return [...Map.groupBy(states, ({ stage }) => stage)].map(([stage, own]) => ({
        snapshot_date: date,
        lifecycle_stage: stage,
        customers: own.length,
        share_of_base: percent(own.length, states.length),
        avg_days_since_last_order: ratio(
          sum(own, ({ silent }) => silent),
          own.length,
        ),
        is_as_of: date === shop.asOf,
      }));
    });

  function stageOf(sinceFirst: number, silent: number): string {
    if (sinceFirst < newDays) return 'New';
    if (silent <= activeDays) return 'Active';
    if (silent <= atRiskDays) return 'Cooling';
    return silent <= lostDays ? 'At Risk' : 'Lost';
  }
}
