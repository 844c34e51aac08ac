import { chooseSmoothing } from './choose-smoothing.ts';
import { monthlySeason } from './monthly-season.ts';
import { smoothedAhead } from './smoothing.ts';

export interface SeriesForecast {
  /** Factor of the season of a month of the year, 0 for January; 1 where there is none. */
  seasonOf(month: number): number;
  /** Forecast for the month that lies so many after the last one, with its season. */
  ahead(lead: number): number;
  readonly hasSeason: boolean;
  readonly hasTrend: boolean;
}

/** What is foreseen of a series of positive values, one a month; the first is of the month `firstMonth`, counted from January of year 0. */
export function forecastSeries(
  values: readonly number[],
  firstMonth: number,
  { mayTrend, maySeason }: { readonly mayTrend: boolean; readonly maySeason: boolean },
): SeriesForecast {
  const logarithms = values.map((value) => Math.log(value));
  const season = maySeason ? monthlySeason(logarithms, firstMonth % 12) : [];
  const effect = (month: number): number => season[month % 12] ?? 0;
  const plain = logarithms.map((value, i) => value - effect(firstMonth + i));
  const { smoothing, state, hasTrend } = chooseSmoothing(plain, { mayTrend });
  const last = firstMonth + values.length - 1;
  return {
    hasTrend,
    hasSeason: season.some((value) => value !== 0),
    seasonOf: (month) => Math.exp(effect(month)),
    ahead: (lead) => Math.exp(smoothedAhead(state, smoothing.phi, lead) + effect(last + lead)),
  };
}
