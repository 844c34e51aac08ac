import type { QueryRow } from '../../api/source.ts';

export type Customer = QueryRow<'customers'>;
export type ColumnName = keyof Customer & string;

/** A column of the list. */
export interface CustomerColumn {
  readonly name: ColumnName;
  readonly title: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly isNumber: boolean;
  /** Whether it is shown unless others are chosen. */
  readonly isUsual: boolean;
  /** The score, as the grades name it, without which its cells are empty. */
  readonly score?: string;
}

function column(name: ColumnName, title: string, width: number, more: Partial<CustomerColumn> = {}): CustomerColumn {
  return { name, title, width, isNumber: false, isUsual: false, ...more };
}

const number = { isNumber: true };
const usual = { isUsual: true };

/** All columns, in the order in which they stand. */
export const COLUMNS: readonly CustomerColumn[] = [
  column('customer_id', 'Customer', 120, usual),
  column('customer_segment', 'Segment', 112, usual),
  column('rfm_segment', 'RFM segment', 136, usual),
  column('rfm_score', 'RFM score', 104),
  column('value_tier', 'Value tier', 104),
  column('acquisition_cohort', 'First order', 116),
  column('last_order_date', 'Last order', 128),
  column('days_since_last_order', 'Days silent', 108, { ...number, ...usual }),
  column('total_orders', 'Orders', 84, { ...number, ...usual }),
  column('total_spent', 'Revenue', 108, { ...number, ...usual }),
  column('avg_order_value', 'Average order', 132, number),
  column('historic_value', 'Value so far', 124, number),
  column('predicted_value', 'Predicted value', 142, { ...number, score: 'predicted_value' }),
  column('lifetime_value', 'Lifetime value', 126, { ...number, ...usual }),
  column('churn_risk_score', 'Churn risk', 100, { ...number, ...usual, score: 'churn_risk' }),
  column('expected_orders_365', 'Expected orders', 146, { ...number, score: 'expected_orders' }),
  column('next_order_date', 'Next order', 132, { score: 'next_order' }),
  column('campaign_type', 'Campaign', 100, usual),
  column('campaign_group', 'Campaign group', 144),
  column('priority_level', 'Priority', 92, number),
];

export const USUAL_COLUMNS: readonly ColumnName[] = COLUMNS.filter(({ isUsual }) => isUsual).map(({ name }) => name);

const BY_NAME: ReadonlyMap<string, CustomerColumn> = new Map(COLUMNS.map((each) => [each.name, each]));

/** The column of that name, if there is one. */
export function columnOf(name: string): CustomerColumn | undefined {
  return BY_NAME.get(name);
}
