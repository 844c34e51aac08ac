import type { Format } from '../../format/format.ts';
import type { Measure } from './measure.ts';

/** What is expected of a month, in both measures. */
interface ExpectedMonth {
  readonly expected_orders: number | null;
  readonly orders_low: number | null;
  readonly orders_high: number | null;
  readonly expected_revenue: number | null;
  readonly revenue_low: number | null;
  readonly revenue_high: number | null;
}

/** How one measure of an expected month is read and written. */
interface ExpectedFigures {
  readonly name: string;
  readonly expected: (month: ExpectedMonth) => number | null;
  readonly low: (month: ExpectedMonth) => number | null;
  readonly high: (month: ExpectedMonth) => number | null;
  readonly write: (format: Format, value: number | null) => string;
  /** As at an axis. */
  readonly writeShort: (format: Format, value: number) => string;
}

/** As legends call the intervals of past errors and of the purchase model. */
export const INTERVAL = '80 % interval';

export const EXPECTED: Readonly<Record<Measure, ExpectedFigures>> = {
  revenue: {
    name: 'Revenue',
    expected: (month) => month.expected_revenue,
    low: (month) => month.revenue_low,
    high: (month) => month.revenue_high,
    write: (format, value) => format.roundMoney(value),
    writeShort: (format, value) => format.shortMoney(value),
  },
  orders: {
    name: 'Orders',
    expected: (month) => month.expected_orders,
    low: (month) => month.orders_low,
    high: (month) => month.orders_high,
    write: (format, value) => format.number(value === null ? null : Math.round(value)),
    writeShort: (format, value) => format.shortNumber(value),
  },
};
