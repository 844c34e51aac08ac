/** Customers with the same features, and how many of them had the event. Counts may be fractional weights. */
export interface LogisticRow {
  readonly values: Float64Array;
  readonly events: number;
  readonly nonEvents: number;
  /** ln(odds) that is given for these customers, to which the fitted part is added. Default 0. */
  readonly offset?: number;
}

export interface StandardizedRows {
  /** Of each feature, over customers. */
  readonly means: readonly number[];
  /** Standard deviation of each feature over customers; 0 where it is the same for all of them. */
  readonly deviations: readonly number[];
  /** Rows with customers: 1 for the intercept, then the features that vary, with mean 0 and standard deviation 1. */
  readonly rows: readonly LogisticRow[];
}

/** Features whose deviation is at most `leastDeviation` count as the same for all customers. */
export function standardize(rows: readonly LogisticRow[], features: number, leastDeviation = 0): StandardizedRows {
  const counted = rows.filter(({ events, nonEvents }) => events + nonEvents > 0);
  const total = counted.reduce((sum, { events, nonEvents }) => sum + events + nonEvents, 0);
  const meanOf = (value: (row: LogisticRow) => number): number =>
    counted.reduce((sum, row) => sum + (row.events + row.nonEvents) * value(row), 0) / total;
  const moments = Array.from({ length: features }, (_, feature) => {
    const at = ({ values }: LogisticRow): number => values[feature] ?? 0;
    const first = counted[0] === undefined ? 0 : at(counted[0]);
    // The mean of equal numbers is not always that number, nor their deviation exactly 0.
    if (counted.every((row) => at(row) === first)) return { mean: first, deviation: 0 };
    const mean = meanOf(at);
    const deviation = Math.sqrt(meanOf((row) => (at(row) - mean) ** 2));
    return { mean, deviation: deviation > leastDeviation ? deviation : 0 };
  });
  const varying = moments.flatMap(({ mean, deviation }, feature) =>
    deviation > 0 ? { mean, deviation, feature } : [],
  );
  return {
    means: moments.map(({ mean }) => mean),
    deviations: moments.map(({ deviation }) => deviation),
    rows: counted.map(({ values, events, nonEvents, offset = 0 }) => ({
      values: Float64Array.of(1, ...varying.map((one) => ((values[one.feature] ?? 0) - one.mean) / one.deviation)),
      ...{ events, nonEvents, offset },
    })),
  };
}
