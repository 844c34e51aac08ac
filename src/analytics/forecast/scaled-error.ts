/** Mean absolute error. @throws RangeError without errors. */
export function meanAbsoluteError(errors: readonly number[]): number {
  if (errors.length === 0) throw new RangeError('the mean of no errors');
  return errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
}

/**
 * By how much a series moved from one value to the next, on average: the error that "same as last month" makes in it, the scale of the
 * mean absolute scaled error (Hyndman and Koehler 2006). Null where it never moved.
 */
export function naiveScale(series: readonly number[]): number | null {
  if (series.length < 2) return null;
  const scale = meanAbsoluteError(series.slice(1).map((value, i) => value - (series[i] ?? 0)));
  return scale > 0 ? scale : null;
}
