/** What a comparison found. */
export interface Evidence {
  /** The difference, in the unit of the comparison. */
  readonly effect: number;
  /** Interval of it, see {@link INTERVAL_LEVEL}; null where none is computed. */
  readonly low: number | null;
  readonly high: number | null;
  /** The difference relative to what was expected: 0.1 is 10 % more. */
  readonly relative: number;
  /** Probability of a difference at least so large, in either direction, if there were none. */
  readonly pValue: number;
}

/** Intervals hold the truth so often. */
export const INTERVAL_LEVEL = 0.95;
