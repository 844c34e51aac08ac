import type { Method } from '../analytics/forecast/backtest.ts';
import { type Comparison, isBeaten, type Judgement } from '../analytics/forecast/verdict.ts';

export const methodWords: Readonly<Record<Method, string>> = {
  components: 'new customers and repeat orders by customer age',
  last_month: 'same as last month',
  same_month_last_year: 'same month last year',
};

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** `errors 43 % smaller than "same as last month" (66 forecasts, nearer from 10 of 11 past months)`. */
function comparisonWords({ naive, ratio, pairs, origins, originsWon }: Comparison): string {
  const size =
    ratio === Number.POSITIVE_INFINITY
      ? 'larger'
      : ratio === 1
        ? 'as large'
        : `${percent(Math.abs(1 - ratio))} ${ratio < 1 ? 'smaller' : 'larger'}`;
  const than = size === 'as large' ? 'as with' : 'than with';
  return `errors ${size} ${than} "${methodWords[naive]}" (${pairs} forecasts, nearer from ${originsWon} of ${origins} past months)`;
}

export interface IntervalRecord {
  readonly tested: number;
  readonly held: number;
}

/** Why a forecast is shown, and which, with the figures of its backtest. */
export function verdictWords({ verdict, shown, comparisons }: Judgement, { tested, held }: IntervalRecord): string {
  const open = comparisons.filter((one) => !isBeaten(one)).map(({ naive }) => `"${methodWords[naive]}"`);
  const head = {
    better: 'better than the naive forecasts',
    'no better': `not clearly better than ${open.join(' and ')}`,
    worse: `worse than "${methodWords[shown]}", which is shown instead`,
  }[verdict];
  const lastYear = comparisons.some(({ naive }) => naive === 'same_month_last_year');
  return [
    head,
    ...comparisons.map(comparisonWords),
    ...(lastYear ? [] : ['too short a history to compare with "same month last year"']),
    tested === 0
      ? 'its intervals could not be tested yet'
      : `${held} of ${tested} past 80 % intervals held (${percent(held / tested)})`,
  ].join('; ');
}
