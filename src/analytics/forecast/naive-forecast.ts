/** A forecast that needs no method; what any other has to beat. */
export type NaiveMethod = 'last_month' | 'same_month_last_year';
export const naiveMethods: readonly NaiveMethod[] = ['last_month', 'same_month_last_year'];

/**
 * The last value; or that of the same month in the last year in which it is known. Undefined where the series does not reach back so
 * far. `lead` is 1 for the next month.
 */
export function naiveForecast(series: readonly number[], method: NaiveMethod, lead: number): number | undefined {
  if (method === 'last_month') return series.at(-1);
  const at = series.length - 1 + lead - 12 * Math.ceil(lead / 12);
  return at < 0 ? undefined : series[at];
}
