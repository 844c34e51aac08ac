/** An error of a past forecast: logarithm of what came over what was foreseen. */
export interface LeadError {
  readonly lead: number;
  readonly logRatio: number;
  /** How much it counts. */
  readonly weight: number;
}

/** How wide a forecast is: limits are the forecast divided and multiplied by `factor`. */
export interface ErrorSpread {
  /** @param smallest variance of the logarithm that chance alone makes: 1 over the orders that are foreseen. */
  factor(lead: number, smallest: number): number;
}

/** One-step errors that an interval needs. */
export const fewestErrors = 6;

const normal80 = 1.2815515655446004;

/** Quantile .9 of Student's t distribution by the expansion of Fisher and Cornish 1960; exact to .004 from 4 degrees of freedom on. */
export function studentQuantile90(freedom: number): number {
  const z = normal80;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

/**
 * The spread of past errors by lead, from their mean squares around 0, so that a forecast that was always too high is wide, too. A line,
 * level and slope not below 0, is laid through the mean squares: errors of neighbouring leads and origins share their months, so each
 * lead counts with its errors over its length. Undefined with too few one-step errors.
 */
export function errorSpread(errors: readonly LeadError[]): ErrorSpread | undefined {
  const byLead = Map.groupBy(errors, ({ lead }) => lead);
  const single = byLead.get(1)?.length ?? 0;
  if (single < fewestErrors) return undefined;
  const points = [...byLead].map(([lead, all]) => ({
    x: lead - 1,
    y: meanSquare(all),
    weight: all.length / lead,
  }));
  const { level, slope } = risingLine(points);
  return {
    factor: (lead, smallest) => {
      const variance = Math.max(level + slope * (lead - 1), smallest);
      const freedom = Math.max(4, single);
      return Math.exp(studentQuantile90(freedom) * Math.sqrt(variance));
    },
  };
}

function meanSquare(errors: readonly LeadError[]): number {
  const [squares, weights] = errors.reduce(
    ([sum, all], { logRatio, weight }) => [sum + weight * logRatio * logRatio, all + weight],
    [0, 0],
  );
  return squares / weights;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** Weighted least squares with level and slope of at least 0. */
function risingLine(points: readonly Point[]): { readonly level: number; readonly slope: number } {
  const sum = (of: (point: Point) => number) => points.reduce((total, point) => total + point.weight * of(point), 0);
  const weight = sum(() => 1);
  const [x, y] = [sum((point) => point.x) / weight, sum((point) => point.y) / weight];
  const spread = sum((point) => (point.x - x) ** 2);
  const slope = spread > 0 ? Math.max(0, sum((point) => (point.x - x) * (point.y - y)) / spread) : 0;
  if (y - slope * x >= 0) return { level: y - slope * x, slope };
  const through = sum((point) => point.x * point.y) / sum((point) => point.x ** 2);
  return { level: 0, slope: Math.max(0, through) };
}
