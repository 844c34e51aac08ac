import { integrateGrowing } from './numeric/integrate.ts';
import type { OrderProcess } from './processes/order-process.ts';
import { daysPer, type Rate, rate, type Span, span, type TimeUnit } from './units.ts';

/**
 * The continuous discount d per unit of time: an order at time t counts e^(-d t), which makes 1 / (1 + annualRate) after a
 * year. `daysPerYear` is 365.25 unless given; papers that count 52 weeks to the year have 364.
 */
export function continuousDiscount<U extends TimeUnit>(
  annualRate: number,
  unit: U,
  daysPerYear: number = daysPer.year,
): Rate<U> {
  return rate((Math.log1p(annualRate) * daysPer[unit]) / daysPerYear, unit);
}

/**
 * Mean of the sum of e^(-d t) over the orders at times t within `horizon`, which may be infinite if there is a discount:
 * the discounted expected (residual) transactions, DERT, of Fader, Hardie, Lee 2005, "RFM and CLV". Undefined as an
 * infinite sum where there is neither a discount nor an end.
 */
export function discountedOrders<U extends TimeUnit>(
  process: OrderProcess<U>,
  unit: U,
  horizon: Span<U>,
  discount: Rate<U>,
): number {
  if (horizon <= 0) return 0;
  // After this long the discount leaves less than 1e-18.
  const end = discount > 0 ? Math.min(horizon, 42 / discount) : horizon;
  const origin = discount > 0 ? Math.min(process.timeScale, 1 / discount) : process.timeScale;
  return integrateGrowing((u) => Math.exp(-discount * u) * process.rateAt(span(u, unit)), { to: end, origin });
}

/**
 * The same with weekly compounding: the orders of week k count as if they came at its end, (1 + annualRate)^-(7 k / 365.25);
 * a part of a week at the end of the horizon likewise.
 */
export function weeklyDiscountedOrders<U extends TimeUnit>(
  process: OrderProcess<U>,
  unit: U,
  horizon: Span<U>,
  annualRate: number,
): number {
  const week = daysPer.week / daysPer[unit];
  const factor = (1 + annualRate) ** (-daysPer.week / daysPer.year);
  let sum = 0;
  let before = 0;
  let worth = 1;
  for (let k = 1; (k - 1) * week < horizon - 1e-9; k++) {
    const now = process.expected(span(Math.min(k * week, horizon), unit));
    worth *= factor;
    sum += worth * (now - before);
    before = now;
  }
  return sum;
}
