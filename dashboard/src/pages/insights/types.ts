import type { QueryRow } from '../../api/source.ts';
import { titleOf } from '../../components/data-table.tsx';

export type Insight = QueryRow<'insights'>;
export type Comparison = QueryRow<'insights/candidates'>;

const TITLES: Readonly<Record<string, string>> = {
  revenue_month: 'Revenue of a month',
  second_order: 'Second order',
  third_order: 'Third order',
  cohort: 'Cohorts',
  high_value_return: 'High-value customers who return',
  value_concentration: 'Concentration of revenue',
  data_quality: 'Data quality',
  order_gaps: 'Days without orders',
  order_amount: 'Amount of an order',
  revenue_year: 'Revenue of a year',
  conversion: 'Customers with one order',
  high_value_silent: 'High-value customers gone quiet',
  campaign_opportunity: 'Campaign lists',
  top_customers: 'Top customers',
  left_truncation: 'Where the data begins',
};

/** What an insight or a comparison is about, for people. */
export function typeTitle(type: string | null): string {
  return TITLES[type ?? ''] ?? titleOf(type ?? '');
}

/** A difference with its sign and unit: +3.07 percentage points. */
export function differenceText(value: number | null, unit: string | null, locale: string): string | undefined {
  if (value === null) return undefined;
  return `${signed(value, locale)} ${unit ?? ''}`.trim();
}

export function signed(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2, signDisplay: 'exceptZero' }).format(value);
}
