import type { Format } from '../../format/format.ts';

/** `1 day`, `210 days`. */
export function daysText(days: number, format: Format): string {
  const whole = Math.round(days);
  return `${format.number(whole)} ${whole === 1 ? 'day' : 'days'}`;
}

/** How a risk compares; `percentile` is the percent of the customers whose risk is lower. */
export function rankText(percentile: number, format: Format): string {
  if (percentile < 1) return 'among the lowest of all customers';
  if (percentile > 99) return 'among the highest of all customers';
  return `higher than that of ${format.percent(Math.round(percentile))} of the customers`;
}
