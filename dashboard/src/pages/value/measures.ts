import type { QueryParams } from '../../api/source.ts';

/** What a customer is worth, by one of these. */
export const MEASURES = [
  'lifetime_value',
  'historic_value',
  'predicted_value',
  'total_spent',
  'avg_order_value',
] as const;

export type Measure = (typeof MEASURES)[number];

interface MeasureText {
  readonly title: string;
  /** In a sentence: "the top 10 % make 40 % of the ...". */
  readonly inSentence: string;
  readonly meaning: string;
}

export const MEASURE_TEXTS: Readonly<Record<Measure, MeasureText>> = {
  lifetime_value: {
    title: 'Lifetime value',
    inSentence: 'lifetime value',
    meaning: 'Lifetime value is the value so far and the value predicted for the next 365 days.',
  },
  historic_value: {
    title: 'Value so far',
    inSentence: 'value so far',
    meaning: 'Value so far is revenue, or margin where grossMargin is set.',
  },
  predicted_value: {
    title: 'Predicted value',
    inSentence: 'predicted value',
    meaning: 'Predicted value is that of the next 365 days, discounted.',
  },
  total_spent: {
    title: 'Amount spent',
    inSentence: 'revenue',
    meaning: 'Amount spent is the revenue of a customer, net of returns.',
  },
  avg_order_value: {
    title: 'Average order value',
    inSentence: 'average order value',
    meaning: 'Average order value is the revenue of a customer per order.',
  },
};

/** The score that the measure rests on, with its name for people. */
export function needsOf(measure: Measure): Readonly<Record<string, string>> {
  return measure === 'lifetime_value' || measure === 'predicted_value'
    ? { predicted_value: MEASURE_TEXTS[measure].title }
    : {};
}

/** An amount: `from` included, `to` not; either may be open. */
export interface AmountRange {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** The filter of the customers whose value is within; undefined where the list has none for the measure. */
export function valueFilter(measure: Measure, { from, to }: AmountRange): QueryParams<'customers'> | undefined {
  // Ends of filters are included; amounts have two decimals.
  const last = to === undefined ? undefined : below(to);
  const filter = (least: 'value_min' | 'spent_min', most: 'value_max' | 'spent_max') => ({
    ...(from === undefined ? {} : { [least]: from }),
    ...(last === undefined ? {} : { [most]: last }),
  });
  if (measure === 'lifetime_value') return filter('value_min', 'value_max');
  return measure === 'total_spent' ? filter('spent_min', 'spent_max') : undefined;
}

/** The last number with two decimals that is less. */
export function below(end: number): number {
  return Math.round(100 * end - 1) / 100;
}
