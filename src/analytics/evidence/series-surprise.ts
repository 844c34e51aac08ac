import { studentDistance, studentTails } from './distributions.ts';
import { type Evidence, INTERVAL_LEVEL } from './evidence.ts';

export type SeriesMethod = 'last' | 'level' | 'trend' | 'season';

/** The last value of a series against what the values before it let expect. The effect is in percent of the expected value. */
export interface SeriesSurprise extends Evidence {
  readonly expected: number;
  readonly expectedLow: number;
  readonly expectedHigh: number;
  readonly method: SeriesMethod;
  /** One-step forecasts of the past from which the uncertainty is known. */
  readonly pastForecasts: number;
}

const SEASON = 12;
/** Values that a forecast is made from: a level of up to 6, a line through up to 12. */
const [LEVEL, LINE] = [6, 12];
const SEASON_LEVEL = 3;
const FEWEST_FORECASTS = 4;

/** Values before the tested one without which nothing is said. */
export const FEWEST_VALUES_BEFORE = LEVEL + FEWEST_FORECASTS;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The value after the last of `past` on the straight line through them (least squares). */
function nextOnLine(past: readonly number[]): number {
  const n = past.length;
  const middle = (n - 1) / 2;
  const average = mean(past);
  const slope = past.reduce((sum, value, i) => sum + (i - middle) * (value - average), 0) / ((n * (n * n - 1)) / 12);
  return average + slope * (n - middle);
}

/** Forecasts of the value after `past`, all from these values alone. */
const forecasts: Readonly<Record<SeriesMethod, (past: readonly number[]) => number>> = {
  last: (past) => past.at(-1) ?? 0,
  level: (past) => mean(past.slice(-LEVEL)),
  trend: (past) => nextOnLine(past.slice(-LINE)),
  season: (past) =>
    (past.at(-SEASON) ?? 0) + mean(past.slice(-SEASON_LEVEL)) - mean(past.slice(-SEASON - SEASON_LEVEL, -SEASON)),
};

/**
 * Tests the last value. What is expected is forecast from the values before it, by the method whose forecasts one step ahead were best on
 * them: the last value, the level, the trend and, with `season` and two years of months, the same month of the year before times the
 * growth since. How wrong it may be is known from these errors, which hold whatever made the series vary in the past; few errors make the
 * interval wide (Student). Works on logarithms; values below a hundredth of the median count as that. Null with too few values.
 */
export function seriesSurprise(values: readonly number[], { season = false } = {}): SeriesSurprise | null {
  const before = values.slice(0, -1);
  const observed = values.at(-1);
  if (observed === undefined || before.length < FEWEST_VALUES_BEFORE) return null;
  const floor = 0.01 * (before.toSorted((a, b) => a - b)[Math.floor(before.length / 2)] ?? 0);
  if (!(floor > 0)) return null;
  const past = before.map((value) => Math.log(Math.max(value, floor)));
  const isSeasonal = season && past.length >= 2 * SEASON;
  const first = isSeasonal ? SEASON + SEASON_LEVEL : LEVEL;
  const methods: readonly SeriesMethod[] = isSeasonal
    ? ['season', 'level', 'trend', 'last']
    : ['level', 'trend', 'last'];
  const tried = methods.map((method) => ({ method, squares: squaredErrors(past, method, first) }));
  const best = tried.reduce((least, one) => (one.squares < least.squares ? one : least));
  const pastForecasts = past.length - first;
  // One degree of freedom for having chosen the best of several.
  const degrees = pastForecasts - 1;
  const error = Math.sqrt(Math.max(best.squares / degrees, 1e-12));
  const forecast = forecasts[best.method](past);
  const surprise = Math.log(Math.max(observed, floor)) - forecast;
  const half = studentDistance(1 - INTERVAL_LEVEL, degrees) * error;
  const percent = (logarithm: number) => 100 * Math.expm1(logarithm);
  return {
    effect: percent(surprise),
    low: percent(surprise - half),
    high: percent(surprise + half),
    relative: Math.expm1(surprise),
    pValue: studentTails(surprise / error, degrees),
    expected: Math.exp(forecast),
    expectedLow: Math.exp(forecast - half),
    expectedHigh: Math.exp(forecast + half),
    method: best.method,
    pastForecasts,
  };
}

function squaredErrors(past: readonly number[], method: SeriesMethod, first: number): number {
  let sum = 0;
  for (let at = first; at < past.length; at++) sum += ((past[at] ?? 0) - forecasts[method](past.slice(0, at))) ** 2;
  return sum;
}
