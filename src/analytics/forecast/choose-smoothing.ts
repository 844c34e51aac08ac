import { type Smoothing, type SmoothingState, smooth } from './smoothing.ts';

/** Values that only make the starting level; of short series fewer. */
const startValues = 6;
/** With fewer one-step errors nothing is chosen. */
const fewestErrors = 6;
/** A trend must bring the squared one-step errors below this share of those of the level. */
const trendShare = 0.9;
const alphas = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];
const betas = [0.05, 0.1, 0.2, 0.4];
const phis = [0.8, 0.9, 0.95];
const untested: Smoothing = { alpha: 0.3, beta: 0, phi: 0 };

export interface ChosenSmoothing {
  readonly smoothing: Smoothing;
  readonly state: SmoothingState;
  readonly hasTrend: boolean;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Level and slope of the first values, carried to the last of them. */
function startOf(first: readonly number[], withTrend: boolean): SmoothingState {
  if (!withTrend || first.length < 2) return { level: mean(first), trend: 0 };
  const half = Math.floor(first.length / 2);
  const trend = (mean(first.slice(-half)) - mean(first.slice(0, half))) / (first.length - half);
  return { level: mean(first) + (trend * (first.length - 1)) / 2, trend };
}

/**
 * The smoothing whose one-step forecasts, rolling through the series, had the smallest squared errors: a level, or a damped trend
 * where it saves a tenth of them. The series has at least one value.
 */
export function chooseSmoothing(
  series: readonly number[],
  { mayTrend }: { readonly mayTrend: boolean },
): ChosenSmoothing {
  const startLength = Math.max(1, Math.min(startValues, Math.floor(series.length / 2)));
  const [first, rest] = [series.slice(0, startLength), series.slice(startLength)];
  const run = (smoothing: Smoothing) => {
    const { state, errors } = smooth(rest, startOf(first, smoothing.phi > 0), smoothing);
    return { smoothing, state, loss: errors.reduce((sum, error) => sum + error * error, 0) };
  };
  const bestOf = (candidates: readonly Smoothing[]) =>
    candidates.map(run).reduce((best, one) => (one.loss < best.loss ? one : best));
  if (rest.length < fewestErrors) return { ...run(untested), hasTrend: false };
  const level = bestOf(alphas.map((alpha) => ({ alpha, beta: 0, phi: 0 })));
  if (!mayTrend) return { ...level, hasTrend: false };
  const trend = bestOf(alphas.flatMap((alpha) => betas.flatMap((beta) => phis.map((phi) => ({ alpha, beta, phi })))));
  return trend.loss < trendShare * level.loss ? { ...trend, hasTrend: true } : { ...level, hasTrend: false };
}
