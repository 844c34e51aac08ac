import { formatIsoDate } from './calendar.ts';
import { customerBase } from './customer-base.ts';
import { type RandomStreams, randomStreams, type Uniform, wholeNumber } from './random-streams.ts';
import type { ShopOptions, ShopTruth } from './shop-options.ts';
import { type ShopSettings, shopSettings } from './shop-settings.ts';

interface ShopCustomer {
  /** 0 for the first, without gaps. */
  readonly number: number;
  readonly id: string;
  /** The true purchase rate after the first order; 0 for a customer that never returns. */
  readonly ordersPerDay: number;
  /** The true mean value of the customer's orders. */
  readonly meanOrderCents: number;
}

interface ShopReturn {
  /** Days since the shop's first day. */
  readonly day: number;
  readonly date: string;
  /** What is paid back, above 0. */
  readonly cents: number;
}

export interface ShopOrder {
  readonly id: string;
  /** Days since the shop's first day. */
  readonly day: number;
  readonly date: string;
  readonly customer: ShopCustomer;
  /** The amounts of the order lines: one to three, all different, above 0. */
  readonly lineCents: readonly number[];
  /** What came back on or before the last day. */
  readonly return: ShopReturn | undefined;
}

/**
 * The orders of a simulated shop, by date, with increasing ids. Equal options give equal orders.
 * @throws {UsageError} when an option is not possible.
 */
export function simulateShop(options: ShopOptions = {}): Generator<ShopOrder> {
  const settings = shopSettings(options);
  return shopOrders(settings, randomStreams(settings.seed));
}

/** As `simulateShop`, for options that have been checked and streams that others draw from too. */
export function* shopOrders(settings: ShopSettings, streams: RandomStreams): Generator<ShopOrder> {
  const { firstDay, dayCount, truth } = settings;
  const dates = Array.from({ length: dayCount }, (_, day) => formatIsoDate(firstDay + day));
  const { idOf, ordersPerDay, meanOrderCents, purchases } = customerBase(settings, streams);
  let orders = 0;
  for (const { day, customer, cents } of purchases.byDay(dayCount)) {
    const comesBack = returnOf(day, cents, truth, streams.returns);
    const returnDate = comesBack && dates[comesBack.day];
    yield {
      id: String(++orders),
      day,
      date: dates[day] ?? '',
      customer: {
        number: customer,
        id: idOf(customer),
        ordersPerDay: ordersPerDay[customer] ?? 0,
        meanOrderCents: meanOrderCents[customer] ?? 0,
      },
      lineCents: linesOf(cents, truth, streams.baskets),
      return: comesBack && returnDate !== undefined ? { ...comesBack, date: returnDate } : undefined,
    };
  }
}

function returnOf(day: number, cents: number, truth: ShopTruth, uniform: Uniform) {
  if (uniform() >= truth.returnShare) return undefined;
  const returnDay = day + wholeNumber(uniform, ...truth.returnDelayDays);
  if (uniform() < truth.fullReturnShare) return { day: returnDay, cents };
  return { day: returnDay, cents: Math.max(1, Math.round(cents * (0.2 + 0.6 * uniform()))) };
}

/** Splits an order into lines that add up to it. Lines of one value would look like duplicates: then it stays whole. */
function linesOf(cents: number, { multiLineShare }: ShopTruth, uniform: Uniform): readonly number[] {
  if (uniform() >= multiLineShare) return [cents];
  const first = Math.round(cents * (0.15 + 0.35 * uniform()));
  const second = Math.round(cents * (0.15 + 0.25 * uniform()));
  const lines = uniform() < 0.7 ? [first, cents - first] : [first, second, cents - first - second];
  return new Set(lines).size === lines.length && Math.min(...lines) > 0 ? lines : [cents];
}
