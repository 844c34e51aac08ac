import {
  dateIdOf,
  dayOf,
  monthOf,
  monthTextOf,
  quarterOf,
  quarterTextOf,
  weekdayName,
  weekdayOf,
  yearOf,
} from './calendar-days.ts';
import { money, moneyPer, partOf, sum } from './exact.ts';

/** A clean record. */
export interface Sale {
  readonly date: string;
  readonly customer: string;
  readonly order: string;
  readonly cents: number;
}

/** The settings that the figures depend on, in the names of the configuration. */
export interface ReferenceSettings {
  readonly newDays: number;
  readonly activeDays: number;
  readonly atRiskDays: number;
  readonly lostDays: number;
  readonly highValueShare: number;
  readonly highValueBy: 'share' | 'threshold';
  readonly ltvHighThreshold: number;
  readonly ltvRegularThreshold: number;
  readonly expectedGapPercentile: number;
  readonly minDaysForWinback: number;
  readonly minLtvForRetention: number;
  readonly controlShare: number;
  readonly controlSalt: string;
  readonly grossMargin: number | null;
  readonly retentionWindowsMonths: readonly number[];
}

export interface Order {
  readonly order: string;
  readonly customer: string;
  readonly date: string;
  readonly isReturn: boolean;
  readonly amountCents: number;
  readonly returnedCents: number;
  readonly lines: number;
}

export interface Fact {
  readonly order: string;
  readonly customer: string;
  readonly date: string;
  readonly isReturn: boolean;
  readonly cents: number;
  readonly lines: number;
}

export interface Customer {
  readonly customer: string;
  /** Orders, not returns, in the order in which they were placed. */
  readonly orders: readonly Order[];
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  readonly spentCents: number;
  readonly transactions: number;
  /** Days with an order, in order. */
  readonly purchaseDays: readonly string[];
  readonly daysSinceFirst: number | null;
  readonly daysSinceLast: number | null;
}

/**
 * A shop computed the slow and obvious way: from definitions and from the meaning of the columns as the model headers
 * state it, loop by loop, without looking at the SQL.
 */
export interface ReferenceShop {
  readonly asOf: string;
  readonly orders: readonly Order[];
  readonly facts: readonly Fact[];
  readonly customers: readonly Customer[];
}

export function referenceShop(all: readonly Sale[], asOf: string): ReferenceShop {
  const sales = all.filter(({ date }) => date <= asOf);
  const orders = [...Map.groupBy(sales, ({ order }) => order).values()].map(toOrder);
  const dateOfOrder = new Map(orders.map(({ order, date }) => [order, date]));
  const booked = sales.map((sale) => {
    const isReturn = sale.cents < 0;
    return { ...sale, isReturn, date: isReturn ? sale.date : (dateOfOrder.get(sale.order) ?? '') };
  });
  const facts = [...Map.groupBy(booked, (line) => JSON.stringify([line.order, line.date, line.isReturn])).values()].map(
    (lines): Fact => ({ ...first(lines), cents: sum(lines, ({ cents }) => cents), lines: lines.length }),
  );
  const factsOfCustomer = Map.groupBy(facts, ({ customer }) => customer);
  const ordersOfCustomer = Map.groupBy(orders, ({ customer }) => customer);
  const customers = [...factsOfCustomer].map(([customer, own]) =>
    toCustomer(customer, ordersOfCustomer.get(customer) ?? [], own, asOf),
  );
  return { asOf, orders, facts, customers };
}

export function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('an empty group');
  return item;
}

function toOrder(lines: readonly Sale[]): Order {
  const sold = lines.filter(({ cents }) => cents >= 0);
  const dates = (sold.length === 0 ? lines : sold).map(({ date }) => date).sort();
  return {
    order: first(lines).order,
    customer: first(lines).customer,
    date: first(dates),
    isReturn: sold.length === 0,
    amountCents: sum(sold, ({ cents }) => cents),
    returnedCents: sum(lines, ({ cents }) => Math.min(cents, 0)),
    lines: lines.length,
  };
}

function toCustomer(customer: string, all: readonly Order[], facts: readonly Fact[], asOf: string): Customer {
  const orders = all.filter(({ isReturn }) => !isReturn).sort(byPlacing);
  const purchaseDays = [...new Set(orders.map(({ date }) => date))];
  const [firstDate = null] = purchaseDays;
  const lastDate = purchaseDays.at(-1) ?? null;
  return {
    customer,
    orders,
    firstDate,
    lastDate,
    spentCents: sum(facts, ({ cents }) => cents),
    transactions: facts.length,
    purchaseDays,
    daysSinceFirst: firstDate === null ? null : dayOf(asOf) - dayOf(firstDate),
    daysSinceLast: lastDate === null ? null : dayOf(asOf) - dayOf(lastDate),
  };
}

/** By day; within a day by order id, shorter ids first. */
function byPlacing(a: Order, b: Order): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  if (a.order.length !== b.order.length) return a.order.length - b.order.length;
  return a.order < b.order ? -1 : 1;
}

/** Tables by name, as the engine gives their rows: decimals and dates as text. */
export function warehouseTables(shop: ReferenceShop, { activeDays, lostDays }: ReferenceSettings) {
  return {
    dim_order: dimOrder(shop),
    dim_customer: shop.customers.map((customer) => dimCustomer(customer, activeDays, lostDays)),
    fact_sales: shop.facts.map(({ customer, order, date, isReturn, cents, lines }) => ({
      customer_id: customer,
      order_id: order,
      date_id: dateIdOf(date),
      is_return: isReturn,
      sales_amount: money(cents),
      transaction_count: 1,
      line_count: lines,
    })),
  };
}

function dimOrder({ orders, customers }: ReferenceShop) {
  const amounts = orders.filter(({ isReturn }) => !isReturn).map(({ amountCents }) => amountCents);
  const placeOf = new Map(
    customers.flatMap((customer) =>
      customer.orders.map((order, index) => [order.order, { index, customer, previous: customer.orders[index - 1] }]),
    ),
  );
  return orders.map((order) => {
    const place = placeOf.get(order.order);
    const daysSince = (date: string | null | undefined) =>
      date === null || date === undefined ? null : dayOf(order.date) - dayOf(date);
    const weekday = weekdayOf(order.date);
    return {
      order_id: order.order,
      customer_id: order.customer,
      order_date: order.date,
      date_id: dateIdOf(order.date),
      order_amount: money(order.amountCents),
      returned_amount: money(order.returnedCents),
      line_count: order.lines,
      order_year: yearOf(order.date),
      order_month: monthOf(order.date),
      order_quarter: quarterOf(order.date),
      order_day_of_week: weekday,
      order_day_name: weekdayName(weekday),
      is_weekend_order: weekday === 1 || weekday === 7,
      is_return: order.isReturn,
      customer_order_sequence: place === undefined ? null : place.index + 1,
      is_first_order: place?.index === 0,
      days_since_customer_first_order: place === undefined ? null : daysSince(place.customer.firstDate),
      days_since_previous_order: daysSince(place?.previous?.date),
      order_amount_quartile: place === undefined ? null : partOf(order.amountCents, amounts, 4),
    };
  });
}

function dimCustomer(person: Customer, activeDays: number, lostDays: number) {
  const { customer, orders, firstDate, lastDate, spentCents, daysSinceFirst, daysSinceLast } = person;
  const count = orders.length;
  return {
    customer_id: customer,
    first_order_date: firstDate,
    last_order_date: lastDate,
    total_transactions: person.transactions,
    total_spent: money(spentCents),
    avg_order_value: moneyPer(spentCents, count),
    total_orders: count,
    purchase_days: person.purchaseDays.length,
    first_order_cohort_month: firstDate === null ? null : monthTextOf(firstDate),
    first_order_cohort_quarter: firstDate === null ? null : quarterTextOf(firstDate),
    first_order_cohort_year: firstDate === null ? null : yearOf(firstDate),
    days_since_first_order: daysSinceFirst,
    days_since_last_order: daysSinceLast,
    customer_vintage_group: vintage(daysSinceFirst),
    customer_segment: count === 0 ? 'No Orders' : count === 1 ? 'One-Time' : count < 5 ? 'Repeat' : 'Frequent',
    customer_status: status(daysSinceLast, activeDays, lostDays),
  };
}

function vintage(days: number | null): string {
  if (days === null) return 'No Orders';
  if (days < 90) return 'Under 3 Months';
  if (days < 180) return '3 to 6 Months';
  return days < 365 ? '6 to 12 Months' : 'Over 12 Months';
}

function status(days: number | null, activeDays: number, lostDays: number): string {
  if (days === null || days > lostDays) return 'Lost';
  return days <= activeDays ? 'Active' : 'Inactive';
}
