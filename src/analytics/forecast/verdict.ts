import type { Method, TestedForecast } from './backtest.ts';
import { fewestErrors } from './error-spread.ts';
import { type NaiveMethod, naiveMethods } from './naive-forecast.ts';
import { meanAbsoluteError } from './scaled-error.ts';

/** `better` and `no better`: ours is shown. `worse`: the naive forecast that was better is shown. */
export type Verdict = 'better' | 'no better' | 'worse';

/** Ours against a naive forecast, on the past months that both foresaw. */
export interface Comparison {
  readonly naive: NaiveMethod;
  readonly pairs: number;
  readonly ours: number;
  readonly theirs: number;
  /** Ours over theirs, of all leads and of one month ahead; 1 where both are 0. */
  readonly ratio: number;
  readonly ratioOneAhead: number;
  readonly origins: number;
  /** Origins from which ours had the smaller mean error. */
  readonly originsWon: number;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** What is shown. */
  readonly shown: Method;
  readonly comparisons: readonly Comparison[];
}

/** A naive forecast is beaten when this share of its error is left, or less. */
const clearShare = 0.95;
const wonShare = 2 / 3;

type Pair = readonly [ours: TestedForecast, theirs: TestedForecast];

const errorOf = ({ actual, forecast }: TestedForecast): number => actual - forecast;
const oursOf = (pairs: readonly Pair[]) => meanAbsoluteError(pairs.map(([ours]) => errorOf(ours)));
const theirsOf = (pairs: readonly Pair[]) => meanAbsoluteError(pairs.map(([, theirs]) => errorOf(theirs)));
const ratioOf = (pairs: readonly Pair[]) => {
  const [ours, theirs] = [oursOf(pairs), theirsOf(pairs)];
  if (theirs > 0) return ours / theirs;
  return ours > 0 ? Number.POSITIVE_INFINITY : 1;
};

/** Compares the past forecasts of one measure. Undefined where too few origins let both foresee the next month. */
export function compareWith(records: readonly TestedForecast[], naive: NaiveMethod): Comparison | undefined {
  const key = ({ origin, lead }: TestedForecast) => `${origin} ${lead}`;
  const theirs = new Map(records.filter(({ method }) => method === naive).map((one) => [key(one), one]));
  const pairs = records.flatMap((ours): Pair[] => {
    const other = ours.method === 'components' ? theirs.get(key(ours)) : undefined;
    return other === undefined ? [] : [[ours, other]];
  });
  if (pairs.filter(([{ lead }]) => lead === 1).length < fewestErrors) return undefined;
  const byOrigin = [...Map.groupBy(pairs, ([{ origin }]) => origin).values()];
  return {
    ...{ naive, pairs: pairs.length, ours: oursOf(pairs), theirs: theirsOf(pairs), ratio: ratioOf(pairs) },
    ratioOneAhead: ratioOf(pairs.filter(([{ lead }]) => lead === 1)),
    ...{ origins: byOrigin.length, originsWon: byOrigin.filter((one) => oursOf(one) < theirsOf(one)).length },
  };
}

/** Whether ours was clearly nearer: over all leads, one month ahead, and from most origins. */
export function isBeaten({ ratio, ratioOneAhead, origins, originsWon }: Comparison): boolean {
  return ratio <= clearShare && ratioOneAhead < 1 && originsWon >= wonShare * origins;
}

/** What past forecasts of one measure say. Undefined without any. */
export function judgeForecast(records: readonly TestedForecast[]): Judgement | undefined {
  const comparisons = naiveMethods.flatMap((naive) => compareWith(records, naive) ?? []);
  const [first] = comparisons;
  if (first === undefined) return undefined;
  const worst = comparisons.reduce((a, b) => (b.ratio > a.ratio ? b : a), first);
  if (worst.ratio > 1) return { verdict: 'worse', shown: worst.naive, comparisons };
  return { verdict: comparisons.every(isBeaten) ? 'better' : 'no better', shown: 'components', comparisons };
}
