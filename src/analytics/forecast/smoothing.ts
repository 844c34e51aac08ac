/** How fast a level and its trend follow the data. `beta` 0 and `phi` 0: a level without a trend. */
export interface Smoothing {
  /** Share of a surprise that moves the level, 0 to 1. */
  readonly alpha: number;
  /** Share of a change of the level that moves the trend, 0 to 1. */
  readonly beta: number;
  /** Share of the trend that is left after a month, 0 to 1; 1 is Holt's linear trend. */
  readonly phi: number;
}

/** Where a series stands after its last value. */
export interface SmoothingState {
  readonly level: number;
  readonly trend: number;
}

export interface SmoothedSeries {
  readonly state: SmoothingState;
  /** What came less what was foreseen one step before, of each value. */
  readonly errors: readonly number[];
}

/**
 * Exponential smoothing with a damped trend (Gardner and McKenzie 1985), the error correction form of Hyndman and Athanasopoulos,
 * Forecasting: Principles and Practice, chapter 7.
 */
export function smooth(
  series: readonly number[],
  start: SmoothingState,
  { alpha, beta, phi }: Smoothing,
): SmoothedSeries {
  const errors: number[] = [];
  let { level, trend } = start;
  for (const value of series) {
    const foreseen = level + phi * trend;
    const error = value - foreseen;
    errors.push(error);
    trend = phi * trend + alpha * beta * error;
    level = foreseen + alpha * error;
  }
  return { state: { level, trend }, errors };
}

/** The value `lead` steps after the last one, 1 for the next. */
export function smoothedAhead({ level, trend }: SmoothingState, phi: number, lead: number): number {
  let share = 0;
  for (let step = 1; step <= lead; step++) share += phi ** step;
  return level + share * trend;
}
